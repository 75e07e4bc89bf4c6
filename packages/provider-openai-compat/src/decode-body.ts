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
  /** Nothing more is wanted of the body: the answer is complete, or it is not and never will be. By default the body is left. */
  readonly onOver?: ((complete: boolean) => void) | undefined;
}

/**
 * Bytes in, events out. Everything that one read brings is decoded at once, so that text which came together stays
 * together. An iterator by hand and no generator: with one event per read the generators cost as much as all the rest.
 */
export function decodeBody(
  body: AsyncIterable<Uint8Array>,
  { reader, decoder, watch, onOver }: DecodeBodyOptions,
): AsyncIterableIterator<StreamEvent, void, undefined> {
  const reads = body[Symbol.asyncIterator]();
  let events: readonly StreamEvent[] = [];
  let at = 0;
  let pulling: Promise<unknown> | undefined;
  let over = false;

  const iterator: AsyncIterableIterator<StreamEvent, void, undefined> = {
    next,
    async return() {
      events = [];
      await conclude();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;

  function next(): Promise<IteratorResult<StreamEvent, void>> {
    if (pulling !== undefined) return nextAfter(pulling);
    const event = events[at];
    if (event !== undefined) {
      at += 1;
      return Promise.resolve({ done: false, value: event });
    }
    const pulled = pull();
    pulling = pulled;
    return pulled;
  }

  /** Whoever asks again before the answer came gets the event after it. */
  async function nextAfter(pulled: Promise<unknown>): Promise<IteratorResult<StreamEvent, void>> {
    await pulled.catch(() => undefined);
    return next();
  }

  async function pull(): Promise<IteratorResult<StreamEvent, void>> {
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
      if (decoder.ended()) await conclude();
    } catch (error) {
      // A connection that failed after the answer was complete did no harm; the decoder knows.
      if (error instanceof ProviderError) decoder.interrupt(error);
      await conclude();
      if (!(error instanceof ProviderError)) throw error;
    } finally {
      pulling = undefined;
    }
    return first();
  }

  function first(): IteratorResult<StreamEvent, void> {
    events = decoder.take();
    at = 1;
    const [event] = events;
    return event === undefined ? { done: true, value: undefined } : { done: false, value: event };
  }

  function end(): void {
    reader.end();
    decoder.end();
  }

  async function conclude(): Promise<void> {
    if (over) return;
    over = true;
    if (onOver === undefined) await reads.return?.();
    else onOver(decoder.complete());
  }
}
