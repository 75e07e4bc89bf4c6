import { openEventStream, ProviderError } from '@openclaw/provider';
import type { EventStream, FinishReason, StreamEvent } from '@openclaw/provider';
import type { CatalogModel } from './catalog-model.ts';

/** How a candidate began: it says something, it failed first, or the request was aborted. */
export type Opening =
  | { readonly type: 'said'; readonly events: readonly StreamEvent[] }
  | { readonly type: 'failed'; readonly error: ProviderError }
  | { readonly type: 'aborted' };

/** One request to one candidate. */
export interface CandidateRequest {
  readonly model: CatalogModel;
  /** How it begins. Rejects only for a bug of whoever answers. */
  readonly opening: Promise<Opening>;
  /** What comes after the opening, at least one event; `undefined` when the request was aborted. */
  pull(): Promise<readonly StreamEvent[] | undefined>;
  /** Ends the waiting for whatever comes next, and tells whoever answers to close the connection. */
  abort(): void;
  /** Aborts, and waits until whoever answers has cleaned up, unless it is in the middle of something. */
  close(): Promise<unknown> | undefined;
}

/** Asks a model: its answer is pulled event by event, or promised as a whole. What it says is pulled, never pushed. */
export type Ask = (
  model: CatalogModel,
  options: { readonly signal: AbortSignal },
) => AsyncIterable<StreamEvent> | Promise<readonly StreamEvent[]>;

/** How many events are held back before the first word; a stream that repairs more than this counts as having spoken. */
const mostHeld = 64;

/** Sends a request and waits for its first word; an answer that is promised as a whole begins when it has ended well. */
export function requestCandidate(model: CatalogModel, ask: Ask): CandidateRequest {
  const controller = new AbortController();
  const answer = ask(model, { signal: controller.signal });
  return 'then' in answer
    ? new WholeRequest(model, answer, controller)
    : requestStream(model, { events: openEventStream(answer), controller });
}

/** A class, as there is one for each request: see `createEventStream`. */
class WholeRequest implements CandidateRequest {
  readonly model: CatalogModel;
  readonly opening: Promise<Opening>;
  readonly #controller: AbortController;
  #resolve: ((opening: Opening) => void) | undefined;

  constructor(model: CatalogModel, answer: Promise<readonly StreamEvent[]>, controller: AbortController) {
    this.model = model;
    this.#controller = controller;
    this.opening = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      answer.then((events) => this.#conclude(events), reject);
    });
  }

  async pull(): Promise<undefined> {}

  abort(): void {
    if (this.#resolve === undefined) return;
    this.#controller.abort(NOBODY_WAITS);
    this.#resolve({ type: 'aborted' });
  }

  /** Whoever promised the answer cleans up before it keeps the promise, or breaks it. */
  close(): undefined {
    this.abort();
  }

  #conclude(events: readonly StreamEvent[]): void {
    this.#resolve?.(judgeWhole(events, this.model));
    this.#resolve = undefined;
  }
}

function judgeWhole(events: readonly StreamEvent[], model: CatalogModel): Opening {
  const last = events.at(-1);
  if (last?.type === 'error') return { type: 'failed', error: last.error };
  if (last?.type !== 'finish') return { type: 'failed', error: brokeOff(model) };
  const spoken = !IS_EMPTY_ANSWER[last.reason] || events.some(({ type }) => PART[type] === 'said');
  return spoken ? { type: 'said', events } : { type: 'failed', error: saidNothing(model) };
}

function requestStream(
  model: CatalogModel,
  { events, controller }: { readonly events: EventStream; readonly controller: AbortController },
): CandidateRequest {
  let ended = false;
  let onAbort: (() => void) | undefined;

  /** Settles when the request is aborted, even if whoever answers does not care. */
  function pull(): Promise<readonly StreamEvent[] | undefined> {
    if (controller.signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      onAbort = () => resolve(undefined);
      events.pull().then((pulled) => {
        const last = pulled.at(-1);
        ended = last === undefined || PART[last.type] === 'end';
        onAbort = undefined;
        resolve(last === undefined ? [{ type: 'error', error: brokeOff(model) }] : pulled);
      }, reject);
    });
  }

  async function open(): Promise<Opening> {
    const held: StreamEvent[] = [];
    let spoken = false;
    for (;;) {
      const pulled = await pull();
      if (pulled === undefined) return { type: 'aborted' };
      for (const event of pulled) {
        if (event.type === 'error' && !spoken) return { type: 'failed', error: event.error };
        if (event.type === 'finish' && !spoken && IS_EMPTY_ANSWER[event.reason])
          return { type: 'failed', error: saidNothing(model) };
        held.push(event);
        spoken ||= PART[event.type] === 'said';
      }
      if (ended || spoken || held.length >= mostHeld) return { type: 'said', events: held };
    }
  }

  /** A request that has ended is left alone: an abort could cost the connection, which the next one can use. */
  function abort(): void {
    if (!ended) controller.abort(NOBODY_WAITS);
    onAbort?.();
  }

  function close(): Promise<unknown> {
    abort();
    return events.return();
  }

  return { model, opening: open(), pull, abort, close };
}

/** Made once: a reason of its own for each, stack trace included, costs more than all else that ends a request. */
const NOBODY_WAITS = new DOMException('Nobody waits for this answer any more.', 'AbortError');

/** What an event is to an answer: held back until the first word, a word, or the end. */
const PART: Readonly<Record<StreamEvent['type'], 'held' | 'said' | 'end'>> = {
  error: 'end',
  fallback: 'held',
  finish: 'end',
  'reasoning-delta': 'said',
  repair: 'held',
  start: 'held',
  'text-delta': 'said',
  'tool-call-delta': 'said',
  'tool-call-end': 'said',
  'tool-call-start': 'said',
};

/** Whether an end without a word before it is a failure. A limit or a filter may rightly leave nothing to say. */
const IS_EMPTY_ANSWER: Readonly<Record<FinishReason, boolean>> = {
  'content-filter': false,
  length: false,
  other: true,
  stop: true,
  'tool-calls': true,
};

function saidNothing({ ref, provider, model, endpoint }: CatalogModel): ProviderError {
  return new ProviderError('invalid-response', `${ref} ended its answer without saying anything.`, {
    provider,
    model,
    url: endpoint,
  });
}

function brokeOff({ ref, provider, model, endpoint }: CatalogModel): ProviderError {
  return new ProviderError('invalid-response', `The answer of ${ref} broke off: its stream ended without an end.`, {
    provider,
    model,
    url: endpoint,
  });
}
