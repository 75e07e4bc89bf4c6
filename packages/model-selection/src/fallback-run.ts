import type { Attempt, ProviderError, StreamEvent } from '@openclaw/provider';
import { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
import type { FailedAttempt } from './describe-attempts.ts';
import { waitForFirstContent } from './wait-for-first-content.ts';
import type { FirstContentTimeout } from './wait-for-first-content.ts';
import { requestCandidate } from './candidate-request.ts';
import type { CandidateRequest, FirstContent } from './candidate-request.ts';
import { CandidateTurns } from './candidate-turns.ts';
import type { Turn } from './candidate-turns.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { abortedError, failedAttempt, firstContentTimeoutError } from './fallback-errors.ts';
import { fallbackRule } from './fallback-policy.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { createLoadingRequests } from './loading-requests.ts';
import type { LoadingRequests, SentTurn } from './loading-requests.ts';
import { retryWaitMs } from './retry-wait.ts';
import { scheduleWithTimeout } from './schedule.ts';
import type { Schedule } from './schedule.ts';

/**
 * Carries out one plan: attempts one candidate after another until one answers or all have failed. The caller cancels it with a
 * reason. A class, as there is one for each request: see `createEventStream`.
 */
export class FallbackRun {
  readonly #selection: FallbackSelection;
  readonly #turns: CandidateTurns;
  readonly #now: () => number;
  readonly #schedule: Schedule;
  readonly #failed: FailedAttempt[] = [];
  /** The next attempt; `undefined` when all candidates have failed. */
  #turn: Turn | SentTurn | undefined;
  #current: CandidateRequest | undefined;
  #answering: SentTurn | undefined;
  #loading: LoadingRequests | undefined;
  #retries = 0;
  #retryAfterMs: number | undefined;
  #lastFailedAt: number | undefined;
  #endWait: (() => void) | undefined;
  /** Why the request was cancelled. */
  #cancelled: ProviderError | undefined;
  #over = false;

  constructor(selection: FallbackSelection) {
    const { plan, circuits = createCircuitBreaker(), now = () => performance.now() } = selection;
    this.#selection = selection;
    this.#turns = new CandidateTurns(plan, circuits);
    this.#now = now;
    this.#schedule = selection.schedule ?? scheduleWithTimeout;
    this.#turn = this.#turns.take();
  }

  pull(): Promise<readonly StreamEvent[]> {
    return this.#answering === undefined ? this.#findAnswer() : this.#relay(this.#answering);
  }

  /** Cancels the request, also during a pull, and all loads in the background. */
  leave(reason: ProviderError): void {
    this.#cancelled ??= reason;
    this.#current?.abort();
    this.#loading?.closeAll();
    this.#endWait?.();
  }

  /** The consumer has stopped pulling. */
  close(): Promise<unknown> | undefined {
    if (!this.#over) this.leave(abortedError(undefined));
    this.#turn?.permit.release();
    return this.#current?.close();
  }

  /** Calls back once no model is loading in the background. */
  whenNothingLoads(task: () => void): void {
    if (this.#loading === undefined) task();
    else this.#loading.whenEmpty(task);
  }

  #isCancelled(): boolean {
    return this.#cancelled !== undefined;
  }

  /** The last event was delivered. Closing after it is no cancellation: loads may continue. */
  #end(): void {
    this.#over = true;
    this.#loading?.detachLoading();
  }

  /** Returns the start of an answer, the fallback events before the next attempt, or the final error. */
  async #findAnswer(): Promise<readonly StreamEvent[]> {
    if (this.#turn !== undefined && this.#retryAfterMs !== undefined)
      await this.#waitForRetry(this.#turn, this.#retryAfterMs);
    while (this.#turn !== undefined && !this.#isCancelled()) {
      const asked = this.#turn;
      const passed = this.#turns.skippedBefore(asked.candidate);
      if (passed.length > 0) return passed.map((attempt) => this.#failedBefore(asked, attempt));
      const sent = 'request' in asked ? asked : this.#send(asked);
      this.#current = sent.request;
      const firstContent = await waitForFirstContent(sent.request, {
        limitMs: this.#turns.hasHealthyOthers() ? this.#selection.firstEventLimitMs?.(sent.candidate.model) : undefined,
        isLoading: this.#selection.isLoading,
        schedule: this.#schedule,
      });
      if (firstContent.type === 'content') return this.#beginAnswer(sent, firstContent.events);
      if (firstContent.type === 'aborted') break;
      const told = await this.#handleFailure(sent, firstContent);
      if (told !== undefined && !this.#isCancelled()) return [told];
    }
    const error = this.#cancelled ?? this.#allFailed();
    this.#end();
    return [{ type: 'error', error }];
  }

  /** Decides what follows a failure: another candidate, a retry of the last one, or the end. */
  async #handleFailure(
    sent: SentTurn,
    firstContent: Exclude<FirstContent, { type: 'content' | 'aborted' }> | FirstContentTimeout,
  ): Promise<StreamEvent | undefined> {
    const error =
      firstContent.type === 'failed'
        ? firstContent.error
        : firstContentTimeoutError(sent.candidate.model, firstContent);
    const durationMs = Math.round(this.#now() - sent.startedAt);
    const attempt = failedAttempt(sent.candidate, { error, durationMs });
    await this.#recordOutcome(sent, { firstContent, error });
    const rule = fallbackRule(error);
    this.#turns.keepEligible(rule.next, { candidate: sent.candidate, error });
    this.#turn = this.#turns.take() ?? (rule.next === 'candidate' ? await this.#loading?.takeFirst() : undefined);
    if (this.#isCancelled()) {
      this.#turn?.permit.release();
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
    if (this.#isCancelled()) return;
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

  /** A model that is loading keeps its request and has not failed; any other failure counts and closes the connection. */
  async #recordOutcome(
    sent: SentTurn,
    { firstContent, error }: { firstContent: FirstContent | FirstContentTimeout; error: ProviderError },
  ): Promise<void> {
    this.#current = undefined;
    if (firstContent.type === 'timed-out' && firstContent.loading) {
      const { keepLoadingMs: limitMs = 300_000, keepLoadingUntil: until } = this.#selection;
      sent.permit.markLoading(error);
      this.#loading ??= createLoadingRequests({ limitMs, until, schedule: this.#schedule });
      this.#loading.add(sent);
      return;
    }
    sent.permit.fail(error);
    await sent.request.close();
  }

  /** Ends early when the caller leaves. */
  async #wait(waitMs: number): Promise<void> {
    if (this.#isCancelled()) return;
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
    this.#answering = sent;
    sent.permit.succeed();
    this.#noteEnd(sent, events);
    const start: StreamEvent = { type: 'start', model: ref, attempts };
    if (events[0]?.type === 'start') return [start, ...events.slice(1)];
    const told = events.filter(({ type }) => type === 'fallback');
    return [...told, start, ...events.filter(({ type }) => type !== 'fallback' && type !== 'start')];
  }

  async #relay(sent: SentTurn): Promise<readonly StreamEvent[]> {
    const events = (await sent.request.pull()) ?? [
      { type: 'error', error: this.#cancelled ?? abortedError(undefined) },
    ];
    this.#noteEnd(sent, events);
    return events;
  }

  #allFailed(): AllCandidatesFailedError {
    return new AllCandidatesFailedError([...this.#failed, ...this.#turns.skippedBefore()]);
  }

  #noteEnd({ permit }: SentTurn, events: readonly StreamEvent[]): void {
    const last = events.at(-1);
    // A cancellation is not a failure of the model.
    if (last?.type === 'error' && last.error !== this.#cancelled) permit.fail(last.error);
    if (last?.type === 'error' || last?.type === 'finish') this.#end();
  }
}
