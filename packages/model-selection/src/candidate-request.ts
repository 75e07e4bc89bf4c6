import { openEventStream, ProviderError } from '@openclaw/provider';
import type { EventStream, FinishReason, StreamEvent } from '@openclaw/provider';
import type { CatalogModel } from './catalog-model.ts';

/** How a candidate began: it says something, it failed first, or the request was aborted. */
export type FirstContent =
  | { readonly type: 'content'; readonly events: readonly StreamEvent[] }
  | { readonly type: 'failed'; readonly error: ProviderError }
  | { readonly type: 'aborted' };

/** One request to one candidate. */
export interface CandidateRequest {
  readonly model: CatalogModel;
  /** How it begins. Rejects only for a bug of whoever answers. */
  readonly firstContent: Promise<FirstContent>;
  /** What comes after the first content, at least one event; `undefined` when the request was aborted. */
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
const MAX_HELD_EVENTS = 64;

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
  readonly firstContent: Promise<FirstContent>;
  readonly #controller: AbortController;
  #resolve: ((firstContent: FirstContent) => void) | undefined;

  constructor(model: CatalogModel, answer: Promise<readonly StreamEvent[]>, controller: AbortController) {
    this.model = model;
    this.#controller = controller;
    this.firstContent = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      answer.then((events) => this.#conclude(events), reject);
    });
  }

  async pull(): Promise<undefined> {}

  abort(): void {
    if (this.#resolve === undefined) return;
    this.#controller.abort(NO_LONGER_NEEDED);
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

function judgeWhole(events: readonly StreamEvent[], model: CatalogModel): FirstContent {
  const last = events.at(-1);
  if (last?.type === 'error') return { type: 'failed', error: last.error };
  if (last?.type !== 'finish') return { type: 'failed', error: incompleteAnswerError(model) };
  const spoken = !IS_EMPTY_ANSWER[last.reason] || events.some(({ type }) => PART[type] === 'content');
  return spoken ? { type: 'content', events } : { type: 'failed', error: emptyAnswerError(model) };
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
        resolve(last === undefined ? [{ type: 'error', error: incompleteAnswerError(model) }] : pulled);
      }, reject);
    });
  }

  async function open(): Promise<FirstContent> {
    const held: StreamEvent[] = [];
    let spoken = false;
    for (;;) {
      const pulled = await pull();
      if (pulled === undefined) return { type: 'aborted' };
      for (const event of pulled) {
        if (event.type === 'error' && !spoken) return { type: 'failed', error: event.error };
        if (event.type === 'finish' && !spoken && IS_EMPTY_ANSWER[event.reason])
          return { type: 'failed', error: emptyAnswerError(model) };
        held.push(event);
        spoken ||= PART[event.type] === 'content';
      }
      if (ended || spoken || held.length >= MAX_HELD_EVENTS) return { type: 'content', events: held };
    }
  }

  /** A request that has ended is left alone: an abort could cost the connection, which the next one can use. */
  function abort(): void {
    if (!ended) controller.abort(NO_LONGER_NEEDED);
    onAbort?.();
  }

  function close(): Promise<unknown> {
    abort();
    return events.return();
  }

  return { model, firstContent: open(), pull, abort, close };
}

/** Made once: a reason of its own for each, stack trace included, costs more than all else that ends a request. */
const NO_LONGER_NEEDED = new DOMException('The answer is no longer needed.', 'AbortError');

/** What an event is to an answer: held back until the first word, a word, or the end. */
const PART: Readonly<Record<StreamEvent['type'], 'held' | 'content' | 'end'>> = {
  error: 'end',
  fallback: 'held',
  finish: 'end',
  'reasoning-delta': 'content',
  repair: 'held',
  start: 'held',
  'text-delta': 'content',
  'tool-call-delta': 'content',
  'tool-call-end': 'content',
  'tool-call-start': 'content',
};

/** Whether an end without a word before it is a failure. A limit or a filter may rightly leave nothing to say. */
const IS_EMPTY_ANSWER: Readonly<Record<FinishReason, boolean>> = {
  'content-filter': false,
  length: false,
  other: true,
  stop: true,
  'tool-calls': true,
};

function emptyAnswerError({ ref, provider, model, endpoint }: CatalogModel): ProviderError {
  return new ProviderError('invalid-response', `${ref} ended its answer without saying anything.`, {
    provider,
    model,
    url: endpoint,
  });
}

function incompleteAnswerError({ ref, provider, model, endpoint }: CatalogModel): ProviderError {
  return new ProviderError('invalid-response', `The answer of ${ref} broke off: its stream ended without an end.`, {
    provider,
    model,
    url: endpoint,
  });
}
