import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import type { ChunkDecoder } from './chunk-decoder.ts';
import type { WholeResponse } from './fetch-whole.ts';
import { parseJson } from './parse-json.ts';
import { createChunkReader } from './read-chunks.ts';
import type { BodyLimits } from './read-chunks.ts';
import { isWireObject } from './json-object.ts';

/** The events of an answer whose body is all there. A server that streams although it was not asked to is read as a stream. */
export function decodeWhole(
  { bytes, failure }: WholeResponse,
  { decoder, limits }: { readonly decoder: ChunkDecoder; readonly limits: BodyLimits },
): readonly StreamEvent[] {
  const body = failure === undefined ? parseJson(bytes.toString('utf8')) : undefined;
  if (isWireObject(body)) {
    decoder.chunk(body);
    decoder.end();
    return decoder.take();
  }
  const reader = createChunkReader(decoder, limits);
  reader.push(bytes);
  if (failure === undefined) {
    reader.end();
    decoder.end();
  } else if (failure instanceof ProviderError) {
    decoder.interrupt(failure);
  } else {
    throw failure;
  }
  return decoder.take();
}
