import type { BodyRead, HttpExchange } from './http-exchange.ts';

/** The bytes of a response behind its first read. The last of them finishes the request, and so does leaving, even before the first. */
export function readBody(
  exchange: HttpExchange,
  { first }: { readonly first: BodyRead },
): AsyncIterableIterator<Uint8Array, void, undefined> {
  let next: BodyRead | undefined = first;
  const iterator: AsyncIterableIterator<Uint8Array, void, undefined> = {
    async next() {
      for (;;) {
        const read = next ?? (await exchange.read());
        next = undefined;
        exchange.event();
        if (read.bytes.length > 0) {
          next = read.done ? { ...read, bytes: NOTHING } : undefined;
          return { done: false, value: read.bytes };
        }
        if (!read.done) continue;
        next = ENDED;
        if (read.failure !== undefined) throw read.failure;
        return { done: true, value: undefined };
      }
    },
    async return() {
      next = ENDED;
      exchange.finish();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

const NOTHING = new Uint8Array();
const ENDED: BodyRead = { bytes: NOTHING, done: true };
