import type { JsonObject, JsonValue } from '@openclaw/provider';
import { readObject } from './read-fields.ts';
import { readModelName } from './read-model-name.ts';

/** A request that is passed on as it is. */
export interface ParsedModelRequest {
  readonly body: JsonObject;
  readonly model: string;
  readonly stream: boolean;
}

/**
 * The body of an endpoint of which only the model's name is read (`/v1/embeddings`, `/v1/completions`).
 * @throws {ProviderError} `invalid-request`
 */
export function parseModelRequest(value: JsonValue): ParsedModelRequest {
  const body = readObject(value, 'body', 'a JSON object');
  return { body, model: readModelName(body['model'], 'model'), stream: body['stream'] === true };
}
