import type { StreamEvent } from './stream-event.ts';

/**
 * The events of one answer: one by one for a loop, or in batches with `pull`. The events of one read from the server
 * stay together, so that a layer costs one promise per read, and one promise in all for a whole answer.
 */
export interface EventStream extends AsyncIterableIterator<StreamEvent, void, undefined> {
  /** Waits for the next events and returns all that arrived together. An empty list is the end. */
  pull(): Promise<readonly StreamEvent[]>;
  /** Ends the stream, also during a pull. Resolves when the source is closed. */
  return(): Promise<IteratorReturnResult<void>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The source of a stream. */
export interface EventStreamSource {
  /** Waits for the next events. Not called during another pull, nor after `finish`, `error` or an empty list. */
  pull(): Promise<readonly StreamEvent[]>;
  /** Called once: when the stream is over, or at once when the consumer leaves, also during a pull. */
  close(): Promise<unknown> | void;
}

/** Creates a stream. The first pull of the consumer starts it. An error of `pull` closes the source and is rethrown. */
export function createEventStream(source: EventStreamSource): EventStream {
  return new SourcedEventStream(source);
}

/** A class, since each request has several of these, and creating closures would cost as much as their work. */
class SourcedEventStream implements EventStream {
  readonly #source: EventStreamSource;
  /** Pulled events for a loop that takes them one by one. */
  #pulled: readonly StreamEvent[] = NO_EVENTS;
  #taken = 0;
  #pulling: Promise<readonly StreamEvent[]> | undefined;
  #closed = false;
  #closing: Promise<unknown> | undefined;

  constructor(source: EventStreamSource) {
    this.#source = source;
  }

  pull(): Promise<readonly StreamEvent[]> {
    // A second pull waits for the first one, and returns the events after it.
    if (this.#pulling !== undefined) {
      const again = () => this.pull();
      return this.#pulling.then(again, again);
    }
    if (this.#taken < this.#pulled.length) return Promise.resolve(this.#takeRest());
    if (this.#closed) return Promise.resolve(NO_EVENTS);
    this.#pulling = this.#pullSource();
    return this.#pulling;
  }

  next(): Promise<IteratorResult<StreamEvent, void>> {
    const event = this.#pulling === undefined ? this.#pulled[this.#taken] : undefined;
    if (event === undefined) return this.#pullNext();
    this.#taken += 1;
    return Promise.resolve({ done: false, value: event });
  }

  return(): Promise<IteratorReturnResult<void>> {
    this.#pulled = NO_EVENTS;
    return this.#close()?.then(() => END) ?? ENDED;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #takeRest(): readonly StreamEvent[] {
    const rest = this.#pulled.slice(this.#taken);
    this.#pulled = NO_EVENTS;
    return rest;
  }

  async #pullSource(): Promise<readonly StreamEvent[]> {
    try {
      const events = await this.#source.pull();
      const closing = isLast(events.at(-1)) ? this.#close() : undefined;
      if (closing !== undefined) await closing;
      return events;
    } catch (error) {
      await this.#close();
      throw error;
    } finally {
      this.#pulling = undefined;
    }
  }

  async #pullNext(): Promise<IteratorResult<StreamEvent, void>> {
    const events = await this.pull();
    const [event] = events;
    if (event === undefined) return END;
    this.#pulled = events;
    this.#taken = 1;
    return { done: false, value: event };
  }

  /** Returns `undefined` if there is nothing to wait for, which is the usual case and saves each layer a promise. */
  #close(): Promise<unknown> | undefined {
    if (this.#closed) return this.#closing;
    // Closing the source may call this again.
    this.#closed = true;
    this.#closing = this.#source.close() ?? undefined;
    return this.#closing;
  }
}

/** Turns any events into an `EventStream`. An `EventStream` is returned unchanged. */
export function openEventStream(events: AsyncIterable<StreamEvent>): EventStream {
  if (isEventStream(events)) return events;
  const iterator = events[Symbol.asyncIterator]();
  let pulling = false;
  return createEventStream({
    async pull() {
      pulling = true;
      const result = await iterator.next();
      pulling = false;
      return result.done === true ? NO_EVENTS : [result.value];
    },
    async close() {
      const returned = iterator.return?.();
      // A generator settles `return` only after a running pull, which may be never.
      if (pulling) returned?.catch(() => undefined);
      else await returned;
    },
  });
}

const NO_EVENTS: readonly StreamEvent[] = [];
const END: IteratorReturnResult<void> = { done: true, value: undefined };
const ENDED = Promise.resolve(END);

function isLast(event: StreamEvent | undefined): boolean {
  return event === undefined || event.type === 'finish' || event.type === 'error';
}

function isEventStream(events: AsyncIterable<StreamEvent>): events is EventStream {
  return 'pull' in events && typeof events.pull === 'function';
}
