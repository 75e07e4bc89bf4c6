/** The requests under way, so that closing can wait for them. */
export interface RunningRequests {
  /**
   * Counts a stream as under way from its first pull to its end, and lets its consumer leave at any moment: a generator
   * takes `return` only when it stands at a `yield`, so whoever leaves in the middle of a wait ends the wait with `onLeave`.
   */
  track<T>(events: AsyncGenerator<T, void, void>, options: { onLeave: () => void }): AsyncGenerator<T, void, void>;
  /** Settles when those that are under way now have ended. */
  ended(): Promise<void>;
}

export function createRunningRequests(): RunningRequests {
  const running = new Set<Promise<void>>();

  async function* counted<T>(events: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    running.add(ended);
    try {
      yield* events;
    } finally {
      running.delete(ended);
      resolve();
    }
  }

  return {
    track(events, { onLeave }) {
      const stream = counted(events);
      const leave: typeof stream.return = (value) => {
        onLeave();
        return stream.return(value);
      };
      return {
        next: () => stream.next(),
        return: leave,
        throw: (error) => stream.throw(error),
        [Symbol.asyncIterator]() {
          return this;
        },
        [Symbol.asyncDispose]: async () => {
          await leave();
        },
      };
    },
    async ended() {
      await Promise.all(running);
    },
  };
}
