import { isObject } from '@openclaw/openai-wire';
import type { JsonObject } from '@openclaw/provider';
import { isProviderError, ProviderError } from '@openclaw/provider';
import type { OllamaRequest } from '@openclaw/runtime/internal';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';

/** `/api/show` lists every tensor of a model, and its vocabulary if asked for. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The response of an Ollama server. */
export interface JsonResponse {
  readonly status: number;
  readonly body: JsonObject;
}

/**
 * Asks an Ollama server for one JSON object.
 * @returns `undefined` if the server cannot be reached, or answers with something else
 */
export async function requestJson(
  request: OllamaRequest,
  { exchange: { signal }, runtime }: { readonly exchange: Exchange; readonly runtime: GatewayContext['runtime'] },
): Promise<JsonResponse | undefined> {
  try {
    const { status, body } = await runtime.requestOllama(request, { signal });
    return { status, body: await collectJson(body) };
  } catch (error) {
    if (error instanceof SyntaxError || (isProviderError(error) && !signal.aborted)) return undefined;
    throw error;
  }
}

/**
 * Reads a body as one JSON object.
 * @throws {SyntaxError} if it is not JSON
 * @throws {ProviderError} `invalid-response` if it is no object, or too large
 */
export async function collectJson(body: AsyncIterable<Uint8Array>): Promise<JsonObject> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new ProviderError('invalid-response', `The server answered with more than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  const value = JSON.parse(Buffer.concat(chunks).toString());
  if (!isObject(value))
    throw new ProviderError('invalid-response', 'The server answered with something other than a JSON object.');
  return value;
}
