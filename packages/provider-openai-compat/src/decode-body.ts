import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import type { ChunkDecoder } from './chunk-decoder.ts';
import type { ChunkReader } from './read-chunks.ts';

/** Is told when the server is waited for, and what came. */
export interface BodyWatch {
  wait(): void;
  rest(): void;
  event(): void;
}

export interface DecodeBodyOptions {
  readonly reader: ChunkReader;
  readonly decoder: ChunkDecoder;
  readonly watch?: BodyWatch | undefined;
  /** The answer is complete; what is left of the body is of no interest. */
  readonly onComplete?: (() => void) | undefined;
}

/** Bytes in, events out. Everything that one read brings is decoded at once, so that text which came together stays together. */
export async function* decodeBody(
  body: AsyncIterable<Uint8Array>,
  { reader, decoder, watch, onComplete }: DecodeBodyOptions,
): AsyncGenerator<StreamEvent, void, undefined> {
  const reads = body[Symbol.asyncIterator]();
  try {
    while (!decoder.ended()) {
      watch?.wait();
      const read = await readNext(reads, decoder);
      watch?.rest();
      const before = decoder.count();
      if (read === undefined) {
        reader.end();
        decoder.end();
      } else {
        reader.push(read);
      }
      if (decoder.count() > before) watch?.event();
      if (decoder.ended()) onComplete?.();
      for (const event of decoder.take()) yield event;
    }
  } finally {
    if (!decoder.ended()) await reads.return?.();
  }
}

/** The next bytes; `undefined` at the end. A connection that failed is told to the decoder, which knows whether the answer was complete. */
async function readNext(reads: AsyncIterator<Uint8Array>, decoder: ChunkDecoder): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reads.next();
    return done === true ? undefined : value;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    decoder.interrupt(error);
    return undefined;
  }
}
