/** The requests under way, so that closing can wait for them. */
export interface RunningRequests {
  /**
   * Counts a stream as under way from its first pull to its end, and lets its consumer leave at any moment: a generator
   * takes `return` only when it stands at a `yield`, so leaving in the middle of a wait calls `endWait` first.
   */
  track<T>(events: AsyncGenerator<T, void, void>, options: { endWait: () => void }): AsyncGenerator<T, void, void>;
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
    track(events, { endWait }) {
      const stream = counted(events);
      let waiting = 0;
      const next: typeof stream.next = async () => {
        waiting++;
        try {
          return await stream.next();
        } finally {
          waiting--;
        }
      };
      const leave: typeof stream.return = (value) => {
        if (waiting > 0) endWait();
        return stream.return(value);
      };
      return {
        next,
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
