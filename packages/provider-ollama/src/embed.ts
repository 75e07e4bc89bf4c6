import type { EmbeddingRequest, EmbeddingResult, StreamOptions } from '@openclaw/provider';
import { isWireObject, parseJson, readString } from '@openclaw/upstream-errors';
import { requestBody } from '@openclaw/upstream-http';
import type { Upstream } from '@openclaw/upstream-http';
import { addKeys } from '@openclaw/upstream-wire';
import type { EncodedObject } from '@openclaw/upstream-wire';
import { nativeKeysOf } from './native-keys.ts';
import { readUsage } from './read-usage.ts';

export interface EmbedOptions extends StreamOptions {
  readonly upstream: Upstream;
  readonly maxBodyBytes: number;
}

const PATH = 'api/embed';

/**
 * Embeds texts through `/api/embed`.
 * @throws {ProviderError} for every failure; a text that does not fit into the context is `context-length-exceeded`
 */
export async function embed(
  request: EmbeddingRequest,
  { upstream, ...options }: EmbedOptions,
): Promise<EmbeddingResult> {
  const { model, input } = request;
  const context = { model, capability: 'embeddings' } as const;
  const body = await requestBody(upstream, { ...options, ...context, path: PATH, body: encodeEmbed(request) });
  const result = decodeEmbed(body, { model });
  if (result?.embeddings.length === input.length) return result;
  const vectors = input.length === 1 ? 'one vector' : `${input.length} vectors`;
  throw upstream
    .failuresFor(upstream.resolve(PATH), context)
    .failed(
      'invalid-response',
      `answered with something other than ${vectors}. Is a proxy between it and this program?`,
    );
}

/** Keys with `undefined` are not sent. */
function encodeEmbed({ model, input, dimensions, contextLength, keepAlive, raw }: EmbeddingRequest): EncodedObject {
  const encoded = {
    model,
    input,
    dimensions,
    keep_alive: keepAlive,
    options: { num_ctx: contextLength },
    // By default the server cuts what does not fit, in silence.
    truncate: false,
  };
  return addKeys(encoded, nativeKeysOf(raw));
}

function decodeEmbed(body: string, { model }: { readonly model: string }): EmbeddingResult | undefined {
  const value = parseJson(body);
  if (!isWireObject(value) || !isVectors(value['embeddings'])) return undefined;
  const usage = readUsage(value);
  return {
    model: readString(value['model']) || model,
    embeddings: value['embeddings'],
    ...(usage !== undefined && { usage }),
  };
}

function isVectors(value: unknown): value is readonly (readonly number[])[] {
  return Array.isArray(value) && value.every(isVector);
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}
