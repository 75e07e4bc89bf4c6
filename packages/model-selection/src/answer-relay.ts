import type { Attempt, ProviderError, StreamEvent } from '@openclaw/provider';
import type { CandidateRequest } from './candidate-request.ts';
import { abortedError } from './fallback-errors.ts';
import type { SentTurn } from './loading-requests.ts';
import type { Permit } from './permit.ts';

/**
 * Relays the chosen answer to the caller and records its outcome in the circuits. A class, as there is one for each
 * request: see `createEventStream`.
 */
export class AnswerRelay {
  readonly #model: string;
  readonly #request: CandidateRequest;
  readonly #permit: Permit;
  #cancelled: ProviderError | undefined;
  #ended = false;

  constructor({ candidate, request, permit }: SentTurn) {
    this.#model = candidate.model.ref;
    this.#request = request;
    this.#permit = permit;
  }

  /** Whether the last event was delivered. */
  ended(): boolean {
    return this.#ended;
  }

  /** Records a success, and returns the first events with the model and all attempts in `start`. */
  start(events: readonly StreamEvent[], attempts: readonly Attempt[]): readonly StreamEvent[] {
    this.#permit.succeed();
    this.#recordEnd(events);
    const start: StreamEvent = { type: 'start', model: this.#model, attempts };
    if (events[0]?.type === 'start') return [start, ...events.slice(1)];
    const fallbacks = events.filter(({ type }) => type === 'fallback');
    return [...fallbacks, start, ...events.filter(({ type }) => type !== 'fallback' && type !== 'start')];
  }

  /** Returns the next events. */
  async pull(): Promise<readonly StreamEvent[]> {
    const events = await this.#request.pull();
    if (events === undefined) return this.#endCancelled();
    this.#recordEnd(events);
    return events;
  }

  /** Aborts the request, also during a pull, which then returns the reason. */
  cancel(reason: ProviderError): void {
    this.#cancelled ??= reason;
    this.#request.abort();
  }

  close(): Promise<unknown> | undefined {
    this.#permit.release();
    return this.#request.close();
  }

  /** A cancellation is not a failure of the model, so the circuits stay as they are. */
  #endCancelled(): readonly StreamEvent[] {
    this.#ended = true;
    return [{ type: 'error', error: this.#cancelled ?? abortedError(undefined) }];
  }

  #recordEnd(events: readonly StreamEvent[]): void {
    const last = events.at(-1);
    if (last?.type === 'error') this.#permit.fail(last.error);
    if (last?.type === 'error' || last?.type === 'finish') this.#ended = true;
  }
}
