import { expectedLoadMs, expectedWaitMs, isBusy, isIdle, relativeLoad } from './endpoint-state.ts';
import type { EndpointState } from './endpoint-state.ts';
import { rankByRendezvous } from './rendezvous.ts';

/** The endpoints of a model, and what is known of the request. */
export interface TargetQuery {
  readonly endpoints: readonly EndpointState[];
  /** Key of the session or of the conversation's head. */
  readonly affinityKey?: string;
  /** The endpoint that served this key last. */
  readonly lastServed?: string;
  /** Context length that the request needs, in tokens. */
  readonly neededContext?: number;
  /** Returns a number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

/**
 * Why an endpoint was chosen. `only`: there is no other. `probe`: its circuit is half-open. `affinity`: it served the
 * session, or its key belongs there. `loaded`: it has the model loaded, others would have to load it. `least-busy`: it has
 * the least outstanding work. `load`: it has to load the model, which is faster than waiting for another. `last-resort`: the
 * circuits of all endpoints are open.
 */
export type TargetReason = 'only' | 'probe' | 'affinity' | 'loaded' | 'least-busy' | 'load' | 'last-resort';

export interface TargetChoice {
  readonly endpoint: string;
  readonly reason: TargetReason;
}

/**
 * Chooses the endpoint for a request. Pure: the same query and random numbers give the same choice.
 *
 * An endpoint whose circuit is half-open gets one request as its probe. Otherwise endpoints with a closed circuit come first,
 * then those that can answer without loading the model with a sufficient context, unless the request would wait there
 * longer than loading elsewhere takes. Among these, the endpoint that served the session is preferred, or the one that its
 * key belongs to, while its load is bounded, and never if it is busy and another one is idle. Without such a preference,
 * the least busy one is chosen.
 *
 * @returns `undefined` if there is no endpoint
 */
export function chooseTarget(query: TargetQuery): TargetChoice | undefined {
  const { endpoints, random } = query;
  const [first, second] = endpoints;
  if (first === undefined) return undefined;
  if (second === undefined) return { endpoint: first.endpoint, reason: 'only' };
  const due = endpoints.filter(({ circuit }) => circuit === 'half-open');
  if (due.length > 0) return { endpoint: pickLeast(due, { by: relativeLoad, random }), reason: 'probe' };
  const closed = endpoints.filter(({ circuit }) => circuit === 'closed');
  if (closed.length === 0) return { ...chooseHealthy(endpoints, query), reason: 'last-resort' };
  return chooseHealthy(closed, query);
}

function chooseHealthy(endpoints: readonly EndpointState[], query: TargetQuery): TargetChoice {
  const ready = endpoints.filter((state) => isReady(state, query));
  const cold = endpoints.filter((state) => !isReady(state, query));
  const limitMs = Math.min(...cold.map(expectedLoadMs));
  const suitable = ready.filter((state) => expectedWaitMs(state) <= limitMs);
  if (suitable.length === 0) {
    return { endpoint: pickLeast(cold, { by: loadCost, random: query.random }), reason: 'load' };
  }
  const preferred = findPreferred(suitable, query);
  if (preferred !== undefined) return { endpoint: preferred.endpoint, reason: 'affinity' };
  const endpoint = pickLeast(suitable, { by: relativeLoad, random: query.random });
  return { endpoint, reason: cold.length > 0 ? 'loaded' : 'least-busy' };
}

/** Whether it can answer without loading the model. A server that does not report what is loaded is not expected to load. */
function isReady({ loaded, loadingMs, residency }: EndpointState, { neededContext = 0 }: TargetQuery): boolean {
  if (loaded !== undefined) return (loaded.contextLength ?? Infinity) >= neededContext;
  return loadingMs !== undefined || residency === 'unknown';
}

/** A displaced model is likely to be loaded again, the less the longer it has been unused. */
function loadCost(state: EndpointState): number {
  const { displacedIdleMs } = state;
  const cost = expectedLoadMs(state);
  if (displacedIdleMs === undefined) return cost;
  return cost + expectedLoadMs(state) * 2 ** (-displacedIdleMs / DISPLACED_HALF_LIFE_MS);
}

function findPreferred(suitable: readonly EndpointState[], query: TargetQuery): EndpointState | undefined {
  const { affinityKey, lastServed } = query;
  const served = suitable.find(({ endpoint }) => endpoint === lastServed);
  if (served !== undefined && isAcceptable(served, suitable)) return served;
  if (affinityKey === undefined) return undefined;
  return rankByRendezvous(affinityKey, suitable).find((state) => isAcceptable(state, suitable));
}

/** Bounded load: an endpoint takes at most its share of the work and a quarter more. */
function isAcceptable(state: EndpointState, suitable: readonly EndpointState[]): boolean {
  if (isBusy(state) && suitable.some(isIdle)) return false;
  let work = 1;
  let weights = 0;
  for (const { outstanding, queued, weight } of suitable) {
    work += outstanding + queued;
    weights += weight;
  }
  const share = (work * state.weight) / weights;
  return state.outstanding + state.queued + 1 <= Math.ceil(share * LOAD_FACTOR);
}

/** The state with the least value. Between equal ones, the better of two that are drawn: power of two choices. */
function pickLeast(
  states: readonly EndpointState[],
  { by, random }: { by: (state: EndpointState) => number; random: () => number },
): string {
  const least = Math.min(...states.map(by));
  const equal = states.filter((state) => by(state) === least);
  const draw = () => equal[Math.floor(random() * equal.length)];
  const [one, other] = equal.length > 1 ? [draw(), draw()] : equal;
  if (one === undefined) throw new Error('There is no state to pick from.');
  return other !== undefined && expectedWaitMs(other) < expectedWaitMs(one) ? other.endpoint : one.endpoint;
}

/** The bound of KubeAI and of the paper on consistent hashing with bounded loads. */
const LOAD_FACTOR = 1.25;
const DISPLACED_HALF_LIFE_MS = 60_000;
