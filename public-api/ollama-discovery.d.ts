/** What `/api/show` says of a model, as far as it matters to who asks the model. */
interface ModelDetails {
    /** As the server reports them: `completion`, `tools`, `thinking`, `vision`, `embedding`, … An open set. */
    readonly capabilities: readonly string[];
    /** `inferred` for servers before 0.6.4, which report none: read from the template and the model's metadata. */
    readonly capabilitiesSource: 'reported' | 'inferred';
    /** The longest context the model was trained for, in tokens. Absent when the server does not say. */
    readonly contextLength?: number;
    /** `num_ctx` of the Modelfile: the context the server will load the model with, in tokens. */
    readonly numCtx?: number;
    /** Sampling that the Modelfile sets. Ollama's `/v1` replaces what a request leaves out by 1.0 instead. */
    readonly temperature?: number;
    readonly topP?: number;
    /** Where a cloud model really runs (Ollama ≥ 0.12.0): `https://ollama.com:443`. */
    readonly remoteHost?: string;
}

/** A model that a server has, and what it can do. */
interface DiscoveredModel {
    /** As the server lists it, tag included: `gpt-oss:20b`, `llama3.3:latest`. */
    readonly name: string;
    /** sha256 of the model's manifest: equal digests are equal models. */
    readonly digest: string;
    /** As the server reports them; an open set. */
    readonly capabilities: readonly string[];
    /** `inferred` for servers before Ollama 0.6.4, which report none. */
    readonly capabilitiesSource: 'reported' | 'inferred';
    /** Whether it takes tools. */
    readonly tools: boolean;
    /** Whether it reasons before it answers (capability `thinking`). */
    readonly reasoning: boolean;
    readonly input: readonly ('text' | 'image')[];
    /** The longest context the model was trained for, in tokens. The server may load it with less: see `numCtx`. */
    readonly contextWindow: number;
    /** Where `contextWindow` comes from: `/api/show`, `/api/tags` (Ollama ≥ 0.30), or nobody knew. */
    readonly contextWindowSource: 'show' | 'tags' | 'default';
    /** `num_ctx` of the Modelfile, in tokens, when it sets one. */
    readonly numCtx?: number;
    /** Sampling that the Modelfile sets. Ollama's `/v1` replaces what a request leaves out by 1.0 instead. */
    readonly temperature?: number;
    readonly topP?: number;
    /** Ten times the context window: no limit of ours. */
    readonly maxTokens: number;
    /** Per million tokens. Ollama is free. */
    readonly cost: {
        readonly input: 0;
        readonly output: 0;
        readonly cacheRead: 0;
        readonly cacheWrite: 0;
    };
    readonly sizeBytes: number;
    /** In the server's words: `20.9B`. */
    readonly parameterSize?: string;
    readonly family?: string;
    /** Where a cloud model really runs; a local server hands the request on. Absent for models that run on the server itself. */
    readonly remoteHost?: string;
}

/** What one server's models can do, by digest. A digest names content, so what it says stays true wherever the model is found. */
type CachedModels = ReadonlyMap<string, CachedModel>;
interface CachedModel {
    readonly details: ModelDetails;
    /** When the server said so, in milliseconds since 1970. */
    readonly savedAt: number;
}
/** Remembers what `/api/show` answered, so that a list asks only about models that are new. */
interface DiscoveryCache {
    /** What is known of this server's models; an empty map when nothing is. `endpoint` is its native base URL. */
    load(endpoint: string): Promise<CachedModels>;
    /** Replaces what is known of this server's models. */
    save(endpoint: string, models: CachedModels): Promise<void>;
}
interface MemoryDiscoveryCacheOptions {
    /** How many servers are remembered; the one saved longest ago goes first. @default 32 */
    readonly maxEndpoints?: number | undefined;
}
/** A cache that lives as long as the process. */
declare function createMemoryDiscoveryCache({ maxEndpoints }?: MemoryDiscoveryCacheOptions): DiscoveryCache;

/** As much of `fetch` as discovery needs: `globalThis.fetch` is one, and so is a handful of lines over `node:http`. */
type DiscoveryFetch = (url: string, init: DiscoveryFetchInit) => Promise<DiscoveryResponse>;
interface DiscoveryFetchInit {
    readonly method: 'GET' | 'POST';
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly signal: AbortSignal;
    /** A redirect is an answer: it is not followed. */
    readonly redirect: 'manual';
}
interface DiscoveryResponse {
    readonly status: number;
    readonly headers: {
        get(name: string): string | null;
    };
    readonly body: AsyncIterable<Uint8Array> | null;
}

interface DiscoverModelsOptions {
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
    /** How many `/api/show` are on their way at once. @default 8 */
    readonly concurrency?: number | undefined;
    /** What earlier discoveries learned. @default nothing is remembered */
    readonly cache?: DiscoveryCache | undefined;
    /** How long the cache is believed. A newer Ollama may see more in the same model. @default one day */
    readonly cacheMaxAgeMs?: number | undefined;
    /** Milliseconds since 1970, as the cache outlives the process. @default Date.now */
    readonly now?: (() => number) | undefined;
}
/** What a server has. Both lists keep the server's order, newest model first. */
interface Discovery {
    /** The server's native base URL. */
    readonly baseUrl: string;
    /** Models that take tools. */
    readonly models: readonly DiscoveredModel[];
    /** Models that the server has and that are not offered. */
    readonly hidden: readonly HiddenModel[];
    /** Why the cache could not be read or written. Discovery does not need it. */
    readonly cacheProblem?: unknown;
}
/** A model that is not offered, and why. */
interface HiddenModel {
    readonly name: string;
    readonly reason: HiddenReason;
    /** The reason for people, with what to do about it. */
    readonly message: string;
    /** What is known of it; absent for `details-unavailable`. */
    readonly model?: DiscoveredModel;
}
/** It makes embeddings and does not chat; it takes no tools; its server did not say what it can do. */
type HiddenReason = 'embedding-only' | 'no-tools' | 'details-unavailable';
/**
 * Asks an Ollama server which models it has and what they can do: `/api/tags` once, and `/api/show` for each model that the
 * cache does not know. A model whose `/api/show` fails is hidden with that reason and asked again next time.
 * @throws {OllamaDiscoveryError} when the list itself could not be had
 */
declare function discoverModels({ baseUrl, apiKey, headers, fetch, signal, timeoutMs, requestTimeoutMs, concurrency, cache, cacheMaxAgeMs, now, }?: DiscoverModelsOptions): Promise<Discovery>;

/** The parts of a provider's entry in a configuration (`models.providers.ollama`) that decide about discovery. */
interface ExplicitEntry {
    readonly baseUrl?: string | undefined;
    readonly models?: readonly unknown[] | undefined;
    /** Switches discovery on or off, whatever else the entry says. */
    readonly discover?: boolean | undefined;
}
/** What is known of a provider before it is asked for its models. */
interface DiscoveryInputs {
    /** The provider's entry, when the configuration has one. */
    readonly entry?: ExplicitEntry | undefined;
    /** The value of `OLLAMA_API_KEY`. Ollama needs no real key, so any value will do; blanks alone are none. */
    readonly apiKey?: string | undefined;
    /** Whether an auth profile for the provider is stored. @default false */
    readonly hasAuthProfile?: boolean | undefined;
    /** Whether the configuration names one of the provider's models, as `ollama/gpt-oss:20b` does. @default false */
    readonly isReferenced?: boolean | undefined;
}
/** Why discovery is on or off. */
type DiscoveryReason = 
/** On: the entry says `discover: true`. */
'requested'
/** Off: the entry says `discover: false`. */
 | 'switched-off'
/** Off: the entry gives a `baseUrl` or `models`, so models are listed by hand. */
 | 'explicit-entry'
/** On: there is an entry, and it gives neither. */
 | 'entry-without-models' | 'api-key' | 'auth-profile' | 'referenced'
/** Off: there is no entry, no key, no auth profile and no reference. */
 | 'no-credential';
interface DiscoveryPlan {
    /** Whether the server is asked which models it has. */
    readonly enabled: boolean;
    readonly reason: DiscoveryReason;
}
/**
 * Decides whether an Ollama server is asked for its models. Without an entry in the configuration it is when there is a key,
 * an auth profile or a reference to one of its models. An entry with a `baseUrl` or `models` switches discovery off, and
 * `discover` in the entry has the last word.
 */
declare function planDiscovery({ entry, apiKey, hasAuthProfile, isReferenced }: DiscoveryInputs): DiscoveryPlan;

/** A provider's entry (`models.providers.ollama`), as `@openclaw/config` accepts it. */
interface ProviderEntry {
    /** Root of the OpenAI-compatible API: `http://127.0.0.1:11434/v1`. */
    readonly baseUrl: string;
    readonly api: 'openai-completions';
    readonly models: readonly ProviderEntryModel[];
}
/** A model of such an entry. */
type ProviderEntryModel = Pick<DiscoveredModel, 'reasoning' | 'input' | 'contextWindow' | 'maxTokens' | 'cost'> & {
    readonly id: string;
    readonly name: string;
};
/** Turns the offered models of a discovery into an entry that can be edited by hand. Hidden models are left out. */
declare function toProviderEntry({ baseUrl, models }: Discovery): ProviderEntry;

interface OllamaRequestOptions {
    /** With or without `/v1`. @default http://127.0.0.1:11434 */
    readonly baseUrl?: string | undefined;
    readonly apiKey?: string | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    readonly fetch?: DiscoveryFetch | undefined;
    readonly signal?: AbortSignal | undefined;
    /** @default 5000 */
    readonly requestTimeoutMs?: number | undefined;
}
/** A model that is in memory. Up to Ollama 0.24 a model is listed while it still loads; later only when it is ready. */
interface RunningModel {
    readonly name: string;
    readonly digest: string;
    readonly sizeBytes: number;
    /** Less than `sizeBytes`: part of it runs on the CPU. `0`: all of it. */
    readonly vramBytes: number;
    /** The context it was loaded with, in tokens (Ollama ≥ 0.10.0). */
    readonly contextLength?: number;
    /** When the server will let go of it, as the server writes it (RFC 3339). */
    readonly expiresAt?: string;
}
/**
 * Asks an Ollama server which models are in memory (`/api/ps`).
 * @throws {OllamaDiscoveryError} when the server could not be asked
 */
declare function listRunningModels(options?: OllamaRequestOptions): Promise<readonly RunningModel[]>;
/**
 * Asks an Ollama server for the names of all its models (`/api/tags`), whatever they can do.
 * @throws {OllamaDiscoveryError} when the server could not be asked, or is no Ollama
 */
declare function listModelNames(options?: OllamaRequestOptions): Promise<readonly string[]>;
/**
 * Asks an Ollama server for its version: `0.12.6`; source builds say `0.0.0`.
 * @throws {OllamaDiscoveryError} when the server could not be asked, or does not say
 */
declare function loadOllamaVersion(options?: OllamaRequestOptions): Promise<string>;

/** What kind of thing went wrong while asking an Ollama server what it has. */
type OllamaDiscoveryErrorCode = 'aborted' | 'connection-failed' | 'forbidden' | 'invalid-header' | 'invalid-response' | 'invalid-url' | 'not-ollama' | 'server-error' | 'timeout' | 'unauthorized';
/** How a connection failed. */
type DiscoveryConnectionFailure = 'refused' | 'reset' | 'unreachable' | 'dns' | 'tls' | 'closed';
/** What is known of a failure beside its code and message. */
interface OllamaDiscoveryErrorDetails {
    /** The URL that was asked. */
    readonly url?: string | undefined;
    /** HTTP status of the answer, when there was one. */
    readonly status?: number | undefined;
    /** For `connection-failed`: how. */
    readonly connection?: DiscoveryConnectionFailure | undefined;
    /** A command that probably helps, as it would be typed: `ollama serve`. */
    readonly nextCommand?: string | undefined;
    readonly cause?: unknown;
}
/** An Ollama server could not be asked. The message names the URL, what went wrong and what to do next. */
declare class OllamaDiscoveryError extends Error {
    readonly name = "OllamaDiscoveryError";
    readonly code: OllamaDiscoveryErrorCode;
    readonly url: string | undefined;
    readonly status: number | undefined;
    readonly connection: DiscoveryConnectionFailure | undefined;
    readonly nextCommand: string | undefined;
    constructor(code: OllamaDiscoveryErrorCode, message: string, details?: OllamaDiscoveryErrorDetails);
}

interface ResolveOllamaBaseUrlOptions {
    /** The URL from a configuration, with or without `/v1`. It wins over `ollamaHost`. */
    readonly baseUrl?: string | undefined;
    /** The value of `OLLAMA_HOST`. Nothing is read from the environment here. */
    readonly ollamaHost?: string | undefined;
}
/** Where one Ollama server answers. Neither URL ends with a slash. */
interface OllamaBaseUrl {
    /** Root of `/api/…`: `http://127.0.0.1:11434`. */
    readonly nativeUrl: string;
    /** Root of the OpenAI-compatible API: `http://127.0.0.1:11434/v1`. */
    readonly openAiUrl: string;
}
/**
 * Finds where an Ollama server answers, from a configured URL or `OLLAMA_HOST`, read as Ollama's own client reads it
 * (Ollama ≥ 0.18.3): blanks and quotes are trimmed; without a scheme it is `http` and port 11434; `http://host` is port 80 and
 * `https://host` 443; a bad port in `OLLAMA_HOST` means the default one; `0.0.0.0` and `::` mean loopback; a path is kept.
 * A trailing `/v1` or `/api` is the API's and not the server's, and is taken off.
 * @default http://127.0.0.1:11434
 * @throws {OllamaDiscoveryError} `invalid-url` for a scheme other than http and https, credentials in the URL, or no URL at all
 */
declare function resolveOllamaBaseUrl({ baseUrl, ollamaHost }?: ResolveOllamaBaseUrlOptions): OllamaBaseUrl;

export { OllamaDiscoveryError, createMemoryDiscoveryCache, discoverModels, listModelNames, listRunningModels, loadOllamaVersion, planDiscovery, resolveOllamaBaseUrl, toProviderEntry };
export type { CachedModel, CachedModels, DiscoverModelsOptions, DiscoveredModel, Discovery, DiscoveryCache, DiscoveryConnectionFailure, DiscoveryFetch, DiscoveryFetchInit, DiscoveryInputs, DiscoveryPlan, DiscoveryReason, DiscoveryResponse, ExplicitEntry, HiddenModel, HiddenReason, MemoryDiscoveryCacheOptions, ModelDetails, OllamaBaseUrl, OllamaDiscoveryErrorCode, OllamaDiscoveryErrorDetails, OllamaRequestOptions, ProviderEntry, ProviderEntryModel, ResolveOllamaBaseUrlOptions, RunningModel };
