import type { ProviderErrorCode } from '@openclaw/provider';

/** What is remembered of a circuit that is not closed. Times are milliseconds of the breaker's clock. */
export interface CircuitRecord {
  readonly endpoint: string;
  /** Full reference, for the circuit of one model; absent for that of the whole endpoint. */
  readonly model?: string;
  /** How often it failed in a row, probes only counted once it was open; 0 while a model is only slow to begin. */
  readonly failures: number;
  readonly openedAt: number;
  /** From when on one request may try again. */
  readonly retryAt: number;
  readonly code: ProviderErrorCode;
  readonly message: string;
  /** Until when a probe has the circuit to itself. Absent when none runs. */
  readonly probeUntil?: number;
}

/**
 * Where circuits are kept. Synchronous, so that claiming a probe is one step; a store that several processes share keeps
 * that promise with a transaction (`node:sqlite`) or a lock. A store that fails should forget rather than throw.
 */
export interface CircuitStore {
  entries(): readonly CircuitRecord[];
  /**
   * Replaces the record under a key by what `change` makes of it, in one step that nobody comes between. `undefined` is a
   * closed circuit.
   */
  update(key: string, change: (record: CircuitRecord | undefined) => CircuitRecord | undefined): void;
}

/**
 * Circuits in the memory of this process.
 *
 * @param options.maxRecords At the bound the oldest record is forgotten, which closes its circuit. @default 1000
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
