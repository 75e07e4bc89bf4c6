import { isProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { isWireObject, parseJson } from '@openclaw/upstream-errors';
import { decodeUtf8 } from '@openclaw/upstream-wire';
import type { BodyDecoder, BodyLimits, BodyPiece } from '@openclaw/upstream-wire';
import type { ChunkDecoder } from './chunk-decoder.ts';
import { createChunkReader } from './read-chunks.ts';
import type { ChunkReader } from './read-chunks.ts';

const OPENING_BRACE = 0x7b;

/** Decodes an answer with a chunk decoder. A server that streams although it was not asked to is read as a stream, and the other way round. */
export function createBodyDecoder(decoder: ChunkDecoder, { limits }: { readonly limits: BodyLimits }): BodyDecoder {
  return new ChunkBodyDecoder(decoder, limits);
}

/** A class, as there is one for each request: see `createEventStream`. */
class ChunkBodyDecoder implements BodyDecoder {
  readonly #decoder: ChunkDecoder;
  readonly #limits: BodyLimits;
  /** Absent until the first piece that is not the whole body. */
  #reader: ChunkReader | undefined;

  constructor(decoder: ChunkDecoder, limits: BodyLimits) {
    this.#decoder = decoder;
    this.#limits = limits;
  }

  decode(piece: BodyPiece): readonly StreamEvent[] {
    if (!this.#decodeWhole(piece)) this.#decodePiece(piece);
    return this.#decoder.take();
  }

  complete(): boolean {
    return this.#decoder.complete();
  }

  count(): number {
    return this.#decoder.count();
  }

  /** Most bodies that come at once are one JSON document. */
  #decodeWhole({ bytes, done, failure }: BodyPiece): boolean {
    const isWhole = done && failure === undefined && this.#reader === undefined;
    if (!isWhole || bytes[0] !== OPENING_BRACE) return false;
    const body = parseJson(decodeUtf8(bytes));
    if (!isWireObject(body)) return false;
    this.#decoder.chunk(body);
    this.#decoder.end();
    return true;
  }

  #decodePiece({ bytes, done, failure }: BodyPiece): void {
    if (bytes.length === 0 && !done) return;
    const reader = (this.#reader ??= createChunkReader(this.#decoder, this.#limits));
    if (bytes.length > 0) reader.push(bytes);
    if (!done) return;
    if (failure === undefined) {
      reader.end();
      this.#decoder.end();
    } else if (isProviderError(failure)) {
      // A connection that failed after the answer was complete did no harm; the decoder knows.
      this.#decoder.interrupt(failure);
    } else {
      throw failure;
    }
  }
}
