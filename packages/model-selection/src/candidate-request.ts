import { openEventStream, ProviderError } from '@openclaw/provider';
import type { EventStream, FinishReason, StreamEvent, Usage } from '@openclaw/provider';
import type { CatalogModel } from './catalog-model.ts';

/** How a candidate began: with content, with a failure before any content was delivered, or the request was aborted. */
export type FirstContent =
  | { readonly type: 'content'; readonly events: readonly StreamEvent[] }
  | { readonly type: 'failed'; readonly error: ProviderError }
  | { readonly type: 'aborted' };

/** How far a request is. `content`: the model has begun to answer, although nothing of it may be delivered yet. */
export type RequestProgress = 'queued' | 'sent' | 'content';

/** One request to one candidate. */
export interface CandidateRequest {
  readonly model: CatalogModel;
  /** Calls the watcher with the current progress and with each change, in place of the watcher before. */
  watchProgress(watcher: ((progress: RequestProgress) => void) | undefined): void;
  /** The first content. Rejects only for a bug of the provider. */
  readonly firstContent: Promise<FirstContent>;
  /** What comes after the first content, at least one event; `undefined` when the request was aborted. */
  pull(): Promise<readonly StreamEvent[] | undefined>;
  /** Ends the current wait, and makes the provider close the connection. */
  abort(): void;
  /** Aborts, and waits until the provider has cleaned up, unless a pull is under way. */
  close(): Promise<unknown> | undefined;
}

/** Asks a model. Its answer is pulled, never pushed. */
export type Ask = (model: CatalogModel, options: AskOptions) => AsyncIterable<StreamEvent>;

/** Options of one request to one model. */
export interface AskOptions {
  readonly signal: AbortSignal;
  /**
   * Reports what the first-event limit needs to know: that the request waits in a queue, that it was sent, that content
   * has arrived which is held back. Without a report the request counts as sent at once.
   */
  readonly report: (progress: RequestProgress) => void;
}

/** How many events are held back before the first word; a stream that repairs more than this counts as having spoken. */
const MAX_HELD_EVENTS = 64;

export interface CandidateRequestOptions {
  readonly ask: Ask;
  /** Whether an answer counts only when it is complete. @default false */
  readonly wholeAnswer?: boolean | undefined;
}

/** Sends a request and waits for its first content, which is the complete answer if only that counts. */
export function requestCandidate(model: CatalogModel, options: CandidateRequestOptions): CandidateRequest {
  return new StreamedRequest(model, options);
}

/** A class, as there is one for each request: see `createEventStream`. */
class StreamedRequest implements CandidateRequest {
  readonly model: CatalogModel;
  readonly firstContent: Promise<FirstContent>;
  readonly #controller = new AbortController();
  readonly #events: EventStream;
  readonly #wholeAnswer: boolean;
  #ended = false;
  #progress: RequestProgress = 'sent';
  #watcher: ((progress: RequestProgress) => void) | undefined;
  /** Ends the pull that is waited for. */
  #resolve: ((pulled: readonly StreamEvent[] | undefined) => void) | undefined;

  constructor(model: CatalogModel, { ask, wholeAnswer = false }: CandidateRequestOptions) {
    this.model = model;
    this.#wholeAnswer = wholeAnswer;
    const report = (progress: RequestProgress): void => this.#report(progress);
    this.#events = openEventStream(ask(model, { signal: this.#controller.signal, report }));
    this.firstContent = this.#open();
  }

  watchProgress(watcher: ((progress: RequestProgress) => void) | undefined): void {
    this.#watcher = watcher;
    watcher?.(this.#progress);
  }

  #report(progress: RequestProgress): void {
    this.#progress = progress;
    this.#watcher?.(progress);
  }

  /** Settles when the request is aborted, even if the provider ignores the signal. */
  pull(): Promise<readonly StreamEvent[] | undefined> {
    if (this.#controller.signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#events.pull().then((pulled) => {
        const last = pulled.at(-1);
        this.#ended = last === undefined || PART[last.type] === 'end';
        this.#resolve = undefined;
        resolve(last === undefined ? [{ type: 'error', error: incompleteAnswerError(this.model) }] : pulled);
      }, reject);
    });
  }

  /** A request that has ended is left alone: an abort could cost the connection, which the next one can use. */
  abort(): void {
    if (!this.#ended) this.#controller.abort(NO_LONGER_NEEDED);
    this.#resolve?.(undefined);
  }

  close(): Promise<unknown> | undefined {
    this.abort();
    // A stream that has ended has closed its source.
    return this.#ended ? undefined : this.#events.return();
  }

  async #open(): Promise<FirstContent> {
    const held: StreamEvent[] = [];
    let spoken = false;
    for (;;) {
      const pulled = await this.pull();
      if (pulled === undefined) return { type: 'aborted' };
      for (const event of pulled) held.push(event);
      const last = pulled.at(-1);
      // Nothing of it was delivered, content included: another model may answer.
      if (last?.type === 'error') return { type: 'failed', error: last.error };
      spoken ||= this.#speaks(pulled);
      if (!spoken && last?.type === 'finish' && IS_EMPTY_ANSWER[last.reason] && !held.some(marksAnswer))
        return { type: 'failed', error: emptyAnswerError(this.model, last.usage) };
      if (this.#ended) return { type: 'content', events: held };
      if (!this.#wholeAnswer && (spoken || held.length >= MAX_HELD_EVENTS)) return { type: 'content', events: held };
    }
  }

  /** The limit of the first content ends when the model begins to answer, although its answer is held back. */
  #speaks(events: readonly StreamEvent[]): boolean {
    const speaks = events.some(({ type }) => PART[type] === 'content');
    if (speaks && this.#wholeAnswer) this.#report('content');
    return speaks;
  }
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
  warning: 'held',
};

/** Whether the model marked its answer, so that it is empty on purpose. */
function marksAnswer(event: StreamEvent): boolean {
  return event.type === 'repair' && event.repair === 'answer-marks';
}

/** Whether an end without a word before it is a failure. A limit or a filter may rightly leave nothing to say. */
const IS_EMPTY_ANSWER: Readonly<Record<FinishReason, boolean>> = {
  'content-filter': false,
  length: false,
  other: true,
  stop: true,
  'tool-calls': true,
};

/** An empty answer has one token, which ends it. */
function emptyAnswerError(
  { ref, provider, model, endpoint }: CatalogModel,
  { outputTokens: tokens }: Pick<Usage, 'outputTokens'> = { outputTokens: 0 },
): ProviderError {
  const details = { provider, model, url: endpoint };
  if (tokens <= 1)
    return new ProviderError('invalid-response', `${ref} ended its answer without saying anything.`, details);
  const message = `${ref} produced ${tokens} tokens, and its server delivered nothing of them. Most likely they were a broken tool call, which the server dropped.`;
  return new ProviderError('invalid-response', message, { ...details, droppedTokens: tokens });
}

function incompleteAnswerError({ ref, provider, model, endpoint }: CatalogModel): ProviderError {
  return new ProviderError('invalid-response', `The answer of ${ref} broke off: its stream ended without an end.`, {
    provider,
    model,
    url: endpoint,
  });
}
