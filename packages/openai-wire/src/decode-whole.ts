import { isProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import type { ChunkDecoder } from './chunk-decoder.ts';
import { parseJson } from '@openclaw/upstream-errors';
import { decodeUtf8 } from './decode-utf8.ts';
import { createChunkReader } from './read-chunks.ts';
import type { BodyLimits } from './read-chunks.ts';
import { isWireObject } from '@openclaw/upstream-errors';

/** A body that was received, and why it is not complete, if it is not. */
export interface WholeBody {
  readonly bytes: Uint8Array;
  readonly failure?: unknown;
}

/** Decodes a received body. A stream from a server that was asked for a whole body is decoded as a stream. */
export function decodeWhole(
  { bytes, failure }: WholeBody,
  { decoder, limits }: { readonly decoder: ChunkDecoder; readonly limits: BodyLimits },
): readonly StreamEvent[] {
  const body = failure === undefined ? parseJson(decodeUtf8(bytes)) : undefined;
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
  } else if (isProviderError(failure)) {
    decoder.interrupt(failure);
  } else {
    throw failure;
  }
  return decoder.take();
}
