import { createEventStream } from '@openclaw/provider';
import type { Attempt, EventStream, EventStreamSource, ProviderError, StreamEvent } from '@openclaw/provider';
import { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
import type { FailedAttempt } from './describe-attempts.ts';
import { awaitOpening } from './await-opening.ts';
import type { GivenUp } from './await-opening.ts';
import { requestCandidate } from './candidate-request.ts';
import type { CandidateRequest, Opening } from './candidate-request.ts';
import { createCandidateTurns } from './candidate-turns.ts';
import type { CandidateTurns, Turn } from './candidate-turns.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { abortedError, failedAttempt, givenUpError } from './fallback-errors.ts';
import { fallbackRule } from './fallback-policy.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { createKeptRequests } from './kept-requests.ts';
import type { KeptRequests, SentTurn } from './kept-requests.ts';
import { retryWaitMs } from './retry-wait.ts';
import { scheduleWithTimeout } from './schedule.ts';
import type { Schedule } from './schedule.ts';

/**
 * Asks one candidate after another until one says something. `start` is held back until then and carries the full reference
 * of the model that answers and all attempts; `fallback` events come as candidates fail. After `start` there is no
 * fallback: a failure is the last event, with what was said left as it is. When nobody answers, the only other event is an
 * `error` with an `AllCandidatesFailedError`.
 *
 * Aborting the signal or leaving the loop closes every connection. A load that goes on behind the scenes outlives the
 * answer: aborting the signal ends that, too.
 */
export function streamWithFallback(
  selection: FallbackSelection,
  { signal }: { signal?: AbortSignal | undefined } = {},
): EventStream {
  return createEventStream(new FallbackRun(selection, signal));
}

/** One request on its way through its plan. A class, as there is one for each request: see `createEventStream`. */
class FallbackRun implements EventStreamSource {
  readonly #selection: FallbackSelection;
  readonly #signal: AbortSignal | undefined;
  readonly #turns: CandidateTurns;
  readonly #now: () => number;
  readonly #schedule: Schedule;
  readonly #failed: FailedAttempt[] = [];
  #begun = false;
  /** Whose turn it is; nobody's when all have failed. */
  #turn: Turn | SentTurn | undefined;
  #current: CandidateRequest | undefined;
  #speaker: SentTurn | undefined;
  #kept: KeptRequests | undefined;
  #retries = 0;
  #retryAfterMs: number | undefined;
  #lastFailedAt: number | undefined;
  #endWait: (() => void) | undefined;
  #left = false;
  #over = false;
  readonly #onAbort = (): void => this.#leave();

  constructor(selection: FallbackSelection, signal: AbortSignal | undefined) {
    const { plan, circuits = createCircuitBreaker(), now = () => performance.now() } = selection;
    this.#selection = selection;
    this.#signal = signal;
    this.#turns = createCandidateTurns({ plan, circuits });
    this.#now = now;
    this.#schedule = selection.schedule ?? scheduleWithTimeout;
  }

  async pull(): Promise<readonly StreamEvent[]> {
    if (!this.#begun) this.#begin();
    return this.#speaker === undefined ? this.#findSpeaker() : this.#relay(this.#speaker);
  }

  #begin(): void {
    this.#begun = true;
    this.#signal?.addEventListener('abort', this.#onAbort);
    if (this.#signal?.aborted === true) this.#leave();
    else this.#turn = this.#turns.take();
  }

  close(): Promise<void> | void {
    if (!this.#over) this.#leave();
    this.#turn?.pass.release();
    const closing = this.#current?.close();
    return closing === undefined ? this.#stopWhenNothingLoads() : closing.then(() => this.#stopWhenNothingLoads());
  }

  #stopWhenNothingLoads(): void {
    if (this.#kept === undefined) this.#stopListening();
    else this.#kept.whenEmpty(() => this.#stopListening());
  }

  #stopListening(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }

  #leave(): void {
    this.#left = true;
    this.#current?.abort();
    this.#kept?.closeAll();
    this.#endWait?.();
  }

  /** Nothing follows the last event, so whoever leaves after it has not left early: loads may go on. */
  #end(): void {
    this.#over = true;
    this.#kept?.letLoad();
  }

  /** Gives the begin of an answer, or what is to be told before the next candidate is asked, or the end. */
  async #findSpeaker(): Promise<readonly StreamEvent[]> {
    if (this.#turn !== undefined && this.#retryAfterMs !== undefined)
      await this.#waitForRetry(this.#turn, this.#retryAfterMs);
    while (this.#turn !== undefined && !this.#left) {
      const asked = this.#turn;
      const passed = this.#turns.passedOver(asked.candidate);
      if (passed.length > 0) return passed.map((attempt) => this.#failedBefore(asked, attempt));
      const sent = 'request' in asked ? asked : this.#send(asked);
      this.#current = sent.request;
      const opening = await awaitOpening(sent.request, {
        limitMs: this.#turns.hasOthers() ? this.#selection.firstEventLimitMs?.(sent.candidate.model) : undefined,
        isLoading: this.#selection.isLoading,
        schedule: this.#schedule,
      });
      if (opening.type === 'said') return this.#beginAnswer(sent, opening.events);
      if (opening.type === 'aborted') break;
      const told = await this.#passOn(sent, opening);
      if (told !== undefined && !this.#left) return [told];
    }
    const error = this.#left ? abortedError(this.#signal) : this.#nobodyAnswered();
    this.#end();
    return [{ type: 'error', error }];
  }

  /** Decides what follows a failure: another candidate, the same one again, or nobody. */
  async #passOn(
    sent: SentTurn,
    opening: Exclude<Opening, { type: 'said' | 'aborted' }> | GivenUp,
  ): Promise<StreamEvent | undefined> {
    const error = opening.type === 'failed' ? opening.error : givenUpError(sent.candidate.model, opening);
    const durationMs = Math.round(this.#now() - sent.startedAt);
    const attempt = failedAttempt(sent.candidate, { error, durationMs });
    await this.#settle(sent, { opening, error });
    const rule = fallbackRule(error);
    this.#turns.narrow(rule.next, { candidate: sent.candidate, error });
    this.#turn = this.#turns.take() ?? (rule.next === 'candidate' ? await this.#kept?.takeFirst() : undefined);
    if (this.#left) {
      this.#turn?.pass.release();
      return undefined;
    }
    if (this.#turn !== undefined) return this.#failedBefore(this.#turn, attempt);
    this.#lastFailedAt ??= this.#now();
    const { retry = {}, random = Math.random } = this.#selection;
    const elapsedMs = this.#now() - this.#lastFailedAt;
    this.#retryAfterMs = rule.retryLast
      ? retryWaitMs(error, { ...retry, retries: this.#retries, elapsedMs, random })
      : undefined;
    if (this.#retryAfterMs !== undefined) {
      this.#turn = sent;
      return this.#failedBefore(sent, attempt);
    }
    this.#failed.push(attempt);
    return undefined;
  }

  async #waitForRetry({ candidate }: Turn, waitMs: number): Promise<void> {
    await this.#wait(waitMs);
    if (this.#left) return;
    this.#retryAfterMs = undefined;
    this.#retries += 1;
    this.#turn = this.#turns.again(candidate);
  }

  #send(next: Turn): SentTurn {
    const startedAt = this.#now();
    const { model } = next.candidate;
    return { ...next, request: requestCandidate(model, this.#selection.ask), startedAt };
  }

  #failedBefore(next: Turn, attempt: FailedAttempt): StreamEvent {
    this.#failed.push(attempt);
    return { type: 'fallback', failed: attempt.attempt, next: next.candidate.model.ref };
  }

  /** A load is not the model's fault and goes on; anything else counts, and its connection is closed. */
  async #settle(
    sent: SentTurn,
    { opening, error }: { opening: Opening | GivenUp; error: ProviderError },
  ): Promise<void> {
    this.#current = undefined;
    if (opening.type === 'given-up' && opening.loading) {
      const { keepLoadingMs: limitMs = 300_000, keepLoadingUntil: until } = this.#selection;
      sent.pass.hold(error);
      this.#kept ??= createKeptRequests({ limitMs, until, schedule: this.#schedule });
      this.#kept.add(sent);
      return;
    }
    sent.pass.fail(error);
    await sent.request.close();
  }

  /** Ends early when the caller leaves. */
  async #wait(waitMs: number): Promise<void> {
    if (this.#left) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#schedule(resolve, waitMs);
      this.#endWait = () => {
        cancel();
        resolve();
      };
    });
  }

  #beginAnswer(sent: SentTurn, events: readonly StreamEvent[]): readonly StreamEvent[] {
    const { ref, endpoint } = sent.candidate.model;
    const answered: Attempt = {
      model: ref,
      endpoint,
      outcome: 'ok',
      durationMs: Math.round(this.#now() - sent.startedAt),
    };
    const attempts = [...this.#failed.map(({ attempt }) => attempt), answered];
    this.#speaker = sent;
    sent.pass.succeed();
    this.#noteEnd(sent, events);
    const start: StreamEvent = { type: 'start', model: ref, attempts };
    if (events[0]?.type === 'start') return [start, ...events.slice(1)];
    const told = events.filter(({ type }) => type === 'fallback');
    return [...told, start, ...events.filter(({ type }) => type !== 'fallback' && type !== 'start')];
  }

  async #relay(sent: SentTurn): Promise<readonly StreamEvent[]> {
    const events = (await sent.request.pull()) ?? [{ type: 'error', error: abortedError(this.#signal) }];
    this.#noteEnd(sent, events);
    return events;
  }

  #nobodyAnswered(): AllCandidatesFailedError {
    return new AllCandidatesFailedError([...this.#failed, ...this.#turns.passedOver()]);
  }

  #noteEnd({ pass }: SentTurn, events: readonly StreamEvent[]): void {
    const last = events.at(-1);
    if (last?.type === 'error') pass.fail(last.error);
    if (last?.type === 'error' || last?.type === 'finish') this.#end();
  }
}
