import { chooseTarget } from '@openclaw/model-selection';
import type {
  CatalogModel,
  ChooseTarget,
  CircuitBreaker,
  CircuitStatus,
  EndpointState,
  Plan,
  Target,
  TargetChoice,
} from '@openclaw/model-selection';
import type { ProviderSetup } from '../provider-setup.ts';
import type { RequestLimiters } from '../request-limiters.ts';
import type { Session } from '../session.ts';
import type { AffinityStore } from '../shared-state.ts';
import { affinityKey } from './affinity-key.ts';
import { circuitState } from './circuit-state.ts';
import { createEndpointRecord } from './endpoint-record.ts';
import type { EndpointRecord, EndpointRecordOptions } from './endpoint-record.ts';
import type { EndpointStatus } from './endpoint-status.ts';
import { requestQuery } from './request-query.ts';
import type { QueriedChat } from './request-query.ts';
import { createServedEndpoints } from './served-endpoints.ts';
import { shareServedEndpoints } from './share-served-endpoints.ts';

/** The endpoints of providers that have several: their choice, and what is known of them. */
export interface Endpoints {
  /** Chooses the targets of one request, each time its model has its turn. */
  chooserFor(request: TargetRequest): ChooseTarget;
  /** Learns from other processes what the choice depends on. `undefined`: there is nothing to wait for. */
  recall(plan: Plan, request: TargetRequest): Promise<void> | undefined;
  /** The targets of a model in the order in which a request tries them; the model itself if it has one endpoint. */
  inOrder(model: CatalogModel, session: Session): readonly CatalogModel[];
  /** Which target a request would get now, and what that depends on. Counts nothing. */
  explain(targets: readonly Target[], request: TargetRequest): ExplainedChoice;
  /** The record of an endpoint, or of an Ollama server; `undefined` for the only server of another provider. */
  of(setup: ProviderSetup): EndpointRecord | undefined;
  /** Asks the servers what they have loaded, unless that was done lately. */
  refresh(setups: readonly ProviderSetup[]): Promise<void>;
  status(setups: readonly ProviderSetup[]): readonly EndpointStatus[];
  /** Removes the endpoints that are not among the setups. */
  keepOnly(setups: readonly ProviderSetup[]): void;
}

/** What the choice of a target depends on. */
export interface TargetRequest {
  readonly session: Session;
  /** Absent: only the endpoints decide. */
  readonly chat?: QueriedChat | undefined;
  /** Identifies the conversation. */
  readonly sessionId?: string | undefined;
}

export interface ExplainedChoice {
  readonly choice: TargetChoice | undefined;
  readonly states: readonly EndpointState[];
}

export interface EndpointsOptions extends EndpointRecordOptions {
  readonly circuits: Pick<CircuitBreaker, 'status'>;
  readonly limiters: Pick<RequestLimiters, 'of'>;
  /** Shared with other processes; absent while nothing is. */
  readonly affinity?: (() => AffinityStore | undefined) | undefined;
  /** From 0 up to 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** Creates an empty table. */
export function createEndpoints({
  circuits,
  limiters,
  affinity = () => undefined,
  random = Math.random,
  ...options
}: EndpointsOptions): Endpoints {
  const records = new Map<string, EndpointRecord>();
  const served = shareServedEndpoints(createServedEndpoints({ now: options.now }), { affinity });

  function of(setup: ProviderSetup): EndpointRecord | undefined {
    if (setup.endpoint === undefined && setup.server !== 'ollama') return undefined;
    const key = keyOf(setup);
    const known = records.get(key) ?? createEndpointRecord(options);
    records.set(key, known);
    return known;
  }

  function stateOf(target: Target, { session, broken }: StateOptions): EndpointState {
    const { setup } = session.setupOf(target);
    const record = setup && of(setup);
    if (setup === undefined || record === undefined) return { ...UNKNOWN, endpoint: target.endpoint };
    void record.refresh(setup);
    const { running, queued, maxConcurrent, busyMs } = limiters.of(setup).counts();
    return {
      endpoint: target.endpoint,
      weight: setup.endpoint?.weight ?? 1,
      circuit: circuitState(broken.filter((circuit) => concerns(circuit, target))),
      outstanding: running,
      queued,
      residency: record.listed() === undefined ? 'unknown' : 'known',
      ...record.residency.facts(target.model),
      ...(Number.isFinite(maxConcurrent) && { maxConcurrent }),
      ...(busyMs !== undefined && { busyMs }),
    };
  }

  function choose(targets: readonly Target[], { session, query }: ChooseOptions): ExplainedChoice {
    const broken = circuits.status();
    const states = targets.map((target) => stateOf(target, { session, broken }));
    const lastServed = query.affinityKey === undefined ? undefined : served.get(query.affinityKey);
    const choice = chooseTarget({
      ...query,
      endpoints: states,
      random,
      ...(lastServed !== undefined && { lastServed }),
    });
    return { choice, states };
  }

  function record(target: Target, { choice, states, session }: RecordedChoice): void {
    const { setup } = session.setupOf(target);
    const counts = setup && of(setup);
    if (counts === undefined) return;
    counts.choices.set(choice.reason, (counts.choices.get(choice.reason) ?? 0) + 1);
    const isLoaded = states.some(({ endpoint, loaded }) => endpoint === choice.endpoint && loaded !== undefined);
    if (isLoaded && states.some(wouldLoad)) counts.reloadsAvoided += 1;
  }

  function chooserFor({ session, chat, sessionId }: TargetRequest): ChooseTarget {
    let query: ChooseOptions['query'] | undefined;
    return (targets) => {
      const [first] = targets;
      if (first === undefined) return undefined;
      query ??= chat === undefined ? {} : requestQuery(chat, { model: first, sessionId });
      const { choice, states } = choose(targets, { session, query });
      const chosen = targets.find(({ endpoint }) => endpoint === choice?.endpoint);
      if (choice === undefined || chosen === undefined) return undefined;
      record(chosen, { choice, states, session });
      if (query.affinityKey !== undefined) served.set(query.affinityKey, chosen.endpoint);
      return chosen;
    };
  }

  return {
    chooserFor,
    recall({ candidates }, { chat, sessionId }) {
      const targets = candidates.find((candidate) => candidate.targets !== undefined)?.targets;
      if (chat === undefined || targets?.[0] === undefined) return undefined;
      const key = affinityKey(chat, { model: targets[0].ref, session: sessionId });
      return served.recall(
        key,
        targets.map(({ endpoint }) => endpoint),
      );
    },
    inOrder(model, session) {
      const { targets } = model;
      if (targets === undefined) return [model];
      const first = chooserFor({ session })(targets) ?? targets[0];
      return first === undefined ? [model] : [first, ...targets.filter((target) => target !== first)];
    },
    explain: (targets, { session }) => choose(targets, { session, query: {} }),
    of,
    async refresh(setups) {
      const several = setups.filter(({ endpoint }) => endpoint !== undefined);
      await Promise.all(several.map(async (setup) => of(setup)?.refresh(setup)));
    },
    status(setups) {
      const broken = circuits.status();
      return setups.flatMap((setup) => {
        const { endpoint } = setup;
        const known = of(setup);
        if (endpoint === undefined || known === undefined) return [];
        const { running, queued, maxConcurrent } = limiters.of(setup).counts();
        return [
          {
            provider: setup.id,
            endpoint: endpoint.name,
            url: setup.baseUrl,
            weight: endpoint.weight,
            circuit: circuitState(broken.filter((one) => one.endpoint === setup.baseUrl && one.model === undefined)),
            running,
            queued,
            ...(Number.isFinite(maxConcurrent) && { maxConcurrent }),
            loaded: known.listed()?.map(({ name }) => name),
            choices: Object.fromEntries(known.choices),
            loads: known.loads,
            reloadsAvoided: known.reloadsAvoided,
          },
        ];
      });
    },
    keepOnly(setups) {
      const wanted = new Set(setups.map(keyOf));
      for (const key of records.keys()) if (!wanted.has(key)) records.delete(key);
    },
  };
}

interface StateOptions {
  readonly session: Session;
  /** Circuits that are not closed. */
  readonly broken: readonly CircuitStatus[];
}

interface ChooseOptions {
  readonly session: Session;
  readonly query: Partial<ReturnType<typeof requestQuery>>;
}

interface RecordedChoice {
  readonly choice: TargetChoice;
  readonly states: readonly EndpointState[];
  readonly session: Session;
}

/** Of a target whose provider is gone. */
const UNKNOWN = { weight: 1, circuit: 'closed', outstanding: 0, queued: 0, residency: 'unknown' } as const;

function concerns({ endpoint, model }: CircuitStatus, target: Target): boolean {
  return endpoint === target.endpoint && (model === undefined || model === target.ref);
}

function wouldLoad({ circuit, residency, loaded }: EndpointState): boolean {
  return circuit === 'closed' && residency === 'known' && loaded === undefined;
}

function keyOf({ id, baseUrl }: ProviderSetup): string {
  return `${id} ${baseUrl}`;
}
