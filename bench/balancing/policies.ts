import { chooseTarget } from '@openclaw/model-selection';
import type { EndpointState } from '@openclaw/model-selection';
import type { SeededRandom } from './seeded-random.ts';

/** Chooses the endpoint of a request. */
export type Policy = (query: PolicyQuery) => string;

export interface PolicyQuery {
  readonly endpoints: readonly EndpointState[];
  readonly affinityKey: string;
  readonly lastServed: string | undefined;
  readonly random: SeededRandom;
}

/** What is compared: how the endpoint is chosen, and whether the queue of an endpoint groups its requests by model. */
export interface Contender {
  readonly name: string;
  readonly createPolicy: () => Policy;
  readonly groups: boolean;
}

const roundRobin = (): Policy => {
  let next = 0;
  return ({ endpoints }) => endpoints[next++ % endpoints.length]?.endpoint ?? '';
};

const random = (): Policy => (query) =>
  query.endpoints[query.random.integer(0, query.endpoints.length - 1)]?.endpoint ?? '';

const leastBusy = (): Policy => (query) => {
  const work = query.endpoints.map(({ outstanding, queued }) => outstanding + queued);
  const least = query.endpoints.filter((_, index) => work[index] === Math.min(...work));
  return least[query.random.integer(0, least.length - 1)]?.endpoint ?? '';
};

const target =
  (): Policy =>
  ({ endpoints, affinityKey, lastServed, random: { next } }) =>
    chooseTarget({ endpoints, affinityKey, ...(lastServed !== undefined && { lastServed }), random: next })?.endpoint ??
    '';

export const CONTENDERS: readonly Contender[] = [
  { name: 'random', createPolicy: random, groups: false },
  { name: 'round robin', createPolicy: roundRobin, groups: false },
  { name: 'least busy', createPolicy: leastBusy, groups: false },
  { name: 'round robin, grouped queue', createPolicy: roundRobin, groups: true },
  { name: 'chooseTarget, plain queue', createPolicy: target, groups: false },
  { name: 'chooseTarget, grouped queue', createPolicy: target, groups: true },
];
