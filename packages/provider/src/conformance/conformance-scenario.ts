import type { Provider } from '../provider.ts';

/** The behaviour of a server, independent of its API. */
export type ConformanceStep =
  | { readonly reasoning: string }
  | { readonly text: string }
  /** A complete call. Without `id` the server sends none. */
  | { readonly toolCall: { readonly id?: string; readonly name: string; readonly argumentsText: string } }
  /** The server stalls; the connection stays open. */
  | { readonly stall: true }
  /** The server reports an error after the previous steps, in the format of its API. */
  | { readonly fail: true }
  /** Bytes that violate the API. */
  | { readonly garbage: true }
  /** The response ends cleanly, but without the end marker of its API. */
  | { readonly endEarly: true }
  /** The connection breaks. */
  | { readonly cut: true };

/** The response to one request. */
export interface ConformanceScenario {
  /** The steps of a response, followed by a correct end. */
  readonly steps?: readonly ConformanceStep[];
  /** An error status, with an error body of the API. */
  readonly status?: 401 | 404 | 429 | 500 | 503;
  /** Seconds of `Retry-After`, together with `status`. */
  readonly retryAfterSeconds?: number;
  /** Size of the pieces of the response, in bytes. @default chosen by the server */
  readonly sliceBytes?: number;
}

/** A provider and its server. */
export interface ConformanceServer {
  readonly provider: Provider;
  /** A model of the server. */
  readonly model: string;
  /** Whether the server gives calls ids of its own, whatever the scenario says. @default false */
  readonly assignsCallIds?: boolean;
  /** How many requests reached the server. */
  requests(): number;
  /** Resolves when the server stalls. */
  stalled(): Promise<unknown>;
  /** Resolves when the server detects that the client disconnected before the end of the response. */
  clientLeft(): Promise<unknown>;
  /** Closes the server and the provider after the test. */
  close?(): Promise<unknown>;
}

/** Access to the provider under test. */
export interface ProviderConformanceOptions {
  /** Starts a server that plays the scenario for every request, and a provider that asks it. */
  readonly start: (scenario: ConformanceScenario) => Promise<ConformanceServer>;
  /**
   * Whether scenarios are run with streamed and with whole answers; omit what the API does not support. @default [true,
   * false]
   */
  readonly streaming?: readonly boolean[];
}
