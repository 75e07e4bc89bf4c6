import type { ProviderErrorCode } from '@openclaw/provider';

/** A circuit that is not closed. Times are milliseconds of the breaker's clock. */
export interface CircuitRecord {
  readonly endpoint: string;
  /** Full reference, for the circuit of a model; absent for that of an endpoint. */
  readonly model?: string;
  /** Consecutive failures, of which only probes count while it is open; 0 while a model is loading. */
  readonly failures: number;
  readonly openedAt: number;
  /** When a request may probe it. */
  readonly retryAt: number;
  readonly code: ProviderErrorCode;
  readonly message: string;
  /** The end of the lease of a probe. Absent if there is no probe. */
  readonly probeUntil?: number;
}

/**
 * Stores circuits. Synchronous, so that claiming a probe is atomic. A store that several processes share needs a
 * transaction (`node:sqlite`) or a lock for that. A store that fails should lose records rather than throw.
 */
export interface CircuitStore {
  entries(): readonly CircuitRecord[];
  /**
   * Replaces the record of a key with the result of `change`, atomically. `undefined` is a closed circuit.
   *
   * @param key The endpoint, followed by a space and the model for the circuit of a model.
   */
  update(key: string, change: (record: CircuitRecord | undefined) => CircuitRecord | undefined): void;
  /**
   * For a store that is synchronous only within this process: whether the probe that `update` has just claimed is the
   * only one of all processes. If not, the store has the record of the other one.
   */
  confirmProbe?(key: string): true | Promise<boolean>;
}

/**
 * Stores circuits in the memory of this process.
 *
 * @param options.maxRecords At the bound the oldest record is dropped, which closes its circuit. @default 1000
 */
export function createMemoryCircuitStore({ maxRecords = 1000 }: { maxRecords?: number } = {}): CircuitStore {
  const records = new Map<string, CircuitRecord>();
  return {
    entries: () => [...records.values()],
    update(key, change) {
      const record = change(records.get(key));
      if (record === undefined) {
        records.delete(key);
        return;
      }
      records.set(key, record);
      const [oldest] = records.keys();
      if (records.size > maxRecords && oldest !== undefined) records.delete(oldest);
    },
  };
}
