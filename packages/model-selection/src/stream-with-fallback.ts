import { createEventStream, ProviderError } from '@openclaw/provider';
import type { Attempt, EventStream, StreamEvent } from '@openclaw/provider';
import { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
import type { FailedAttempt } from './describe-attempts.ts';
import { awaitOpening } from './await-opening.ts';
import type { GivenUp } from './await-opening.ts';
import { requestCandidate } from './candidate-request.ts';
import type { CandidateRequest, Opening } from './candidate-request.ts';
import { createCandidateTurns } from './candidate-turns.ts';
import type { Turn } from './candidate-turns.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { fallbackRule } from './fallback-policy.ts';
import type { FallbackSelection } from './fallback-selection.ts';
import { createKeptRequests } from './kept-requests.ts';
import type { KeptRequests, SentTurn } from './kept-requests.ts';
import { retryWaitMs } from './retry-wait.ts';
import { scheduleWithTimeout } from './schedule.ts';

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
  {
    plan,
    ask,
    circuits = createCircuitBreaker(),
    retry = {},
    firstEventLimitMs = () => undefined,
    isLoading,
    keepLoadingMs = 300_000,
    keepLoadingUntil,
    now = () => performance.now(),
    schedule = scheduleWithTimeout,
    random = Math.random,
  }: FallbackSelection,
  { signal }: { signal?: AbortSignal | undefined } = {},
): EventStream {
  const turns = createCandidateTurns({ plan, circuits });
  let kept: KeptRequests | undefined;
  const failed: FailedAttempt[] = [];
  let begun = false;
  /** Whose turn it is; nobody's when all have failed. */
  let turn: Turn | SentTurn | undefined;
  let current: CandidateRequest | undefined;
  let speaker: SentTurn | undefined;
  let retries = 0;
  let retryAfterMs: number | undefined;
  let lastFailedAt: number | undefined;
  let endWait = (): void => undefined;
  let left = false;
  let over = false;

  return createEventStream({ pull, close });

  async function pull(): Promise<readonly StreamEvent[]> {
    if (!begun) begin();
    return speaker === undefined ? findSpeaker() : relay(speaker);
  }

  function begin(): void {
    begun = true;
    signal?.addEventListener('abort', leave);
    if (signal?.aborted === true) leave();
    else turn = turns.take();
  }

  function close(): Promise<void> | void {
    if (!over) leave();
    turn?.pass.release();
    const closing = current?.close();
    return closing === undefined ? stopWhenNothingLoads() : closing.then(stopWhenNothingLoads);
  }

  function stopWhenNothingLoads(): void {
    if (kept === undefined) stopListening();
    else kept.whenEmpty(stopListening);
  }

  function stopListening(): void {
    signal?.removeEventListener('abort', leave);
  }

  function leave(): void {
    left = true;
    current?.abort();
    kept?.closeAll();
    endWait();
  }

  /** Nothing follows the last event, so whoever leaves after it has not left early: loads may go on. */
  function end(): void {
    over = true;
    kept?.letLoad();
  }

  /** Gives the begin of an answer, or what is to be told before the next candidate is asked, or the end. */
  async function findSpeaker(): Promise<readonly StreamEvent[]> {
    if (turn !== undefined && retryAfterMs !== undefined) await waitForRetry(turn, retryAfterMs);
    while (turn !== undefined && !left) {
      const asked = turn;
      const passed = turns.passedOver(asked.candidate);
      if (passed.length > 0) return passed.map((attempt) => failedBefore(asked, attempt));
      const sent = 'request' in asked ? asked : send(asked);
      current = sent.request;
      const opening = await awaitOpening(sent.request, {
        limitMs: turns.hasOthers() ? firstEventLimitMs(sent.candidate.model) : undefined,
        isLoading,
        schedule,
      });
      if (opening.type === 'said') return beginAnswer(sent, opening.events);
      if (opening.type === 'aborted') break;
      const told = await passOn(sent, opening);
      if (told !== undefined && !left) return [told];
    }
    const error = left ? abortedError(signal) : new AllCandidatesFailedError([...failed, ...turns.passedOver()]);
    end();
    return [{ type: 'error', error }];
  }

  /** Decides what follows a failure: another candidate, the same one again, or nobody. */
  async function passOn(
    sent: SentTurn,
    opening: Exclude<Opening, { type: 'said' | 'aborted' }> | GivenUp,
  ): Promise<StreamEvent | undefined> {
    const error = opening.type === 'failed' ? opening.error : givenUpError(sent, opening);
    const attempt = failedAttempt(sent, error);
    await settle(sent, { opening, error });
    const rule = fallbackRule(error);
    turns.narrow(rule.next, { candidate: sent.candidate, error });
    turn = turns.take() ?? (rule.next === 'candidate' ? await kept?.takeFirst() : undefined);
    if (left) turn?.pass.release();
    if (left) return undefined;
    if (turn !== undefined) return failedBefore(turn, attempt);
    lastFailedAt ??= now();
    const elapsedMs = now() - lastFailedAt;
    retryAfterMs = rule.retryLast ? retryWaitMs(error, { ...retry, retries, elapsedMs, random }) : undefined;
    if (retryAfterMs !== undefined) {
      turn = sent;
      return failedBefore(sent, attempt);
    }
    failed.push(attempt);
    return undefined;
  }

  async function waitForRetry({ candidate }: Turn, waitMs: number): Promise<void> {
    await wait(waitMs);
    if (left) return;
    retryAfterMs = undefined;
    retries += 1;
    turn = turns.again(candidate);
  }

  function send(next: Turn): SentTurn {
    const startedAt = now();
    const { model } = next.candidate;
    return { ...next, request: requestCandidate(model, ask), startedAt };
  }

  function failedBefore(next: Turn, attempt: FailedAttempt): StreamEvent {
    failed.push(attempt);
    return { type: 'fallback', failed: attempt.attempt, next: next.candidate.model.ref };
  }

  /** A load is not the model's fault and goes on; anything else counts, and its connection is closed. */
  async function settle(
    sent: SentTurn,
    { opening, error }: { opening: Opening | GivenUp; error: ProviderError },
  ): Promise<void> {
    current = undefined;
    if (opening.type === 'given-up' && opening.loading) {
      sent.pass.hold(error);
      kept ??= createKeptRequests({ limitMs: keepLoadingMs, until: keepLoadingUntil, schedule });
      kept.add(sent);
      return;
    }
    sent.pass.fail(error);
    await sent.request.close();
  }

  function failedAttempt({ candidate, startedAt }: SentTurn, error: ProviderError): FailedAttempt {
    const { ref, endpoint } = candidate.model;
    const durationMs = Math.round(now() - startedAt);
    const how = error.connection === undefined ? {} : { connection: error.connection };
    const attempt = { model: ref, endpoint, outcome: error.code, ...how, message: error.message, durationMs };
    return { attempt, error, model: candidate.model, commands: candidate.commands };
  }

  /** Ends early when the caller leaves. */
  async function wait(waitMs: number): Promise<void> {
    if (left) return;
    await new Promise<void>((resolve) => {
      const cancel = schedule(resolve, waitMs);
      endWait = () => {
        cancel();
        resolve();
      };
    });
  }

  function beginAnswer(sent: SentTurn, events: readonly StreamEvent[]): readonly StreamEvent[] {
    const { ref, endpoint } = sent.candidate.model;
    const answered: Attempt = { model: ref, endpoint, outcome: 'ok', durationMs: Math.round(now() - sent.startedAt) };
    const attempts = [...failed.map(({ attempt }) => attempt), answered];
    speaker = sent;
    sent.pass.succeed();
    noteEnd(sent, events);
    const start: StreamEvent = { type: 'start', model: ref, attempts };
    if (events[0]?.type === 'start') return [start, ...events.slice(1)];
    const told = events.filter(({ type }) => type === 'fallback');
    return [...told, start, ...events.filter(({ type }) => type !== 'fallback' && type !== 'start')];
  }

  async function relay(sent: SentTurn): Promise<readonly StreamEvent[]> {
    const events = (await sent.request.pull()) ?? [{ type: 'error', error: abortedError(signal) }];
    noteEnd(sent, events);
    return events;
  }

  function noteEnd({ pass }: SentTurn, events: readonly StreamEvent[]): void {
    const last = events.at(-1);
    if (last?.type === 'error') pass.fail(last.error);
    if (last?.type === 'error' || last?.type === 'finish') end();
  }
}

function abortedError(signal: AbortSignal | undefined): ProviderError {
  return new ProviderError('aborted', 'The request was ended by its caller.', { cause: signal?.reason });
}

function givenUpError({ candidate }: SentTurn, { loading, limitMs }: GivenUp): ProviderError {
  const { ref, provider, model, endpoint } = candidate.model;
  const state = loading ? 'is still being loaded' : 'said nothing';
  return new ProviderError('timeout', `${ref} ${state} after ${limitMs} ms, the limit for its first word.`, {
    provider,
    model,
    url: endpoint,
    clock: 'first-event',
  });
}
