import type { CatalogModel } from '@openclaw/model-selection';
import { encodeModel } from '@openclaw/openai-wire';
import type { JsonObject } from '@openclaw/provider';
import type { ListedModel, ModelsEncoder } from '../surface.ts';

/**
 * The list of models for Codex, which asks with `?client_version=`: OpenAI's list, and `models` as Codex reads it. The
 * document is also a `model_catalog_json`. Codex drops the whole list for one value that it does not know.
 */
export const CODEX_MODELS: ModelsEncoder = {
  encodeModels: (listed) =>
    JSON.stringify({
      object: 'list',
      data: listed.map(encodeModel),
      models: listed.filter(({ type }) => type !== 'embedding-model').map(encodeCodexModel),
    }),
  encodeModel: (listed) => JSON.stringify(encodeModel(listed)),
};

function encodeCodexModel(listed: ListedModel, index: number): JsonObject {
  const details =
    listed.type === 'agent'
      ? { slug: listed.id, display_name: listed.id, description: 'The default model, with its fallbacks', ...UNKNOWN }
      : describeModel(listed.model);
  return {
    ...details,
    shell_type: 'default',
    visibility: 'list',
    supported_in_api: true,
    priority: index,
    upgrade: null,
    base_instructions: BASE_INSTRUCTIONS,
    support_verbosity: false,
    default_verbosity: null,
    apply_patch_tool_type: null,
    // How much of the output of a command Codex shows to the model.
    truncation_policy: { mode: 'bytes', limit: 10_000 },
    supports_parallel_tool_calls: true,
    experimental_supported_tools: [],
  };
}

/** What is not known of a name before a model is chosen for it. */
const UNKNOWN: JsonObject = {
  supported_reasoning_levels: [],
  supports_reasoning_summaries: true,
  input_modalities: ['text', 'image'],
};

function describeModel({ ref, name, contextWindow, input, reasoning }: CatalogModel): JsonObject {
  return {
    slug: ref,
    display_name: name,
    description: null,
    ...(reasoning && { default_reasoning_level: 'medium' }),
    supported_reasoning_levels: reasoning ? REASONING_LEVELS : [],
    supports_reasoning_summaries: reasoning,
    context_window: contextWindow,
    input_modalities: input.filter((kind) => kind === 'text' || kind === 'image'),
  };
}

const REASONING_LEVELS: readonly JsonObject[] = [
  { effort: 'low', description: 'Short reasoning' },
  { effort: 'medium', description: 'Balanced' },
  { effort: 'high', description: 'Long reasoning' },
];

/** Codex requires instructions for each model. These are short: the contexts of local models are small. */
const BASE_INSTRUCTIONS = `You are a coding agent in the Codex CLI. You work in the user's workspace with the tools that you are given.

- Find out before you change: read the files that matter, search with \`rg\`, and follow AGENTS.md files.
- Do the work with tool calls. Do not print code for the user to paste, and do not say that you did what no tool call did.
- Change only what the task needs, in the style of the code around it. Never revert changes that you did not make.
- Run the tests or the program when you can, and read the output before you go on.
- Do not run destructive commands, and do not commit, unless the user asks for it.
- If a command fails, read its error and try another way. If you cannot go on, say what is missing.
- Keep going until the task is done. Then say in a few sentences what you changed and what you checked.`;
