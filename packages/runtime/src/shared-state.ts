import { createMemoryCircuitStore } from '@openclaw/model-selection';
import type { CircuitStore } from '@openclaw/model-selection';

/** What several gateways in front of the same servers share. */
export interface SharedState {
  readonly circuits: CircuitStore;
  readonly permits: PermitStore;
  readonly affinity: AffinityStore;
}

/** Permits that count across processes. */
export interface PermitStore {
  /**
   * Waits for a permit of an endpoint.
   * @returns a function that releases the permit; a second call does nothing.
   * @throws the signal's reason if it is aborted first
   */
  acquire(endpoint: string, options: PermitOptions): Promise<() => void>;
}

export interface PermitOptions {
  /** Maximum number of concurrent requests of all processes together, at least 1. */
  readonly cap: number;
  readonly signal?: AbortSignal | undefined;
}

/** Which endpoint served a conversation last. A hint, which may be missing at any time. */
export interface AffinityStore {
  /** The endpoint among these that served last. Never rejects, and takes no longer than the limit of the store. */
  find(conversation: string, options: { readonly endpoints: readonly string[] }): Promise<string | undefined>;
  remember(conversation: string, options: { readonly endpoint: string; readonly ttlMs: number }): void;
}

/** The state that a runtime works with. It is its own until it shares that of others. */
export interface StateSwitch {
  readonly circuits: CircuitStore;
  readonly permits: () => PermitStore | undefined;
  readonly affinity: () => AffinityStore | undefined;
  readonly share: (state: SharedState) => void;
}

export function createStateSwitch(): StateSwitch {
  let circuits: CircuitStore = createMemoryCircuitStore();
  let permits: PermitStore | undefined;
  let affinity: AffinityStore | undefined;
  return {
    circuits: {
      entries: () => circuits.entries(),
      update: (key, change) => circuits.update(key, change),
      confirmProbe: (key) => circuits.confirmProbe?.(key) ?? true,
    },
    permits: () => permits,
    affinity: () => affinity,
    share(state) {
      ({ circuits, permits, affinity } = state);
    },
  };
}
