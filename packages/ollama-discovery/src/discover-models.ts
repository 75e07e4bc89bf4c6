import { discoveredModel } from './discovered-model.ts';
import type { DiscoveredModel } from './discovered-model.ts';
import type { CachedModel, CachedModels, DiscoveryCache } from './discovery-cache.ts';
import type { DiscoveryFetch } from './discovery-fetch.ts';
import { listTaggedModels } from './list-tagged-models.ts';
import { loadModelDetails } from './load-model-details.ts';
import type { ModelDetails } from './model-details.ts';
import type { OllamaApiOptions } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import { resolveOllamaBaseUrl } from './resolve-ollama-base-url.ts';
import type { TaggedModel } from './tagged-model.ts';

export interface DiscoverModelsOptions {
  /** With or without `/v1`, as `resolveOllamaBaseUrl` reads it. @default http://127.0.0.1:11434 */
  readonly baseUrl?: string | undefined;
  /** Sent as a bearer token to this server only. */
  readonly apiKey?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @default globalThis.fetch */
  readonly fetch?: DiscoveryFetch | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long the whole discovery may take; models not described by then are hidden with that reason. @default 20000 */
  readonly timeoutMs?: number | undefined;
  /** How long one request may take. @default 5000 */
  readonly requestTimeoutMs?: number | undefined;
  /** Maximum number of concurrent `/api/show` requests. @default 8 */
  readonly concurrency?: number | undefined;
  /** Cache of model details. @default no cache */
  readonly cache?: DiscoveryCache | undefined;
  /** Maximum age of cache entries. A newer Ollama may report more capabilities of the same model. @default one day */
  readonly cacheMaxAgeMs?: number | undefined;
  /** Milliseconds since 1970, because the cache may be persistent. @default Date.now */
  readonly now?: (() => number) | undefined;
}

/** The models of a server. Both lists keep the server's order, newest model first. */
export interface Discovery {
  /** The server's native base URL. */
  readonly baseUrl: string;
  /** Models that support tools. */
  readonly models: readonly DiscoveredModel[];
  /** Models that are not offered. */
  readonly hidden: readonly HiddenModel[];
  /** Why the cache could not be read or written. Discovery works without it. */
  readonly cacheProblem?: unknown;
}

/** A model that is not offered, and why. */
export interface HiddenModel {
  readonly name: string;
  readonly reason: HiddenReason;
  /** The reason, for people, with what to do next. */
  readonly message: string;
  /** The model; absent for `details-unavailable`. */
  readonly model?: DiscoveredModel;
}

/** It is an embedding model; it does not support tools; its details could not be loaded. */
export type HiddenReason = 'embedding-only' | 'no-tools' | 'details-unavailable';

/**
 * Discovers the models of an Ollama server and their capabilities: requests `/api/tags` once, and `/api/show` for each
 * model that is not cached. If `/api/show` fails for a model, it is hidden with that reason and requested again next
 * time.
 * @throws {OllamaDiscoveryError} if the list cannot be loaded
 */
export async function discoverModels({
  baseUrl,
  apiKey,
  headers,
  fetch = globalThis.fetch,
  signal,
  timeoutMs = 20_000,
  requestTimeoutMs = 5000,
  concurrency = 8,
  cache,
  cacheMaxAgeMs = 24 * 60 * 60 * 1000,
  now = Date.now,
}: DiscoverModelsOptions = {}): Promise<Discovery> {
  const { nativeUrl } = resolveOllamaBaseUrl({ baseUrl });
  const api: OllamaApiOptions = { nativeUrl, apiKey, headers, fetch, signal, requestTimeoutMs };
  const [tagged, remembered] = await Promise.all([listTaggedModels(api), loadCache(cache, nativeUrl)]);

  const known = new Map(
    tagged.flatMap((model): [string, CachedModel][] => {
      const entry = remembered.models.get(model.digest);
      return entry !== undefined && isStillTrue(entry, model, { ageMs: now() - entry.savedAt, maxAgeMs: cacheMaxAgeMs })
        ? [[model.digest, entry]]
        : [];
    }),
  );
  const unknown = tagged.filter((model) => !known.has(model.digest) && !isRuledOut(model));
  const loaded = await loadModelDetails(unknown, { api, concurrency, timeoutMs, signal });
  for (const [model, details] of loaded) {
    if (!(details instanceof OllamaDiscoveryError) && model.digest !== '')
      known.set(model.digest, { details, savedAt: now() });
  }
  const cacheProblem =
    remembered.problem ?? (unknown.length > 0 ? await saveCache(cache, { nativeUrl, known }) : undefined);

  const sorted = tagged.map((model) =>
    sortModel(model, loaded.get(model) ?? known.get(model.digest)?.details ?? tagsOnly(model)),
  );
  return {
    baseUrl: nativeUrl,
    models: sorted.flatMap(({ offered }) => offered ?? []),
    hidden: sorted.flatMap(({ hidden }) => hidden ?? []),
    ...(cacheProblem !== undefined && { cacheProblem }),
  };
}

/**
 * Ollama ≥ 0.30 includes capabilities in the list. If they differ from the cached ones, the cache entry is outdated.
 */
function isStillTrue(
  { details }: CachedModel,
  { capabilities }: TaggedModel,
  { ageMs, maxAgeMs }: { ageMs: number; maxAgeMs: number },
): boolean {
  // An entry from the future was saved while the clock was wrong, and would stay valid for too long.
  return (
    ageMs >= 0 && ageMs <= maxAgeMs && (capabilities === undefined || isSameSet(capabilities, details.capabilities))
  );
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((item) => others.includes(item));
}

/** If the list reports that a model has no tools, no details are needed. */
function isRuledOut({ capabilities }: TaggedModel): boolean {
  return capabilities !== undefined && !capabilities.includes('tools');
}

function tagsOnly({ capabilities = [] }: TaggedModel): ModelDetails {
  return { capabilities, capabilitiesSource: 'reported' };
}

interface SortedModel {
  readonly offered?: DiscoveredModel;
  readonly hidden?: HiddenModel;
}

function sortModel(tagged: TaggedModel, details: ModelDetails | OllamaDiscoveryError): SortedModel {
  const { name } = tagged;
  if (details instanceof OllamaDiscoveryError) {
    const message = `${name} is hidden because its capabilities could not be loaded: ${details.message}`;
    return { hidden: { name, reason: 'details-unavailable', message } };
  }
  const model = discoveredModel(tagged, details);
  if (model.tools) return { offered: model };
  if (model.capabilities.includes('embedding')) {
    const message = `${name} is an embedding model. Pull a model with tools, for example "ollama pull gpt-oss:20b".`;
    return { hidden: { name, reason: 'embedding-only', message, model } };
  }
  const message = `${name} does not report tools. Pull a model with tools, or list it in the configuration to use it without tools.`;
  return { hidden: { name, reason: 'no-tools', message, model } };
}

interface RememberedModels {
  readonly models: CachedModels;
  readonly problem?: unknown;
}

async function loadCache(cache: DiscoveryCache | undefined, endpoint: string): Promise<RememberedModels> {
  try {
    return { models: (await cache?.load(endpoint)) ?? new Map() };
  } catch (problem) {
    return { models: new Map(), problem };
  }
}

async function saveCache(
  cache: DiscoveryCache | undefined,
  { nativeUrl, known }: { nativeUrl: string; known: CachedModels },
): Promise<unknown> {
  try {
    await cache?.save(nativeUrl, known);
    return undefined;
  } catch (problem) {
    return problem;
  }
}
