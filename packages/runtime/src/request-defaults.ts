import type { ChatRequest, JsonValue } from '@openclaw/provider';

type RequestDefaults = Omit<ChatRequest, 'messages'>;

/** Maps a configured parameter to a field of the request; `undefined` if its value has the wrong type. */
const FIELDS: Readonly<Record<string, (value: JsonValue) => RequestDefaults | undefined>> = {
  temperature: (value) => (typeof value === 'number' ? { temperature: value } : undefined),
  top_p: (value) => (typeof value === 'number' ? { topP: value } : undefined),
  top_k: (value) => (typeof value === 'number' ? { topK: value } : undefined),
  frequency_penalty: (value) => (typeof value === 'number' ? { frequencyPenalty: value } : undefined),
  presence_penalty: (value) => (typeof value === 'number' ? { presencePenalty: value } : undefined),
  max_tokens: (value) => (typeof value === 'number' ? { maxTokens: value } : undefined),
  max_completion_tokens: (value) => (typeof value === 'number' ? { maxTokens: value } : undefined),
  seed: (value) => (typeof value === 'number' ? { seed: value } : undefined),
  stop: (value) => (typeof value === 'string' ? { stop: [value] } : isTexts(value) ? { stop: value } : undefined),
  parallel_tool_calls: (value) => (typeof value === 'boolean' ? { parallelToolCalls: value } : undefined),
  reasoning_effort: (value) => (typeof value === 'string' ? { reasoningEffort: value } : undefined),
};

/** The configuration names parameters as OpenAI's chat API does. */
const DIALECT = 'openai-chat';

/** Both spellings of a parameter mean the same: `maxTokens`, `max_tokens`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Adds the configured parameters of a model (`agents.defaults.models["…"].params`) that the request does not set.
 * Parameters without a field become `rawDefaults`, beside what the client says in the words of any API.
 */
export function withRequestDefaults<T extends ChatRequest>(
  request: T,
  params: Readonly<Record<string, unknown>> = {},
): T {
  const given = Object.entries(params);
  if (given.length === 0) return request;
  let defaults: RequestDefaults = {};
  const extra: Record<string, JsonValue> = {};
  for (const [name, value] of given) {
    if (name === 'streaming' || !isJsonValue(value)) continue;
    const fields = FIELDS[snakeCase(name)]?.(value);
    if (fields === undefined) extra[name] = value;
    else defaults = { ...defaults, ...fields };
  }
  if (Object.keys(extra).length === 0) return { ...defaults, ...request };
  return { ...defaults, ...request, rawDefaults: { dialect: DIALECT, value: extra } };
}

function isTexts(value: JsonValue): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isJsonValue(value: unknown): value is JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return true;
  if (Array.isArray(value)) return value.every(isJsonValue);
  return typeof value === 'object' && Object.values(value).every((item) => item === undefined || isJsonValue(item));
}
