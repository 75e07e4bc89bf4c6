import type { TargetReason } from '@openclaw/model-selection';
import { listRunningModels, OllamaDiscoveryError } from '@openclaw/ollama-discovery';
import type { DiscoveryFetch } from '@openclaw/ollama-discovery';
import type { ProviderSetup } from '../provider-setup.ts';
import { createModelResidency } from './model-residency.ts';
import type { ListedModel, ModelResidency } from './model-residency.ts';

/** What is known and counted of one endpoint. */
export interface EndpointRecord {
  readonly residency: ModelResidency;
  /** The models that its server last listed as loaded; `undefined` if it does not report them. */
  listed(): readonly ListedModel[] | undefined;
  /** Asks the server what it has loaded, unless that was done lately. */
  refresh(setup: ProviderSetup): Promise<void> | undefined;
  /** How often it was chosen, by reason. */
  readonly choices: Map<TargetReason, number>;
  /** How often it was chosen because the model is loaded there and would have had to be loaded elsewhere. */
  reloadsAvoided: number;
  /** How often a request made it load a model. */
  loads: number;
}

export interface EndpointRecordOptions {
  readonly fetch: DiscoveryFetch;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Cancels the requests to the servers. */
  readonly signal: AbortSignal;
}

/** Maximum age of the list of loaded models before it is requested again. */
const MAX_AGE_MS = 3000;
const REQUEST_TIMEOUT_MS = 2000;

/** Creates the record of an endpoint of which nothing is known. */
export function createEndpointRecord({ fetch, now, signal }: EndpointRecordOptions): EndpointRecord {
  const residency = createModelResidency({ now });
  let listed: readonly ListedModel[] | undefined;
  let askedAt = -Infinity;
  let asking: Promise<void> | undefined;

  async function ask({ nativeUrl: baseUrl, apiKey, headers }: ProviderSetup): Promise<void> {
    try {
      listed = await listRunningModels({
        baseUrl,
        apiKey,
        headers,
        fetch,
        signal,
        requestTimeoutMs: REQUEST_TIMEOUT_MS,
      });
      residency.update(listed);
    } catch (error) {
      if (!(error instanceof OllamaDiscoveryError)) throw error;
      // An unreachable server reports nothing. Its circuit decides whether it is used.
      listed = undefined;
    } finally {
      asking = undefined;
      askedAt = now();
    }
  }

  return {
    residency,
    listed: () => listed,
    refresh(setup) {
      if (setup.server !== 'ollama' || now() - askedAt < MAX_AGE_MS) return undefined;
      return (asking ??= ask(setup));
    },
    choices: new Map(),
    reloadsAvoided: 0,
    loads: 0,
  };
}
