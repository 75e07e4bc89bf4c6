import type { Provider } from '@openclaw/provider';

/** What a server does in its answer, in no API's dialect. */
export type ConformanceStep =
  | { readonly reasoning: string }
  | { readonly text: string }
  /** A complete call. Without `id` the server sends none. */
  | { readonly toolCall: { readonly id?: string; readonly name: string; readonly argumentsText: string } }
  /** The server falls silent; the connection stays open. */
  | { readonly stall: true }
  /** The server fails after what it said so far, in its API's way of saying so. */
  | { readonly fail: true }
  /** Bytes that are no part of the API. */
  | { readonly garbage: true }
  /** The answer ends cleanly, but without what its API ends an answer with. */
  | { readonly endEarly: true }
  /** The connection breaks. */
  | { readonly cut: true };

/** One request's answer. */
export interface ConformanceScenario {
  /** An answer follows these steps and then ends as it should. */
  readonly steps?: readonly ConformanceStep[];
  /** A status in place of an answer, with an error body as the API has them. */
  readonly status?: 401 | 404 | 429 | 500 | 503;
  /** Seconds for `Retry-After`, beside `status`. */
  readonly retryAfterSeconds?: number;
  /** Into how many bytes the answer is cut on its way. @default as the server likes */
  readonly sliceBytes?: number;
}

/** A provider and the server that it talks to. */
export interface ConformanceServer {
  readonly provider: Provider;
  /** A model that the server has. */
  readonly model: string;
  /** How many requests reached the server. */
  requests(): number;
  /** Resolves when the server has fallen silent in a `stall`. */
  stalled(): Promise<unknown>;
  /** Resolves when the server sees that the client left before the answer was complete. */
  clientLeft(): Promise<unknown>;
}

/** How the suite gets at the provider under test. */
export interface ProviderConformanceOptions {
  /** Starts a server that plays the scenario to every request. Closing it is for `onTestFinished`. */
  readonly start: (scenario: ConformanceScenario) => Promise<ConformanceServer>;
  /** Scenarios are played to streamed requests and to those for one body; leave out what the API does not have. @default [true, false] */
  readonly streaming?: readonly boolean[];
}
