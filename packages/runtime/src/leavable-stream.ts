/**
 * Lets a consumer leave a stream at any moment. A generator takes `return` only when it stands at a `yield`; whoever leaves
 * in the middle of a wait ends the wait first, with `onLeave`.
 */
export function leavableStream<T>(
  events: AsyncGenerator<T, void, void>,
  { onLeave }: { onLeave: () => void },
): AsyncGenerator<T, void, void> {
  const leave = (): Promise<IteratorResult<T, void>> => {
    onLeave();
    return events.return();
  };
  return {
    next: () => events.next(),
    return: leave,
    throw: (error) => events.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => {
      await leave();
    },
  };
}
