import type { JsonObject, RawValue } from '@openclaw/provider';
import { isWireObject } from '@openclaw/upstream-errors';

/** Names Ollama's native API in the raw values of the contract. */
const OLLAMA = 'ollama';

/** The keys that a raw value has for the native API; `undefined` if it is of another API. */
export function nativeKeysOf(raw: RawValue | undefined): JsonObject | undefined {
  return raw?.dialect === OLLAMA ? raw.value : undefined;
}

/** Keys that clients send beside those of OpenAI's chat completions, and that mean the same in the native API. */
const SAME_KEYS: Readonly<Record<string, string>> = {
  format: 'format',
  keep_alive: 'keep_alive',
  logprobs: 'logprobs',
  options: 'options',
  think: 'think',
  top_logprobs: 'top_logprobs',
};

/** Such keys that are options in the native API, under the name that they have there. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  min_p: 'min_p',
  mirostat: 'mirostat',
  mirostat_eta: 'mirostat_eta',
  mirostat_tau: 'mirostat_tau',
  num_ctx: 'num_ctx',
  num_keep: 'num_keep',
  repeat_last_n: 'repeat_last_n',
  repeat_penalty: 'repeat_penalty',
  repetition_penalty: 'repeat_penalty',
  typical_p: 'typical_p',
};

/** The keys that a request's raw value has for the native API. Of chat completions those that have an equal there. */
export function requestKeysOf(raw: RawValue | undefined): JsonObject | undefined {
  if (raw?.dialect !== 'openai-chat') return nativeKeysOf(raw);
  const keys: JsonObject = pick(raw.value, SAME_KEYS);
  const options = pick(raw.value, OPTION_NAMES);
  if (Object.keys(options).length === 0) return keys;
  return { ...keys, options: { ...options, ...(isWireObject(keys['options']) && keys['options']) } };
}

/** The keys of a table that a value has, under their new names. */
function pick(value: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) => (Object.hasOwn(value, key) ? [[name, value[key]]] : [])),
  );
}
