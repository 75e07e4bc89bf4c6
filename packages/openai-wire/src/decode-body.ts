import { isProviderError } from '@openclaw/provider';
import type { EventStreamSource, StreamEvent } from '@openclaw/provider';
import type { ChunkDecoder } from './chunk-decoder.ts';
import type { ChunkReader } from './read-chunks.ts';

/** Called around each wait for the server, for timeouts. */
export interface BodyWatch {
  wait(): void;
  rest(): void;
  event(): void;
}

export interface DecodeBodyOptions {
  readonly reader: ChunkReader;
  readonly decoder: ChunkDecoder;
  readonly watch?: BodyWatch | undefined;
  /** Called when the rest of the body is not needed, with whether the answer is complete. @default closes the body */
  readonly onOver?: ((complete: boolean) => void) | undefined;
}

/** Bytes in, events out. Each read is decoded at once, so that deltas which arrived together stay together. */
export function decodeBody(
  body: AsyncIterable<Uint8Array>,
  { reader, decoder, watch, onOver }: DecodeBodyOptions,
): EventStreamSource {
  const reads = body[Symbol.asyncIterator]();
  let over = false;

  return { pull, close };

  async function pull(): Promise<readonly StreamEvent[]> {
    try {
      while (!over && !decoder.hasEvents()) {
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
      // If the answer is complete, the decoder ignores the failure of the connection.
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
