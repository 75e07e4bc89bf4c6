import type { ClientReport } from './clients/client-protocol.ts';
import type { GatewayInside } from './gateway/gateway-process.ts';
import type { GatewayView } from './gateway/read-gateway.ts';
import type { FaultKind } from './plan-faults.ts';

/** The gateway at rest. */
export interface RestingGateway {
  readonly descriptors: number;
  readonly residentMiB: number;
  /** Absent when the process did not answer. */
  readonly inside: GatewayInside | undefined;
}

/** Everything that was measured. */
export interface SoakFigures {
  readonly faults: Partial<Record<FaultKind, number>>;
  /** Faults that this machine does not allow. */
  readonly skipped: readonly FaultKind[];
  /** Absent when the clients did not finish. */
  readonly clients: ClientReport | undefined;
  readonly before: RestingGateway;
  readonly after: RestingGateway;
  /** Medians of samples under load. */
  readonly residentMiB: { readonly middle: number; readonly thirdQuarter: number; readonly lastQuarter: number };
  readonly view: GatewayView | undefined;
  /** Requests that upstreams have not ended. */
  readonly activeUpstream: number;
  readonly configApplied: boolean;
  readonly exit: { readonly code: number | null; readonly ms: number };
}
