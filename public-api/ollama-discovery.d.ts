import { ConnectionFailure } from '@openclaw/provider';

/** The relevant data of `/api/show`. */
interface ModelDetails {
    /** As the server reports them: `completion`, `tools`, `thinking`, `vision`, `embedding`, … An open set. */
    readonly capabilities: readonly string[];
    /** `inferred` for servers before 0.6.4, which report none: derived from the template and the model's metadata. */
    readonly capabilitiesSource: 'reported' | 'inferred';
    /** The maximum context window of the model, in tokens. Absent if the server does not report it. */
    readonly contextLength?: number;
    /** `num_ctx` of the Modelfile: the context window that the server loads the model with, in tokens. */
    readonly numCtx?: number;
    /**
     * Sampling parameters of the Modelfile. Ollama's `/v1` ignores them and uses 1.0 for parameters that a request omits.
     */
    readonly temperature?: number;
    readonly topP?: number;
    /** Host that runs a cloud model (Ollama ≥ 0.12.0): `https://ollama.com:443`. */
    readonly remoteHost?: string;
    /** The special tokens and tags in the chat template, each once: `[TOOL_CALLS]`, `<tool_call>`. At most 64. */
    readonly templateMarks?: readonly string[];
    /**
     * Whether the template starts each answer inside a `<think>` block that the server does not take for reasoning, so that answers
     * have only its end.
     */
    readonly opensReasoning?: boolean;
}

/** A model of a server, with its capabilities. */
interface DiscoveredModel {
    /** As the server lists it, tag included: `gpt-oss:20b`, `llama3.3:latest`. */
    readonly name: string;
    /** sha256 of the model's manifest: equal digests are equal models. */
    readonly digest: string;
    /** As the server reports them; an open set. */
    readonly capabilities: readonly string[];
    /** `inferred` for servers before Ollama 0.6.4, which report none. */
    readonly capabilitiesSource: 'reported' | 'inferred';
    /** Whether it supports tools. */
    readonly tools: boolean;
    /** Whether it produces reasoning (capability `thinking`). */
    readonly reasoning: boolean;
    readonly input: readonly ('text' | 'image')[];
    /** Maximum tokens of a request and its answer together: the context length of the model, or `num_ctx` of its Modelfile if that is smaller. */
    readonly contextWindow: number;
    /** Source of `contextWindow`: `/api/show`, `/api/tags` (Ollama ≥ 0.30), the Modelfile, or the default if no source reports it. */
    readonly contextWindowSource: 'show' | 'tags' | 'modelfile' | 'default';
    /** The context length that the model was made for, in tokens, if the server reports it. */
    readonly contextLength?: number;
    /** `num_ctx` of the Modelfile, in tokens, if set: the server loads the model with it. */
    readonly numCtx?: number;
    /**
     * Sampling parameters of the Modelfile. Ollama's `/v1` ignores them and uses 1.0 for parameters that a request omits.
     */
    readonly temperature?: number;
    readonly topP?: number;
    /** Ten times the context window, which is no effective limit. */
    readonly maxTokens: number;
    /** Per million tokens. Ollama is free. */
    readonly cost: {
        readonly input: 0;
        readonly output: 0;
        readonly cacheRead: 0;
        readonly cacheWrite: 0;
    };
    readonly sizeBytes: number;
    /** As reported by the server: `20.9B`. */
    readonly parameterSize?: string;
    readonly family?: string;
    readonly families?: readonly string[];
    /** The special tokens and tags in the chat template, each once: `[TOOL_CALLS]`, `<tool_call>`. At most 64. */
    readonly templateMarks?: readonly string[];
    /** Whether answers start inside a `<think>` block of the template that the server does not take for reasoning. */
    readonly opensReasoning?: boolean;
    /** `gguf`. */
    readonly format?: string;
    /** `Q4_K_M`. */
    readonly quantization?: string;
    /** When the model was last changed on its server, in milliseconds since 1970. */
    readonly modifiedAt?: number;
    /**
     * Host that runs a cloud model; the local server forwards requests to it. Absent for models that run on the server
     * itself.
     */
    readonly remoteHost?: string;
}

/**
 * Details of the models of one server, by digest. A digest identifies content, so details stay valid if a model is
 * renamed.
 */
type CachedModels = ReadonlyMap<string, CachedModel>;
interface CachedModel {
    readonly details: ModelDetails;
    /** When the details were loaded, in milliseconds since 1970. */
    readonly savedAt: number;
}
/** Caches responses of `/api/show`, so that a list requests only details of new models. */
interface DiscoveryCache {
    /** Returns the cached models of a server; an empty map if there are none. `endpoint` is its native base URL. */
    load(endpoint: string): Promise<CachedModels>;
    /** Replaces the cached models of a server. */
    save(endpoint: string, models: CachedModels): Promise<void>;
}
interface MemoryDiscoveryCacheOptions {
    /** Maximum number of servers; the one that was saved longest ago is evicted first. @default 32 */
    readonly maxEndpoints?: number | undefined;
}
/** An in-memory cache. */
declare function createMemoryDiscoveryCache({ maxEndpoints }?: MemoryDiscoveryCacheOptions): DiscoveryCache;

/**
 * The part of `fetch` that discovery needs. `globalThis.fetch` implements it; a small adapter over `node:http` can,
 * too.
 */
type DiscoveryFetch = (url: string, init: DiscoveryFetchInit) => Promise<DiscoveryResponse>;
interface DiscoveryFetchInit {
    readonly method: 'GET' | 'POST' | 'DELETE';
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly signal: AbortSignal;
    /** Redirects are returned, not followed. */
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
interface Discovery {
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
interface HiddenModel {
    readonly name: string;
    readonly reason: HiddenReason;
    /** The reason, for people, with what to do next. */
    readonly message: string;
    /** The model; absent for `details-unavailable`. */
    readonly model?: DiscoveredModel;
}
/** It is an embedding model; it does not support tools; its details could not be loaded. */
type HiddenReason = 'embedding-only' | 'no-tools' | 'details-unavailable';
/**
 * Discovers the models of an Ollama server and their capabilities: requests `/api/tags` once, and `/api/show` for each
 * model that is not cached. If `/api/show` fails for a model, it is hidden with that reason and requested again next
 * time.
 * @throws {OllamaDiscoveryError} if the list cannot be loaded
 */
declare function discoverModels({ baseUrl, apiKey, headers, fetch, signal, timeoutMs, requestTimeoutMs, concurrency, cache, cacheMaxAgeMs, now, }?: DiscoverModelsOptions): Promise<Discovery>;

/** The parts of a provider's entry in a configuration (`models.providers.ollama`) that decide about discovery. */
interface ExplicitEntry {
    readonly baseUrl?: string | undefined;
    readonly models?: readonly unknown[] | undefined;
    /** Enables or disables discovery, regardless of the other fields. */
    readonly discover?: boolean | undefined;
}
/** The inputs of the decision. */
interface DiscoveryInputs {
    /** The provider's entry, if the configuration has one. */
    readonly entry?: ExplicitEntry | undefined;
    /**
     * The value of `OLLAMA_API_KEY`. Ollama needs no real key, so any value enables discovery; a blank value counts as
     * absent.
     */
    readonly apiKey?: string | undefined;
    /** Whether an auth profile for the provider is stored. @default false */
    readonly hasAuthProfile?: boolean | undefined;
    /** Whether the configuration names one of the provider's models, as `ollama/gpt-oss:20b` does. @default false */
    readonly isReferenced?: boolean | undefined;
}
/** Why discovery is on or off. */
type DiscoveryReason = 
/** On: the entry has `discover: true`. */
'requested'
/** Off: the entry has `discover: false`. */
 | 'switched-off'
/** Off: the entry has a `baseUrl` or `models`, so its models are listed explicitly. */
 | 'explicit-entry'
/** On: the entry has neither. */
 | 'entry-without-models' | 'api-key' | 'auth-profile' | 'referenced'
/** Off: there is no entry, no key, no auth profile and no reference. */
 | 'no-credential';
interface DiscoveryPlan {
    /** Whether models are discovered. */
    readonly enabled: boolean;
    readonly reason: DiscoveryReason;
}
/**
 * Decides whether the models of an Ollama server are discovered. Without an entry in the configuration, a key, an auth
 * profile or a reference to one of its models enables discovery. An entry with a `baseUrl` or `models` disables it.
 * `discover` in the entry overrides everything else.
 */
declare function planDiscovery({ entry, apiKey, hasAuthProfile, isReferenced }: DiscoveryInputs): DiscoveryPlan;

/** A provider's entry (`models.providers.ollama`), as `@openclaw/config` accepts it. */
interface ProviderEntry {
    /** Root of the OpenAI-compatible API: `http://127.0.0.1:11434/v1`. */
    readonly baseUrl: string;
    /** Ollama's own API: only it can set the context length. */
    readonly api: 'ollama';
    readonly models: readonly ProviderEntryModel[];
}
/** A model of such an entry. */
type ProviderEntryModel = Pick<DiscoveredModel, 'reasoning' | 'input' | 'contextWindow' | 'maxTokens' | 'cost'> & {
    readonly id: string;
    readonly name: string;
};
/** Converts the offered models of a discovery to an entry that can be edited by hand. Hidden models are omitted. */
declare function toProviderEntry({ baseUrl, models }: Discovery): ProviderEntry;

/** What a single request to an Ollama server needs. */
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

/** A model in memory. Ollama up to 0.24 also lists models that are loading; later releases list only loaded models. */
interface RunningModel {
    readonly name: string;
    readonly digest: string;
    readonly sizeBytes: number;
    /** Less than `sizeBytes`: part of it runs on the CPU. `0`: all of it. */
    readonly vramBytes: number;
    /** The context window that it was loaded with, in tokens (Ollama ≥ 0.10.0). */
    readonly contextLength?: number;
    /** When the server will unload it, as reported by the server (RFC 3339). */
    readonly expiresAt?: string;
}
/**
 * Lists the models that an Ollama server has in memory (`/api/ps`).
 * @throws {OllamaDiscoveryError} if the request fails
 */
declare function listRunningModels(options?: OllamaRequestOptions): Promise<readonly RunningModel[]>;
/**
 * Lists the names of all models of an Ollama server (`/api/tags`), regardless of their capabilities.
 * @throws {OllamaDiscoveryError} if the request fails, or the server is not Ollama
 */
declare function listModelNames(options?: OllamaRequestOptions): Promise<readonly string[]>;
/**
 * Loads the version of an Ollama server: `0.12.6`; builds from source report `0.0.0`.
 * @throws {OllamaDiscoveryError} if the request fails, or the server reports no version
 */
declare function loadOllamaVersion(options?: OllamaRequestOptions): Promise<string>;

/** A request to one model. */
interface ModelRequest extends OllamaRequestOptions {
    readonly model: string;
}
/**
 * Unloads a model. This also frees a slot that Ollama 0.12.0 to 0.32.14 sometimes leaves taken after an error of its tool call parser:
 * every further request to the model waits for ever.
 * @throws {OllamaDiscoveryError} if the request fails
 */
declare function unloadModel({ model, ...options }: ModelRequest): Promise<void>;
/**
 * Whether a loaded model responds in time to a request for one token. `false`: it is busy with other requests, or its slot is stuck.
 * Any response counts, also an error. `contextLength` is what it is loaded with: another value would make the server load it again.
 * @throws {OllamaDiscoveryError} if the server cannot be reached
 */
declare function isModelResponding({ model, contextLength, ...options }: ModelRequest & {
    readonly contextLength?: number | undefined;
}): Promise<boolean>;

/**
 * Deletes a model from a server (`/api/delete`).
 * @throws {OllamaDiscoveryError} if the request fails, or the server does not have the model
 */
declare function deleteModel({ model, ...options }: ModelRequest): Promise<void>;

/** A model with what its server says about its files. */
interface DescribedModel extends DiscoveredModel {
    /** As the server reports it: `Q4_K_M`. */
    readonly quantization?: string;
    /** Parameters of the Modelfile, one per line. */
    readonly parameters?: string;
    /** System instructions of the Modelfile. */
    readonly system?: string;
    readonly license?: string;
}
/**
 * Describes one model of a server (`/api/show`, and its size from `/api/tags`).
 * @throws {OllamaDiscoveryError} if a request fails, or the server does not have the model
 */
declare function describeModel({ model, ...options }: ModelRequest): Promise<DescribedModel>;

/** A step of a download, as the server reports it. */
interface PullProgress {
    /** In the server's words: `pulling manifest`, `pulling 6a0746a1ec1a`, `verifying sha256 digest`, `success`. */
    readonly status: string;
    /** The part that is being downloaded. */
    readonly digest?: string;
    /** Size of the part, in bytes. */
    readonly totalBytes?: number;
    /** How much of the part the server has, including what earlier downloads left. */
    readonly completedBytes?: number;
}
interface PullRequest extends ModelRequest {
    /** Whether the registry may be one without TLS, or with a certificate that the server does not trust. @default false */
    readonly insecure?: boolean | undefined;
}
/**
 * Makes a server download a model (`/api/pull`). If the request is aborted, the server stops, keeps what it has, and the
 * next download of the model continues there.
 * @throws {OllamaDiscoveryError} if the request fails, the server reports an error, or the connection closes too early
 */
declare function pullModel({ model, insecure, ...options }: PullRequest): AsyncGenerator<PullProgress>;

/**
 * Whether a release of Ollama (`0.12.6`, `0.13.0-rc1`) is at least as new as another. `undefined` if that is not known: builds from
 * source report `0.0.0`.
 */
declare function isReleaseAtLeast(version: string | undefined, other: string): boolean | undefined;
/**
 * The context length in tokens that a release loads a model with when nothing sets one: neither the request, nor the Modelfile, nor
 * `OLLAMA_CONTEXT_LENGTH`. From 0.15.5 on it is larger with much video memory, so it is a lower bound there.
 */
declare function defaultContextLength(version: string | undefined): number;

/** Error codes of requests to an Ollama server. */
type OllamaDiscoveryErrorCode = 'aborted' | 'connection-failed' | 'forbidden' | 'invalid-header' | 'invalid-response' | 'invalid-url' | 'not-ollama' | 'server-error' | 'timeout' | 'unauthorized';
/** Details of a failure. */
interface OllamaDiscoveryErrorDetails {
    /** The requested URL. */
    readonly url?: string | undefined;
    /** HTTP status, if there was a response. */
    readonly status?: number | undefined;
    /** For `connection-failed`: the kind. */
    readonly connection?: ConnectionFailure | undefined;
    /** A command that probably helps: `ollama serve`. */
    readonly nextCommand?: string | undefined;
    readonly cause?: unknown;
}
/** A request to an Ollama server failed. The message names the URL, the failure and what to do next. */
declare class OllamaDiscoveryError extends Error {
    readonly name = "OllamaDiscoveryError";
    readonly code: OllamaDiscoveryErrorCode;
    readonly url: string | undefined;
    readonly status: number | undefined;
    readonly connection: ConnectionFailure | undefined;
    readonly nextCommand: string | undefined;
    constructor(code: OllamaDiscoveryErrorCode, message: string, details?: OllamaDiscoveryErrorDetails);
}

interface ResolveOllamaBaseUrlOptions {
    /** The URL from a configuration, with or without `/v1`. It overrides `ollamaHost`. */
    readonly baseUrl?: string | undefined;
    /** The value of `OLLAMA_HOST`. Nothing is read from the environment here. */
    readonly ollamaHost?: string | undefined;
}
/** The URLs of an Ollama server. Neither ends with a slash. */
interface OllamaBaseUrl {
    /** Root of `/api/…`: `http://127.0.0.1:11434`. */
    readonly nativeUrl: string;
    /** Root of the OpenAI-compatible API: `http://127.0.0.1:11434/v1`. */
    readonly openAiUrl: string;
}
/**
 * Resolves the URLs of an Ollama server from a configured URL or `OLLAMA_HOST`, as Ollama's client does (Ollama ≥
 * 0.18.3): white space and quotes are trimmed; without a scheme it is `http` and port 11434; `http://host` is port 80
 * and `https://host` 443; a bad port in `OLLAMA_HOST` means the default one; `0.0.0.0` and `::` mean loopback; a path
 * is kept. A trailing `/v1` or `/api` is removed.
 * @default http://127.0.0.1:11434
 * @throws {OllamaDiscoveryError} `invalid-url` for a scheme other than http and https, credentials in the URL, or no
 * URL at all
 */
declare function resolveOllamaBaseUrl({ baseUrl, ollamaHost }?: ResolveOllamaBaseUrlOptions): OllamaBaseUrl;

export { OllamaDiscoveryError, createMemoryDiscoveryCache, defaultContextLength, deleteModel, describeModel, discoverModels, isModelResponding, isReleaseAtLeast, listModelNames, listRunningModels, loadOllamaVersion, planDiscovery, pullModel, resolveOllamaBaseUrl, toProviderEntry, unloadModel };
export type { CachedModel, CachedModels, DescribedModel, DiscoverModelsOptions, DiscoveredModel, Discovery, DiscoveryCache, DiscoveryFetch, DiscoveryFetchInit, DiscoveryInputs, DiscoveryPlan, DiscoveryReason, DiscoveryResponse, ExplicitEntry, HiddenModel, HiddenReason, MemoryDiscoveryCacheOptions, ModelDetails, ModelRequest, OllamaBaseUrl, OllamaDiscoveryErrorCode, OllamaDiscoveryErrorDetails, OllamaRequestOptions, ProviderEntry, ProviderEntryModel, PullProgress, PullRequest, ResolveOllamaBaseUrlOptions, RunningModel };
