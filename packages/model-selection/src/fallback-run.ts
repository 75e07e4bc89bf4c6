import type { Attempt, ProviderError, StreamEvent } from '@openclaw/provider';
import { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
import { AnswerRelay } from './answer-relay.ts';
import { requestCandidate } from './candidate-request.ts';
import type { CandidateRequest, FirstContent } from './candidate-request.ts';
import { CandidateTurns } from './candidate-turns.ts';
import type { Turn } from './candidate-turns.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { FailedAttempt } from './describe-attempts.ts';
import { abortedError, failedAttempt, firstContentTimeoutError } from './fallback-errors.ts';
import { fallbackRule } from './fallback-policy.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { attemptPlace } from './attempt-place.ts';
import { createLoadingRequests } from './loading-requests.ts';
import type { LoadingRequests, SentTurn } from './loading-requests.ts';
import { RetryBudget } from './retry-budget.ts';
import { scheduleWithTimeout } from './schedule.ts';
import type { Schedule } from './schedule.ts';
import { waitForFirstContent } from './wait-for-first-content.ts';
import type { FirstContentTimeout } from './wait-for-first-content.ts';

/** An attempt that did not lead to an answer. */
type Failure = Exclude<FirstContent, { type: 'content' | 'aborted' }> | FirstContentTimeout;

/**
 * Carries out one plan: attempts one candidate after another until one answers (`AnswerRelay` does the rest) or all
 * have failed. A class, as there is one for each request: see `createEventStream`.
 */
export class FallbackRun {
  readonly #selection: FallbackSelection;
  readonly #turns: CandidateTurns;
  readonly #retry: RetryBudget;
  readonly #now: () => number;
  readonly #schedule: Schedule;
  readonly #failed: FailedAttempt[] = [];
  #started = false;
  /** The next attempt; `undefined` when all candidates have failed. */
  #turn: Turn | SentTurn | undefined;
  #current: CandidateRequest | undefined;
  #answer: AnswerRelay | undefined;
  #loading: LoadingRequests | undefined;
  /** Why the request was cancelled. */
  #cancelled: ProviderError | undefined;
  #ended = false;

  constructor(selection: FallbackSelection) {
    const { plan, retry = {}, circuits = createCircuitBreaker(), chooseTarget, random = Math.random } = selection;
    this.#selection = selection;
    this.#now = selection.now ?? (() => performance.now());
    this.#schedule = selection.schedule ?? scheduleWithTimeout;
    this.#turns = new CandidateTurns(plan, { circuits, chooseTarget });
    this.#retry = new RetryBudget({ limits: retry, now: this.#now, schedule: this.#schedule, random });
  }

  pull(): Promise<readonly StreamEvent[]> {
    return this.#answer === undefined ? this.#findAnswer() : this.#answer.pull();
  }

  /** Cancels the request, also during a pull, and all loads in the background. */
  cancel(reason: ProviderError): void {
    this.#cancelled ??= reason;
    this.#answer?.cancel(this.#cancelled);
    this.#current?.abort();
    this.#loading?.closeAll();
    this.#retry.cancel();
  }

  /** The consumer has stopped pulling. After the last event that is no cancellation: loads may continue. */
  close(): Promise<unknown> | undefined {
    if (this.#ended || this.#answer?.ended() === true) this.#loading?.detachLoading();
    else this.cancel(abortedError(undefined));
    this.#turn?.permit.release();
    return this.#answer === undefined ? this.#current?.close() : this.#answer.close();
  }

  /** Calls back once no model is loading in the background. */
  whenNothingLoads(task: () => void): void {
    if (this.#loading === undefined) task();
    else this.#loading.whenEmpty(task);
  }

  #isCancelled(): boolean {
    return this.#cancelled !== undefined;
  }

  /** Returns the start of an answer, the fallback events before the next attempt, or the final error. */
  async #findAnswer(): Promise<readonly StreamEvent[]> {
    if (!this.#started) this.#takeFirstTurn();
    if (this.#turn !== undefined && this.#retry.isPlanned()) await this.#takeRetryTurn(this.#turn);
    while (this.#turn !== undefined && !this.#isCancelled()) {
      const turn = this.#turn;
      const confirmed = 'request' in turn || turn.permit.confirm();
      if (confirmed !== true && !(await this.#applyConfirmation(turn, confirmed))) continue;
      const skipped = this.#turns.skippedBefore(turn.candidate);
      if (skipped.length > 0) return skipped.map((attempt) => this.#addFallback(turn, attempt));
      const sent = 'request' in turn ? turn : this.#send(turn);
      this.#current = sent.request;
      const firstContent = await waitForFirstContent(sent.request, {
        limitMs: this.#turns.hasHealthyOthers() ? this.#selection.firstEventLimitMs?.(sent.candidate.model) : undefined,
        isLoading: this.#selection.isLoading,
        schedule: this.#schedule,
      });
      if (firstContent.type === 'content') return this.#startAnswer(sent, firstContent.events);
      if (firstContent.type === 'aborted') break;
      const fallback = await this.#handleFailure(sent, firstContent);
      if (fallback !== undefined && !this.#isCancelled()) return [fallback];
    }
    this.#ended = true;
    const error = this.#cancelled ?? new AllCandidatesFailedError([...this.#failed, ...this.#turns.skippedBefore()]);
    return [{ type: 'error', error }];
  }

  #takeFirstTurn(): void {
    this.#started = true;
    this.#turn = this.#turns.take();
  }

  /** If another process probes the circuit, the next candidate is taken. Returns whether the request may be sent. */
  async #applyConfirmation({ candidate, permit }: Turn, confirmation: Promise<boolean>): Promise<boolean> {
    const confirmed = await confirmation;
    if (this.#isCancelled()) permit.release();
    else if (!confirmed) {
      this.#turns.defer(candidate);
      this.#turn = this.#turns.take();
    }
    return confirmed && !this.#isCancelled();
  }

  async #takeRetryTurn({ candidate }: Turn): Promise<void> {
    if (!this.#isCancelled()) await this.#retry.wait();
    if (!this.#isCancelled()) this.#turn = this.#turns.again(candidate);
  }

  #send(turn: Turn): SentTurn {
    const startedAt = this.#now();
    const { ask, wholeAnswer } = this.#selection;
    return { ...turn, request: requestCandidate(turn.candidate.model, { ask, wholeAnswer }), startedAt };
  }

  #startAnswer(sent: SentTurn, events: readonly StreamEvent[]): readonly StreamEvent[] {
    const durationMs = Math.round(this.#now() - sent.startedAt);
    const answered: Attempt = { ...attemptPlace(sent.candidate.model), outcome: 'ok', durationMs };
    this.#answer = new AnswerRelay(sent);
    this.#turn = undefined;
    this.#current = undefined;
    if (this.#cancelled !== undefined) this.#answer.cancel(this.#cancelled);
    return this.#answer.start(events, [...this.#failed.map(({ attempt }) => attempt), answered]);
  }

  /** Decides what follows a failure: another candidate, a retry of the last one, or the end. */
  async #handleFailure(sent: SentTurn, failure: Failure): Promise<StreamEvent | undefined> {
    const { candidate } = sent;
    const error = failure.type === 'failed' ? failure.error : firstContentTimeoutError(candidate.model, failure);
    const durationMs = Math.round(this.#now() - sent.startedAt);
    const attempt = failedAttempt(candidate, { error, durationMs });
    this.#current = undefined;
    if (failure.type === 'timed-out' && failure.loading) this.#keepLoading(sent, error);
    else await recordFailure(sent, error);
    const { next, retryLast } = fallbackRule(error);
    this.#turns.keepEligible(next, { candidate, error });
    this.#turn = this.#turns.take() ?? (next === 'candidate' ? await this.#loading?.takeFirst() : undefined);
    if (this.#isCancelled()) {
      this.#turn?.permit.release();
      return undefined;
    }
    if (this.#turn === undefined && retryLast && this.#retry.plan(error)) this.#turn = sent;
    if (this.#turn !== undefined) return this.#addFallback(this.#turn, attempt);
    this.#failed.push(attempt);
    return undefined;
  }

  #addFallback(next: Turn, attempt: FailedAttempt): StreamEvent {
    this.#failed.push(attempt);
    const { ref, endpointName } = next.candidate.model;
    return {
      type: 'fallback',
      failed: attempt.attempt,
      next: ref,
      ...(endpointName !== undefined && { nextEndpointName: endpointName }),
    };
  }

  /** A model that is loading has not failed, and its request stays open. */
  #keepLoading(sent: SentTurn, reason: ProviderError): void {
    const { keepLoadingMs: limitMs = 300_000, keepLoadingUntil: until } = this.#selection;
    sent.permit.markLoading(reason);
    this.#loading ??= createLoadingRequests({ limitMs, until, schedule: this.#schedule });
    this.#loading.add(sent);
  }
}

async function recordFailure({ permit, request }: SentTurn, error: ProviderError): Promise<void> {
  permit.fail(error);
  await request.close();
}
