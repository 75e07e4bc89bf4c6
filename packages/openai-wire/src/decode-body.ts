import { isProviderError } from '@openclaw/provider';
import type { EventStreamSource, StreamEvent } from '@openclaw/provider';
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
  /** Nothing more is wanted of the body: the answer is complete, or it is not and never will be. By default the body is left. */
  readonly onOver?: ((complete: boolean) => void) | undefined;
}

/** Bytes in, events out. Everything that one read brings is decoded at once, so that text which came together stays together. */
export function decodeBody(
  body: AsyncIterable<Uint8Array>,
  { reader, decoder, watch, onOver }: DecodeBodyOptions,
): EventStreamSource {
  const reads = body[Symbol.asyncIterator]();
  let over = false;

  return { pull, close };

  async function pull(): Promise<readonly StreamEvent[]> {
    try {
      while (!over && !decoder.holds()) {
        const before = decoder.count();
        watch?.wait();
        const read = await reads.next();
        watch?.rest();
        if (over) break;
        if (read.done === true) end();
        else reader.push(read.value);
        if (decoder.count() > before) watch?.event();
      }
    } catch (error) {
      if (!isProviderError(error)) throw error;
      // A connection that failed after the answer was complete did no harm; the decoder knows.
      decoder.interrupt(error);
    }
    return decoder.take();
  }

  function end(): void {
    reader.end();
    decoder.end();
  }

  async function close(): Promise<void> {
    over = true;
    if (onOver === undefined) await reads.return?.();
    else onOver(decoder.complete());
  }
}
