/**
 * A stream that is opened by the first pull. Leaving it aborts the signal at once, in whichever state it is: a
 * generator's own `return()` would wait for the read that is under way.
 */
export function openLazily<Item>(
  open: (left: AbortSignal) => Promise<AsyncIterator<Item, void>>,
): AsyncIterableIterator<Item, void, undefined> {
  const left = new AbortController();
  let opening: Promise<AsyncIterator<Item, void>> | undefined;
  let opened: AsyncIterator<Item, void> | undefined;

  const iterator: AsyncIterableIterator<Item, void, undefined> = {
    // Once it is open, nothing stands between the consumer and the source.
    next: () => opened?.next() ?? begin(),
    async return() {
      left.abort(LEFT);
      const source = await opening;
      await source?.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;

  async function begin(): Promise<IteratorResult<Item, void>> {
    if (opening === undefined && left.signal.aborted) return { done: true, value: undefined };
    opening ??= open(left.signal);
    opened = await opening;
    return opened.next();
  }
}

/** Made once: a reason of its own for each, stack trace included, costs more than all else that ends a request. */
const LEFT = new DOMException('The consumer left.', 'AbortError');

/** A stream of one item. */
export async function* tellOnce<Item>(item: Item): AsyncGenerator<Item, void, undefined> {
  yield item;
}
