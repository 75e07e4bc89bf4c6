import { streamWithFallback } from '@openclaw/model-selection';
import type { CircuitBreaker, FallbackSelection, Plan } from '@openclaw/model-selection';
import type { DiscoveryFetch } from '@openclaw/ollama-discovery';
import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { allowedPlan } from './allowed-models.ts';
import type { AllowsModel } from './allowed-models.ts';
import type { AskModel, AskRequest, AskSurroundings } from './ask-model.ts';
import type { Endpoints } from './balancing/create-endpoints.ts';
import { deadlineOf } from './deadline-of.ts';
import { createFirstEventLimit } from './first-event-limit.ts';
import { createIsLoading } from './is-loading.ts';
import { planRequest } from './plan-request.ts';
import type { PlanRequest } from './plan-request.ts';
import { requestNeeds } from './request-needs.ts';
import type { RunningRequests } from './running-requests.ts';
import type { RuntimeChatRequest } from './runtime.ts';
import { selectionFailure } from './selection-failure.ts';
import type { Session } from './session.ts';

/** What chat requests of a runtime work with. */
export interface ChatSurroundings extends Omit<AskSurroundings, 'session' | 'endpoints'> {
  readonly endpoints: Endpoints;
  /** The session in force. */
  readonly session: () => Session;
  readonly planning: Pick<PlanRequest, 'states' | 'circuits' | 'maxAgeMs' | 'patienceMs'>;
  readonly circuits: CircuitBreaker;
  readonly running: RunningRequests;
  readonly fetch: DiscoveryFetch;
  readonly now: () => number;
  /** Whether other processes may know which endpoint served a conversation. */
  readonly sharesAffinity: () => boolean;
  /** Fires when the runtime closes. */
  readonly closing: AbortSignal;
}

/** Sends a chat request to the first model that can answer it. The request begins with the first pull. */
export type Chat = (request: RuntimeChatRequest, signal: AbortSignal | undefined) => AsyncIterable<StreamEvent>;

export function createChat({
  session: currentSession,
  planning,
  circuits,
  running,
  fetch,
  now,
  sharesAffinity,
  closing,
  ...common
}: ChatSurroundings): Chat {
  const { endpoints, limiters } = common;
  let askModel: AskModel | undefined;

  /**
   * Selects the candidates: synchronously if the plan is known, which is the case for all but the first requests.
   * @throws {ProviderError} if no model can be used
   */
  function select(
    request: RuntimeChatRequest,
    signal: AbortSignal | undefined,
  ): FallbackSelection | Promise<FallbackSelection> {
    if (closing.aborted) throw new ProviderError('aborted', 'The runtime has been closed.');
    const {
      model,
      agent,
      allowFallbacks,
      streaming,
      prefersStreaming,
      wholeAnswer,
      client,
      session: sessionId,
      priority,
      startWithinMs,
      allows,
      traceHeaders,
      ...chat
    } = request;
    const current = currentSession();
    const query = { model, agent, allowFallbacks };
    const plan = planRequest(current, { query, needs: requestNeeds(chat), signal, ...planning });
    const surroundings = { ...common, session: current };
    const startBefore = deadlineOf(startWithinMs, now);
    const sender = { client, sessionId, priority, startBefore, allows, traceHeaders };
    const asked = { ...sender, chat, streaming, prefersStreaming, wholeAnswer, surroundings };
    return 'then' in plan || askModel === undefined || sharesAffinity()
      ? selectLater(plan, asked, signal)
      : selectionOf(plan, asked, askModel);
  }

  async function selectLater(plan: Plan | Promise<Plan>, asked: Asked, signal: AbortSignal | undefined) {
    try {
      const planned = await plan;
      askModel ??= (await loadAsking()).askModel;
      await endpoints.recall(planned, { session: asked.surroundings.session, ...asked });
      return selectionOf(planned, asked, askModel);
    } catch (error) {
      throw selectionFailure(error, { signal, allows: asked.allows }) ?? error;
    }
  }

  function selectionOf(plan: Plan, asked: Asked, ask: AskModel): FallbackSelection {
    const { session: current } = asked.surroundings;
    const { chat, sessionId, wholeAnswer } = asked;
    return {
      plan: allowedPlan(plan, asked.allows),
      chooseTarget: endpoints.chooserFor({ session: current, chat, sessionId }),
      wholeAnswer,
      ask: (candidate, options) => ask(candidate, { ...asked, ...options }),
      circuits,
      retry: current.loaded.config.agents.defaults.retry,
      firstEventLimitMs: createFirstEventLimit({
        session: current,
        request: asked,
        runningAt: (setup) => limiters.of(setup).counts().running,
        now,
      }),
      isLoading: createIsLoading({ setups: current.setups, fetch }),
      keepLoadingUntil: closing,
      now,
    };
  }

  return (request, signal) => {
    let onEnd: (() => void) | undefined;
    return streamWithFallback(
      () => {
        onEnd = running.begin();
        return select(request, signal);
      },
      {
        signal,
        totalLimitMs: currentSession().loaded.config.agents.defaults.timeoutSeconds * 1000,
        onEnd: () => onEnd?.(),
      },
    );
  };
}

interface Asked extends Omit<AskRequest, 'signal' | 'report'> {
  readonly allows: AllowsModel | undefined;
  readonly wholeAnswer: boolean | undefined;
}

/** Modules that only requests need are loaded for the first request, so that lists are faster. */
const loadAsking = () => import('./ask-model.ts');
