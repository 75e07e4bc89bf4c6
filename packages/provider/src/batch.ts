/** Runs a task for several items together. */
export interface Batch<Item> {
  /** Adds an item to the next batch. */
  readonly add: (item: Item) => void;
  /** Runs the batch at once. */
  readonly flush: () => void;
}

export interface BatchOptions {
  /** Schedules the batch. @default setImmediate: after all I/O callbacks of this turn of the event loop */
  readonly schedule?: ((flush: () => void) => unknown) | undefined;
}

/**
 * Runs a task for each item of a turn of the event loop, in order. Under load many connections receive data in one
 * turn. One by one, each runs through code that the previous one has evicted from the processor's caches. In a batch
 * they run in step: promises that the task settles continue together, and each step finds its code in the cache.
 *
 * @param task Must not throw, or the other items of the batch are skipped.
 */
export function createBatch<Item>(
  task: (item: Item) => void,
  { schedule = setImmediate }: BatchOptions = {},
): Batch<Item> {
  let waiting: Item[] = [];

  function flush(): void {
    const items = waiting;
    waiting = [];
    for (const item of items) task(item);
  }

  return {
    add(item) {
      if (waiting.length === 0) schedule(flush);
      waiting.push(item);
    },
    flush,
  };
}
