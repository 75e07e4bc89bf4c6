import { invalidField } from '@openclaw/openai-wire';
import type { JsonObject } from '@openclaw/provider';
import { ProviderError } from '@openclaw/provider';

/** Real names (`hf.co/…` with a quantization) stay far below. A name is kept, listed and logged, unlike the rest of a request. */
const MAX_CHARACTERS = 512;

/**
 * The model that a request names: `model`, or `name`, which older clients and Ollama's own command write. An agent is
 * listed with the tag `latest`, since names without a tag are foreign to Ollama's clients.
 * @throws {ProviderError} `invalid-request`
 */
export function parseModelName({ model, name }: JsonObject): string {
  const [param, given] = typeof model === 'string' && model.trim() !== '' ? ['model', model] : ['name', name];
  if (typeof given !== 'string' || given.trim() === '')
    throw new ProviderError('invalid-request', 'model is required', { param: 'model' });
  if (given.length > MAX_CHARACTERS) throw invalidField(param, `a name of at most ${MAX_CHARACTERS} characters`, given);
  return given.trim().replace(AGENT_TAG, '$1');
}

const AGENT_TAG = /^(openclaw(?:\/[^:]*)?):latest$/i;
