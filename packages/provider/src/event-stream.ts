import type { StreamEvent } from './stream-event.ts';

/**
 * The events of one answer: one by one for a loop, or as they come for whoever passes them on. What one read of the server
 * brought stays together, so that a layer costs one promise for it, and an answer in one piece costs one promise in all.
 */
export interface EventStream extends AsyncIterableIterator<StreamEvent, void, undefined> {
  /** Waits for the next events and gives all that came with them. An empty list: nothing comes any more. */
  pull(): Promise<readonly StreamEvent[]>;
  /** Leaves the answer, in the middle of a pull too. Resolves when its source has been closed. */
  return(): Promise<IteratorReturnResult<void>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where the events of a stream come from. */
export interface EventStreamSource {
  /** Waits for the next events; not called again before it has settled, nor after `finish`, `error` or an empty list. */
  pull(): Promise<readonly StreamEvent[]>;
  /** Called once: when the stream is over, or at once when the consumer leaves, be it in the middle of a pull. */
  close(): Promise<unknown> | void;
}

/** Makes a stream. Nothing is pulled before somebody asks. What `pull` throws closes the source and reaches the consumer. */
export function createEventStream(source: EventStreamSource): EventStream {
  return new SourcedEventStream(source);
}

/** A class, unlike the rest: each request has a handful of these, and the closures of each cost as much as all that they do. */
class SourcedEventStream implements EventStream {
  readonly #source: EventStreamSource;
  /** What was pulled for a loop that takes it one by one. */
  #pulled: readonly StreamEvent[] = NOTHING;
  #taken = 0;
  #pulling: Promise<readonly StreamEvent[]> | undefined;
  #closed = false;
  #closing: Promise<unknown> | undefined;

  constructor(source: EventStreamSource) {
    this.#source = source;
  }

  pull(): Promise<readonly StreamEvent[]> {
    // Whoever asks again before the answer came gets what comes after it.
    if (this.#pulling !== undefined) {
      const again = () => this.pull();
      return this.#pulling.then(again, again);
    }
    if (this.#taken < this.#pulled.length) return Promise.resolve(this.#takeRest());
    if (this.#closed) return Promise.resolve(NOTHING);
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
    this.#pulled = NOTHING;
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
    this.#pulled = NOTHING;
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

  /** Nothing to wait for is the usual case, and waiting for it would cost every layer something. */
  #close(): Promise<unknown> | undefined {
    if (this.#closed) return this.#closing;
    // What closing sets off may come back here.
    this.#closed = true;
    this.#closing = this.#source.close() ?? undefined;
    return this.#closing;
  }
}

/** Any events as a stream that can be pulled; a stream that can is handed back as it is. */
export function openEventStream(events: AsyncIterable<StreamEvent>): EventStream {
  if (isEventStream(events)) return events;
  const iterator = events[Symbol.asyncIterator]();
  let pulling = false;
  return createEventStream({
    async pull() {
      pulling = true;
      const result = await iterator.next();
      pulling = false;
      return result.done === true ? NOTHING : [result.value];
    },
    async close() {
      const returned = iterator.return?.();
      // A generator that is being pulled answers `return` when the pull has ended, which may be never.
      if (pulling) returned?.catch(() => undefined);
      else await returned;
    },
  });
}

const NOTHING: readonly StreamEvent[] = [];
const END: IteratorReturnResult<void> = { done: true, value: undefined };
const ENDED = Promise.resolve(END);

function isLast(event: StreamEvent | undefined): boolean {
  return event === undefined || event.type === 'finish' || event.type === 'error';
}

function isEventStream(events: AsyncIterable<StreamEvent>): events is EventStream {
  return 'pull' in events && typeof events.pull === 'function';
}
