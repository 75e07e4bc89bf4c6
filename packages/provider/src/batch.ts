/** Tasks that are done together. */
export interface Batch<Item> {
  /** Puts an item to those whose task is done next. */
  readonly add: (item: Item) => void;
  /** Does at once what was put off. */
  readonly flush: () => void;
}

export interface BatchOptions {
  /** Calls back when it is time. @default setImmediate: when the event loop has looked at all that came in this turn */
  readonly schedule?: ((flush: () => void) => unknown) | undefined;
}

/**
 * Does a task for each item, in order, together with those of the same turn of the event loop. Under load many connections bring
 * their bytes in one turn. Taken one by one, each goes all the way through code that the one before has driven out of the processor's caches.
 * Taken together they go in step: whoever waits for a promise that the task settles goes on with the others, and each step
 * finds its code where the one before left it.
 *
 * @param task Must not throw: the others of its turn would be left undone.
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
