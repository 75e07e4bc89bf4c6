/** What is known of an endpoint when a target is chosen. A snapshot: nothing in it changes while it is read. */
export interface EndpointState {
  /** Stable key of the endpoint, unique in the process. */
  readonly endpoint: string;
  /** Relative capacity, more than 0. 1 is usual. */
  readonly weight: number;
  /** `half-open`: the next request probes the endpoint. `open`: it failed, or is being probed now. */
  readonly circuit: 'closed' | 'half-open' | 'open';
  /** Number of requests that run there now, of all models. */
  readonly outstanding: number;
  /** Number of requests that wait for a permit there, of all models. */
  readonly queued: number;
  /** Number of requests that may run at once. Absent: unknown, and one is assumed where waiting times are estimated. */
  readonly maxConcurrent?: number;
  /** The requested model, if it is loaded there. Absent: it is not loaded, or not known to be. */
  readonly loaded?: { readonly contextLength?: number };
  /** `unknown`: the server does not report which models are loaded. */
  readonly residency: 'known' | 'unknown';
  /** Learned time to load the model there, in milliseconds. */
  readonly loadMs?: number;
  /** Learned mean duration of a request there, in milliseconds. */
  readonly busyMs?: number;
  /** Remaining time until the model is loaded there, if another request made the endpoint load it. */
  readonly loadingMs?: number;
  /** How long the model that a load would displace has been unused. Absent: nothing is displaced, or it is unknown. */
  readonly displacedIdleMs?: number;
}

/** Expected time until a request could start there, without loading. */
export function expectedWaitMs({ outstanding, queued, maxConcurrent, busyMs, loadingMs = 0 }: EndpointState): number {
  const capacity = maxConcurrent ?? ASSUMED_CONCURRENT;
  const ahead = outstanding + queued + 1 - capacity;
  return loadingMs + (ahead <= 0 ? 0 : ((busyMs ?? ASSUMED_BUSY_MS) * ahead) / capacity);
}

/** Expected time until a request could start there, if the endpoint has to load the model. */
export function expectedLoadMs(state: EndpointState): number {
  return expectedWaitMs(state) + (state.loadMs ?? ASSUMED_LOAD_MS);
}

/** Outstanding work, by capacity. */
export function relativeLoad({ outstanding, queued, weight }: EndpointState): number {
  return (outstanding + queued) / weight;
}

export function isIdle({ outstanding, queued }: EndpointState): boolean {
  return outstanding + queued === 0;
}

/** Whether a request would have to wait there. */
export function isBusy({ outstanding, queued, maxConcurrent }: EndpointState): boolean {
  return outstanding + queued >= (maxConcurrent ?? ASSUMED_CONCURRENT);
}

/** What Ollama runs at once by default. */
const ASSUMED_CONCURRENT = 1;
/** Before any request was measured. */
const ASSUMED_BUSY_MS = 5_000;
/** Before any load was measured: a model of 8 billion parameters from a fast disk. */
const ASSUMED_LOAD_MS = 10_000;
