import { ProviderError } from '@openclaw/provider';
import type { Attempt, StreamEvent } from '@openclaw/provider';
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
import type { SentTurn } from './kept-requests.ts';
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
  selection: FallbackSelection,
  { signal }: { signal?: AbortSignal | undefined } = {},
): AsyncGenerator<StreamEvent, void, void> {
  const departure = new AbortController();
  const events = answer(selection, { signal, departure: departure.signal });
  /** A generator takes `return` only at a `yield`: whoever leaves in the middle of a wait has to end the wait first. */
  function leave(): Promise<IteratorResult<StreamEvent, void>> {
    departure.abort(LEFT);
    return events.return();
  }
  return {
    next: () => events.next(),
    return: leave,
    throw: (error) => events.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await leave()),
  };
}

/** Made once: a reason of its own for each, stack trace included, costs more than all else that ends a request. */
const LEFT = new DOMException('The consumer left.', 'AbortError');

async function* answer(
  {
    plan,
    ask,
    circuits = createCircuitBreaker(),
    retry = {},
    isWhole = () => false,
    firstEventLimitMs = () => undefined,
    isLoading,
    keepLoadingMs = 300_000,
    keepLoadingUntil,
    now = () => performance.now(),
    schedule = scheduleWithTimeout,
    random = Math.random,
  }: FallbackSelection,
  { signal, departure }: { signal: AbortSignal | undefined; departure: AbortSignal },
): AsyncGenerator<StreamEvent, void, void> {
  const turns = createCandidateTurns({ plan, circuits });
  const kept = createKeptRequests({ limitMs: keepLoadingMs, until: keepLoadingUntil, schedule });
  const failed: FailedAttempt[] = [];
  let turn: Turn | SentTurn | undefined;
  let current: CandidateRequest | undefined;
  let endWait = (): void => undefined;
  let left = false;
  let over = false;

  signal?.addEventListener('abort', leave);
  departure.addEventListener('abort', () => over || leave());
  try {
    if (signal?.aborted === true) leave();
    else turn = turns.take();
    const speaker = yield* findSpeaker();
    if (speaker !== undefined) yield* relay(speaker);
    else yield end({ type: 'error', error: left ? abortedError(signal) : nobodyAnswered() });
  } finally {
    turn?.pass.release();
    if (!over) kept.closeAll();
    await current?.close();
    kept.whenEmpty(() => signal?.removeEventListener('abort', leave));
  }

  function leave(): void {
    left = true;
    current?.abort();
    kept.closeAll();
    endWait();
  }

  /** Nothing follows the last event, so whoever leaves after it has not left early: loads may go on. */
  function end(event: StreamEvent): StreamEvent {
    over = true;
    kept.letLoad();
    return event;
  }

  async function* findSpeaker(): AsyncGenerator<StreamEvent, Speaker | undefined, void> {
    let retries = 0;
    let lastFailedAt: number | undefined;
    while (turn !== undefined && !left) {
      for (const passed of turns.passedOver(turn.candidate)) yield failedBefore(turn, passed);
      if (left) return undefined;
      const sent = 'request' in turn ? turn : send(turn);
      current = sent.request;
      const opening = await awaitOpening(sent.request, {
        limitMs: turns.hasOthers() ? firstEventLimitMs(sent.candidate.model) : undefined,
        isLoading,
        schedule,
      });
      if (opening.type === 'said') return { sent, opening };
      if (opening.type === 'aborted') return undefined;
      const error = opening.type === 'failed' ? opening.error : givenUpError(sent, opening);
      const attempt = failedAttempt(sent, error);
      await settle(sent, { opening, error });
      const rule = fallbackRule(error);
      turns.narrow(rule.next, { candidate: sent.candidate, error });
      turn = turns.take() ?? (rule.next === 'candidate' ? await kept.takeFirst() : undefined);
      if (left) return undefined;
      if (turn !== undefined) {
        yield failedBefore(turn, attempt);
        continue;
      }
      lastFailedAt ??= now();
      const elapsedMs = now() - lastFailedAt;
      const waitMs = rule.retryLast ? retryWaitMs(error, { ...retry, retries, elapsedMs, random }) : undefined;
      if (waitMs === undefined) {
        failed.push(attempt);
        return undefined;
      }
      yield failedBefore(sent, attempt);
      await wait(waitMs);
      retries += 1;
      turn = turns.again(sent.candidate);
    }
    return undefined;
  }

  function send(next: Turn): SentTurn {
    const startedAt = now();
    const { model } = next.candidate;
    return { ...next, request: requestCandidate(model, { ask, isWhole: isWhole(model) }), startedAt };
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

  async function* relay({ sent, opening }: Speaker): AsyncGenerator<StreamEvent, void, void> {
    const { ref, endpoint } = sent.candidate.model;
    const answered: Attempt = { model: ref, endpoint, outcome: 'ok', durationMs: Math.round(now() - sent.startedAt) };
    const attempts = [...failed.map(({ attempt }) => attempt), answered];
    sent.pass.succeed();
    yield* opening.events.filter(({ type }) => type === 'fallback');
    yield { type: 'start', model: ref, attempts };
    const said = opening.events.filter(({ type }) => type !== 'fallback' && type !== 'start');
    for (;;) {
      const event = said.shift() ?? (await sent.request.next()) ?? { type: 'error', error: abortedError(signal) };
      if (event.type === 'error') sent.pass.fail(event.error);
      if (event.type === 'error' || event.type === 'finish') {
        yield end(event);
        return;
      }
      yield event;
    }
  }

  function nobodyAnswered(): AllCandidatesFailedError {
    return new AllCandidatesFailedError([...failed, ...turns.passedOver()]);
  }
}

interface Speaker {
  readonly sent: SentTurn;
  readonly opening: Extract<Opening, { type: 'said' }>;
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
