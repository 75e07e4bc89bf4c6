import type { FaultKind } from '../plan-faults.ts';
import type { Outcome } from './classify-reply.ts';

/** Faults that clients cause. */
export type ClientFault = Extract<FaultKind, 'leave' | 'slow' | 'silent' | 'half-sent' | 'garbage' | 'large' | 'stale'>;

/** Messages of the soak to the process of the clients. */
export type ClientCommand =
  | {
      readonly type: 'start';
      readonly port: number;
      readonly token: string;
      readonly lanes: number;
      readonly seed: number;
    }
  | { readonly type: 'fault'; readonly kind: ClientFault; readonly seed: number }
  /** Starts streams that run while the gateway drains. */
  | { readonly type: 'drain' }
  /** Ends the load; the report follows when every request has ended. Held connections stay open. */
  | { readonly type: 'finish' };

/** The report of the clients. */
export interface ClientReport {
  readonly type: 'report';
  readonly requests: number;
  readonly outcomes: Partial<Record<Outcome, number>>;
  /** Requests that their client cancelled. */
  readonly left: number;
  /** Milliseconds of complete answers. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  /** The longest wait for `/healthz`. */
  readonly slowestHealthMs: number;
  /** Requests of the fault `stale`, by who answered them. */
  readonly stale: { readonly primary: number; readonly other: number };
  /** Requests without a token that were answered with something else than 401. */
  readonly letIn: number;
  /** The first few outcomes that break an invariant, in words. */
  readonly examples: readonly string[];
}
