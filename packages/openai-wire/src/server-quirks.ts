import type { ServerKind } from '@openclaw/upstream-errors';
import type { ToolCallStyle } from '@openclaw/upstream-wire';

/** How a server differs from other servers with the chat completions API. */
export interface ServerQuirks {
  /** How the server splits tool calls. @default 'by-content' */
  readonly toolCallStyle: ToolCallStyle;
  /** The field that limits the tokens of an answer. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** Whether a stream can include token counts (`stream_options.include_usage`). */
  readonly usageInStream: boolean;
  /** The role of instructions. */
  readonly instructionsRole: 'system' | 'developer';
  /**
   * Whether an assistant message with tool calls must have `content: null`: Ollama before 0.11.4 loses the calls beside
   * a text. The text is sent in a message of its own before the calls.
   */
  readonly nullContentBesideToolCalls: boolean;
  /** The field for an assistant's earlier reasoning; `undefined` if the server ignores or refuses it. */
  readonly reasoningField: 'reasoning' | 'reasoning_content' | undefined;
  /**
   * What `tool_choice` may be. With `ignored` the request offers no tools for `none`, and for a name only that tool.
   */
  readonly toolChoice: 'any' | 'words' | 'ignored';
  /** Whether arguments in the history must be the JSON of an object. Other arguments are wrapped in one. */
  readonly parsesArguments: boolean;
  /** Whether the server makes a message of each part. The texts of a message are joined for such a server. */
  readonly splitsParts: boolean;
  /** Whether the server fetches images from `http(s):` URLs. */
  readonly fetchesImages: boolean;
  /** Whether `image_url` is an object or the URL itself. */
  readonly imageForm: 'object' | 'string';
  /** Whether the server supports `json_object`. Otherwise the request has a schema for any object. */
  readonly jsonObjectFormat: boolean;
  /** Reasoning efforts that have another name on the server. */
  readonly reasoningEfforts: Readonly<Record<string, string>>;
  /** Whether effort `none` is set in the chat template: `chat_template_kwargs.enable_thinking: false`. */
  readonly templateSwitchesReasoning: boolean;
  /** Whether absent `temperature` and `top_p` override the model's own values (Ollama's /v1 sets both to 1.0). */
  readonly overridesAbsentSampling: boolean;
  /** Whether an error arrives as a chunk with an empty `model` and an empty delta (Ollama's /v1, all releases). */
  readonly hidesErrorsInEmptyChunk: boolean;
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
  hidesErrorsInEmptyChunk: false,
};

/** The quirks of each kind of server. */
export const SERVER_QUIRKS: Readonly<Record<ServerKind, ServerQuirks>> = {
  ollama: {
    ...COMMON,
    nullContentBesideToolCalls: true,
    reasoningField: 'reasoning',
    toolChoice: 'ignored',
    splitsParts: true,
    fetchesImages: false,
    // Values that every release with this field accepts. `max` (≥ 0.22) is sent unchanged.
    reasoningEfforts: { minimal: 'low', xhigh: 'high', ultra: 'high' },
    overridesAbsentSampling: true,
    hidesErrorsInEmptyChunk: true,
  },
  openai: { ...COMMON, maxTokensField: 'max_completion_tokens', instructionsRole: 'developer', parsesArguments: false },
  vllm: { ...COMMON, reasoningField: 'reasoning', templateSwitchesReasoning: true },
  'llama-cpp': { ...COMMON, reasoningField: 'reasoning_content', templateSwitchesReasoning: true },
  'lm-studio': { ...COMMON, toolChoice: 'words', fetchesImages: false, jsonObjectFormat: false },
  openrouter: { ...COMMON, reasoningField: 'reasoning' },
  unknown: COMMON,
};

/**
 * How a host differs from its kind. Mistral rejects unknown keys with 422, and counts tokens without being asked.
 * DeepSeek rejects a tool call without its reasoning with 400.
 */
const QUIRKS_BY_HOST: ReadonlyMap<string, Partial<ServerQuirks>> = new Map(
  Object.entries({
    'api.mistral.ai': { usageInStream: false },
    'api.deepseek.com': { reasoningField: 'reasoning_content' },
  }),
);

/** The quirks of the server at this address. */
export function quirksOf(server: ServerKind, { baseUrl }: { readonly baseUrl: URL }): ServerQuirks {
  return { ...SERVER_QUIRKS[server], ...QUIRKS_BY_HOST.get(baseUrl.hostname) };
}
