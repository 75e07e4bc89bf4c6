import type { Attempt, ProviderError, StreamEvent } from '@openclaw/provider';
import { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
import type { FailedAttempt } from './describe-attempts.ts';
import { awaitOpening } from './await-opening.ts';
import type { GivenUp } from './await-opening.ts';
import { requestCandidate } from './candidate-request.ts';
import type { CandidateRequest, Opening } from './candidate-request.ts';
import { CandidateTurns } from './candidate-turns.ts';
import type { Turn } from './candidate-turns.ts';
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
 * One request on its way through its plan, until it has an answer or nobody is left. Whoever pulls says when it is to end
 * early, and why. A class, as there is one for each request: see `createEventStream`.
 */
export class FallbackRun {
  readonly #selection: FallbackSelection;
  readonly #turns: CandidateTurns;
  readonly #now: () => number;
  readonly #schedule: Schedule;
  readonly #failed: FailedAttempt[] = [];
  /** Whose turn it is; nobody's when all have failed. */
  #turn: Turn | SentTurn | undefined;
  #current: CandidateRequest | undefined;
  #speaker: SentTurn | undefined;
  #kept: KeptRequests | undefined;
  #retries = 0;
  #retryAfterMs: number | undefined;
  #lastFailedAt: number | undefined;
  #endWait: (() => void) | undefined;
  /** Why it ended early. */
  #left: ProviderError | undefined;
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
    return this.#speaker === undefined ? this.#findSpeaker() : this.#relay(this.#speaker);
  }

  /** Ends it, in the middle of a pull too, and loads that go on after the answer with it. */
  leave(reason: ProviderError): void {
    this.#left ??= reason;
    this.#current?.abort();
    this.#kept?.closeAll();
    this.#endWait?.();
  }

  /** Nobody pulls any more. */
  close(): Promise<unknown> | undefined {
    if (!this.#over) this.leave(abortedError(undefined));
    this.#turn?.pass.release();
    return this.#current?.close();
  }

  /** Calls back once nothing is being loaded behind the scenes any more. */
  whenNothingLoads(task: () => void): void {
    if (this.#kept === undefined) task();
    else this.#kept.whenEmpty(task);
  }

  #hasLeft(): boolean {
    return this.#left !== undefined;
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
    while (this.#turn !== undefined && !this.#hasLeft()) {
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
      if (told !== undefined && !this.#hasLeft()) return [told];
    }
    const error = this.#left ?? this.#nobodyAnswered();
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
    if (this.#hasLeft()) {
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
    if (this.#hasLeft()) return;
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
    if (this.#hasLeft()) return;
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
    const events = (await sent.request.pull()) ?? [{ type: 'error', error: this.#left ?? abortedError(undefined) }];
    this.#noteEnd(sent, events);
    return events;
  }

  #nobodyAnswered(): AllCandidatesFailedError {
    return new AllCandidatesFailedError([...this.#failed, ...this.#turns.passedOver()]);
  }

  #noteEnd({ pass }: SentTurn, events: readonly StreamEvent[]): void {
    const last = events.at(-1);
    // The caller's time or patience is not the model's fault.
    if (last?.type === 'error' && last.error !== this.#left) pass.fail(last.error);
    if (last?.type === 'error' || last?.type === 'finish') this.#end();
  }
}
