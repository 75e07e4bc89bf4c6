import type { ServerKind } from '@openclaw/upstream-errors';
import type { ToolCallStyle } from './tool-call-assembler.ts';

/** Where a server departs from the others that speak chat completions. */
export interface ServerQuirks {
  /** How it cuts its tool calls. @default 'by-content' */
  readonly toolCallStyle: ToolCallStyle;
  /** Under which name it takes the most tokens to say. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** Whether token counts can be asked for in a stream (`stream_options.include_usage`). */
  readonly usageInStream: boolean;
  /** Which role instructions have. */
  readonly instructionsRole: 'system' | 'developer';
  /**
   * Whether an assistant message with tool calls must have `content: null`: Ollama before 0.11.4 loses the calls beside
   * a text. Text that stood there goes into a message of its own in front, so nothing is lost.
   */
  readonly nullContentBesideToolCalls: boolean;
  /** Under which name it takes an assistant's earlier reasoning back; `undefined` when it does not, or refuses it. */
  readonly reasoningField: 'reasoning' | 'reasoning_content' | undefined;
  /** What `tool_choice` may be. `ignored`: tools are left out for `none`, and all but the named one for a name. */
  readonly toolChoice: 'any' | 'words' | 'ignored';
  /** Whether arguments in the history must be the JSON of an object; what is not is sent wrapped in one. */
  readonly parsesArguments: boolean;
  /** Whether parts of one message become messages of their own; texts are joined into one then. */
  readonly splitsParts: boolean;
  /** Whether the server fetches images from `http(s):` URLs. */
  readonly fetchesImages: boolean;
  /** Whether `image_url` is an object or the URL itself. */
  readonly imageForm: 'object' | 'string';
  /** Whether it knows the response format `json_object`; otherwise any object is asked for by a schema. */
  readonly jsonObjectFormat: boolean;
  /** Reasoning efforts that have another name there. */
  readonly reasoningEfforts: Readonly<Record<string, string>>;
  /** Whether `none` must (also) be said to the chat template: `chat_template_kwargs.enable_thinking: false`. */
  readonly templateSwitchesReasoning: boolean;
  /** Whether absent `temperature` and `top_p` override the model's own values (Ollama's /v1 sets both to 1.0). */
  readonly overridesAbsentSampling: boolean;
  /** Whether a chunk with an empty `model` and an empty delta is a failure whose text was lost (Ollama's /v1, all releases). */
  readonly masksErrors: boolean;
}

const COMMON: ServerQuirks = {
  toolCallStyle: 'by-content',
  maxTokensField: 'max_tokens',
  usageInStream: true,
  instructionsRole: 'system',
  nullContentBesideToolCalls: false,
  reasoningField: undefined,
  toolChoice: 'any',
  parsesArguments: true,
  splitsParts: false,
  fetchesImages: true,
  imageForm: 'object',
  jsonObjectFormat: true,
  reasoningEfforts: {},
  templateSwitchesReasoning: false,
  overridesAbsentSampling: false,
  masksErrors: false,
};

/** What is known of each server. */
export const SERVER_QUIRKS: Readonly<Record<ServerKind, ServerQuirks>> = {
  ollama: {
    ...COMMON,
    nullContentBesideToolCalls: true,
    reasoningField: 'reasoning',
    toolChoice: 'ignored',
    splitsParts: true,
    fetchesImages: false,
    // Words that every release reading the field knows; `max` (≥ 0.22) is sent as it is.
    reasoningEfforts: { minimal: 'low', xhigh: 'high', ultra: 'high' },
    overridesAbsentSampling: true,
    masksErrors: true,
  },
  openai: { ...COMMON, maxTokensField: 'max_completion_tokens', instructionsRole: 'developer', parsesArguments: false },
  vllm: { ...COMMON, reasoningField: 'reasoning', templateSwitchesReasoning: true },
  'llama-cpp': { ...COMMON, reasoningField: 'reasoning_content', templateSwitchesReasoning: true },
  'lm-studio': { ...COMMON, toolChoice: 'words', fetchesImages: false, jsonObjectFormat: false },
  openrouter: { ...COMMON, reasoningField: 'reasoning' },
  unknown: COMMON,
};

/**
 * Where a host departs from its kind. Mistral answers 422 to keys that it does not know, and counts tokens unasked;
 * DeepSeek answers 400 to a tool call whose reasoning does not come back.
 */
const QUIRKS_BY_HOST: ReadonlyMap<string, Partial<ServerQuirks>> = new Map(
  Object.entries({
    'api.mistral.ai': { usageInStream: false },
    'api.deepseek.com': { reasoningField: 'reasoning_content' },
  }),
);

/** What is known of the server at this address. */
export function quirksOf(server: ServerKind, { baseUrl }: { readonly baseUrl: URL }): ServerQuirks {
  return { ...SERVER_QUIRKS[server], ...QUIRKS_BY_HOST.get(baseUrl.hostname) };
}
