import type { AllowsModel, RequestPriority } from '@openclaw/runtime/internal';

/** Who sends a request, and what it may do. */
export interface Client {
  /** `owner`, or the name of an entry of `gateway.auth.tokens`; empty for a request that needs no token and has none. */
  readonly name: string;
  /** Whether it may see and change the gateway, and not only use its APIs. */
  readonly isOwner: boolean;
  /** Which models it may use. Absent: all. */
  readonly allows?: AllowsModel;
  readonly limits?: ClientLimits;
  readonly priority?: RequestPriority;
}

/** How much a client may use. */
export interface ClientLimits {
  readonly maxConcurrent?: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerDay?: number;
}

/** Has the token of the gateway, or uses a gateway that needs none. */
export const OWNER: Client = { name: 'owner', isOwner: true };

/** Sends no valid token to an endpoint that needs none. */
export const ANONYMOUS: Client = { name: '', isOwner: false, allows: () => false };
