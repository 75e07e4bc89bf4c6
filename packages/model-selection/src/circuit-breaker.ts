import type { ProviderError, ProviderErrorCode } from '@openclaw/provider';
import { CircuitPermit } from './permit.ts';
import type { Circuit, CircuitRecorder, Permit, Claim } from './permit.ts';
import { createMemoryCircuitStore } from './circuit-store.ts';
import type { CircuitRecord, CircuitStore } from './circuit-store.ts';

/** The current status of a circuit that is not closed. */
export interface CircuitStatus {
  readonly scope: 'endpoint' | 'model';
  readonly endpoint: string;
  /** Full reference; only for scope `model`. */
  readonly model?: string;
  /** `open`: other candidates come first. `probe-due`: the next request probes. `probing`: a request is probing. */
  readonly state: 'open' | 'probe-due' | 'probing';
  /** Consecutive; 0 while a model is loading. */
  readonly failures: number;
  /** The last failure. */
  readonly code: ProviderErrorCode;
  readonly message: string;
  /** When it opened, in milliseconds of the breaker's clock. */
  readonly openedAt: number;
  /** Time until a request may probe; 0 if one may, or does. */
  readonly retryInMs: number;
}

/** A model at an endpoint. */
export interface CircuitTarget {
  readonly endpoint: string;
  /** Full reference. */
  readonly ref: string;
}

/** Records failures, so that the next request tries other candidates first. */
export interface CircuitBreaker {
  /** Circuits that are not closed. */
  status(): readonly CircuitStatus[];
  /** Returns a permit to send a request, or `undefined` while a circuit is open. */
  tryAcquire(target: CircuitTarget): Permit | undefined;
  /** Returns a permit even if a circuit is open, for the last candidate. It is the probe if one is due. */
  forceAcquire(target: CircuitTarget): Permit;
  /** Closes the circuits of an endpoint and of its models, for instance after a change of its configuration. */
  forget(endpoint: string): void;
}

export interface CircuitBreakerOptions {
  /**
   * Monotonic milliseconds, so that a change of the wall clock neither freezes nor closes a circuit. A store that
   * several processes share needs a clock that they share. @default performance.now
   */
  readonly now?: (() => number) | undefined;
  readonly store?: CircuitStore | undefined;
  /**
   * The longest backoff, in milliseconds, or a function that returns it. The backoff starts with 2 s, and doubles with
   * each probe that fails; each is shortened by up to half, by chance. @default 30_000
   */
  readonly maxBackoffMs?: number | (() => number) | undefined;
  /** From 0 up to 1, for jitter. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** How long a probe excludes others, in case its process died. @default 600_000 */
  readonly probeLeaseMs?: number | undefined;
}

const FIRST_BACKOFF_MS = 2_000;
/** `Retry-After` of a server counts up to this time. */
const MAX_RETRY_AFTER_MS = 300_000;

/**
 * Creates a circuit breaker. A failure opens the circuit of the model, or of the whole endpoint if the connection
 * failed. After the backoff one request probes while the others use the next candidate. `Retry-After` of a server
 * replaces the backoff, up to 5 min.
 */
export function createCircuitBreaker({
  now = () => performance.now(),
  store = createMemoryCircuitStore(),
  maxBackoffMs = 30_000,
  random = Math.random,
  probeLeaseMs = 600_000,
}: CircuitBreakerOptions = {}): CircuitBreaker {
  const recorder: CircuitRecorder = { close, open, claimLoading, releaseProbe, confirmProbe };

  function status(): readonly CircuitStatus[] {
    const time = now();
    return store.entries().map((record) => toStatus(record, time));
  }

  function tryAcquire(target: CircuitTarget): Permit | undefined {
    const { endpoint, model } = circuitsOf(target);
    const endpointClaim = claimProbe(endpoint);
    if (endpointClaim === 'refused') return undefined;
    const modelClaim = claimProbe(model);
    if (modelClaim !== 'refused') return new CircuitPermit(recorder, { endpoint, endpointClaim, model, modelClaim });
    if (endpointClaim === 'claimed') releaseProbe(endpoint);
    return undefined;
  }

  function forceAcquire(target: CircuitTarget): Permit {
    const { endpoint, model } = circuitsOf(target);
    const claims = { endpoint, endpointClaim: claimProbe(endpoint), model, modelClaim: claimProbe(model) };
    return new CircuitPermit(recorder, claims);
  }

  function claimLoading(circuit: Circuit, { code, message }: ProviderError): boolean {
    let claimed = false;
    store.update(keyOf(circuit), (record) => {
      if (record !== undefined) return record;
      const time = now();
      claimed = true;
      return { ...circuit, failures: 0, openedAt: time, retryAt: time, code, message, probeUntil: time + probeLeaseMs };
    });
    return claimed;
  }

  function claimProbe(circuit: Circuit): Claim {
    let claim: Claim = 'closed';
    store.update(keyOf(circuit), (record) => {
      if (record === undefined) return undefined;
      const time = now();
      claim = toStatus(record, time).state === 'probe-due' ? 'claimed' : 'refused';
      return claim === 'claimed' ? { ...record, probeUntil: time + probeLeaseMs } : record;
    });
    return claim;
  }

  function releaseProbe(circuit: Circuit): void {
    store.update(keyOf(circuit), (record) =>
      record === undefined || record.failures === 0 ? undefined : withoutProbe(record),
    );
  }

  function confirmProbe(circuit: Circuit): true | Promise<boolean> {
    return store.confirmProbe?.(keyOf(circuit)) ?? true;
  }

  function close(circuit: Circuit): void {
    store.update(keyOf(circuit), () => undefined);
  }

  /** Failures of requests that were sent before the circuit opened do not extend its wait. */
  function open(circuit: Circuit, error: ProviderError, { probe }: { probe: boolean }): void {
    store.update(keyOf(circuit), (record) => {
      if (record !== undefined && !probe) return record;
      const failures = (record?.failures ?? 0) + 1;
      const time = now();
      const waitMs =
        error.retryAfterMs === undefined
          ? backoffAfter(error, failures)
          : Math.min(error.retryAfterMs, MAX_RETRY_AFTER_MS);
      return { ...circuit, failures, openedAt: time, retryAt: time + waitMs, code: error.code, message: error.message };
    });
  }

  /** A probe that times out has cost its request that time, so the next one waits for as long as it may at once. */
  function backoffAfter({ code }: ProviderError, failures: number): number {
    const longest = typeof maxBackoffMs === 'function' ? maxBackoffMs() : maxBackoffMs;
    const step = code === 'timeout' ? longest : Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), longest);
    return Math.round(step * (1 - random() / 2));
  }

  function forget(endpoint: string): void {
    store
      .entries()
      .filter((record) => record.endpoint === endpoint)
      .forEach(close);
  }

  return { status, tryAcquire, forceAcquire, forget };
}

interface CircuitsOfTarget {
  readonly endpoint: Circuit;
  readonly model: Circuit;
}

/** Circuits and their keys are cached per target, since every request needs them. */
const circuitsOfTargets = new WeakMap<CircuitTarget, CircuitsOfTarget>();
const keys = new WeakMap<Circuit, string>();

function circuitsOf(target: CircuitTarget): CircuitsOfTarget {
  const known = circuitsOfTargets.get(target);
  if (known !== undefined) return known;
  const { endpoint, ref } = target;
  const circuits = { endpoint: { endpoint }, model: { endpoint, model: ref } };
  circuitsOfTargets.set(target, circuits);
  return circuits;
}

function keyOf(circuit: Circuit): string {
  const known = keys.get(circuit);
  if (known !== undefined) return known;
  const { endpoint, model } = circuit;
  const key = model === undefined ? endpoint : `${endpoint} ${model}`;
  keys.set(circuit, key);
  return key;
}

function withoutProbe({ probeUntil: _probeUntil, ...record }: CircuitRecord): CircuitRecord {
  return record;
}

function toStatus({ retryAt, probeUntil, ...record }: CircuitRecord, time: number): CircuitStatus {
  const probing = probeUntil !== undefined && probeUntil > time;
  const waiting = retryAt > time;
  return {
    scope: record.model === undefined ? 'endpoint' : 'model',
    ...record,
    state: probing ? 'probing' : waiting ? 'open' : 'probe-due',
    retryInMs: probing ? 0 : Math.max(0, retryAt - time),
  };
}
