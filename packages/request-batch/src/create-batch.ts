/** Items whose tasks run together. */
export interface Batch<Item> {
  /** Adds an item to the next run. */
  readonly add: (item: Item) => void;
  /** Runs the tasks of all added items now. */
  readonly flush: () => void;
}

export interface BatchOptions {
  /** Schedules the next run. @default setImmediate: after the event loop has read everything that arrived in this turn */
  readonly schedule?: ((flush: () => void) => unknown) | undefined;
}

/**
 * Runs a task for each item, in order, together with the other items of the same turn of the event loop. Under load many connections
 * receive bytes in one turn. Handled one by one, each request runs through code that the one before has evicted from the processor's caches.
 * Handled together they stay in step: the promises that the tasks settle continue in a row, so each step of the first request loads
 * the code for the same step of all others.
 *
 * @param task Must not throw: the remaining tasks of the run would be lost.
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
