import { Attempt, ProviderError, StreamEvent, ProviderErrorCode, EventStream } from '@openclaw/provider';

/** A model and its properties. */
interface CatalogModel {
    /** Full reference, `ollama/gpt-oss:20b`. */
    readonly ref: string;
    /** Id of the provider, in lower case: `ollama`. */
    readonly provider: string;
    /** The provider's name of the model: `gpt-oss:20b`. */
    readonly model: string;
    /** A display name. */
    readonly name: string;
    /** The base URL of its server; of the first one if there are several `targets`. */
    readonly endpoint: string;
    /** The configured name of the endpoint, if its provider has several. */
    readonly endpointName?: string;
    /**
     * The model at each endpoint that has it, if there are at least two, in the order of the configuration. The other
     * fields are then what all of them have in common.
     */
    readonly targets?: readonly Target[];
    /** Accepted input. Unknown for the source `assumed`: a request with images is sent. */
    readonly input: readonly ('text' | 'image')[];
    /** Whether it calls tools; `undefined` if unknown. */
    readonly tools: boolean | undefined;
    readonly reasoning: boolean;
    /** Maximum tokens of a request and its answer together. */
    readonly contextWindow: number;
    /** The context length that the model was made for, if it is known and larger than `contextWindow`. */
    readonly contextLength?: number;
    /** Maximum tokens of an answer. */
    readonly maxTokens: number;
    /** Price of a million tokens. */
    readonly cost: ModelCost;
    /** Whether the endpoint is on this machine or network. With `remoteHost` the model itself runs elsewhere. */
    readonly local: boolean;
    /** The host to which the server forwards requests for this model. */
    readonly remoteHost?: string;
    /** When it was last changed on its server, in milliseconds since 1970, if the server reports it. */
    readonly modifiedAt?: number;
    /** `assumed`: a name was given while the provider's list was not available. */
    readonly source: 'configured' | 'discovered' | 'assumed';
    readonly aliases: readonly string[];
}
/** A model at one of the endpoints of its provider, with what it can do there. */
interface Target extends CatalogModel {
    readonly endpointName: string;
}
/** Prices of a million tokens. */
interface ModelCost {
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
}
/** Properties of all models of a provider. */
interface CatalogProvider {
    /** The id in references: `ollama`. */
    readonly id: string;
    /**
     * For servers that tag models like Ollama: the tag of a name without one (`latest`). Names of such a provider are
     * also compared without case. Requests use the listed spelling.
     */
    readonly defaultTag?: string | undefined;
    /**
     * Creates an entry for a model that is not listed. Set it while the provider's list is not available, so that the
     * request is sent anyway. Omit it if the list is complete. It returns `undefined` for a model that must not be used.
     */
    readonly assume?: ((model: string) => CatalogModel | undefined) | undefined;
    /** Shell commands for messages. */
    readonly commands?: ProviderCommands | undefined;
}
/** Shell commands that repair a provider, for messages. */
interface ProviderCommands {
    /** Starts the server: `ollama serve`. */
    readonly start?: string | undefined;
    /** Downloads a model; its name is appended: `ollama pull`. */
    readonly pull?: string | undefined;
}

/** A failed attempt, with the data to describe it. */
interface FailedAttempt {
    readonly attempt: Attempt;
    /** Absent if no request was sent: the model is unknown, lacks a capability, or its circuit is open. */
    readonly error?: ProviderError;
    readonly model?: CatalogModel;
    readonly commands?: ProviderCommands | undefined;
}
/** Returns a sentence with the next step after a failed attempt; `undefined` for none. */
type AdviseAttempt = (failed: FailedAttempt) => string | undefined;
/**
 * Describes every attempt with its URL and its cause, one per line; equal failures share a line.
 *
 * @param options.advise Its sentence ends the line. @default no advice
 */
declare function describeAttempts(failed: readonly FailedAttempt[], { advise }?: {
    readonly advise?: AdviseAttempt | undefined;
}): string;

/**
 * No model could answer. Code and details are those of the most important failure, which is the `cause`. The message
 * lists every attempt with URL and cause.
 */
declare class AllCandidatesFailedError extends ProviderError {
    /** All attempts in their order. */
    readonly attempts: readonly Attempt[];
    /**
     * The attempts with their errors and models, for `describeAttempts`. Not enumerable: JSON has `attempts` and
     * `cause`.
     */
    readonly failures: readonly FailedAttempt[];
    constructor(failed: readonly FailedAttempt[]);
}

/** How far a request is. `content`: the model has begun to answer, although nothing of it may be delivered yet. */
type RequestProgress = 'queued' | 'sent' | 'content';
/** Asks a model. Its answer is pulled, never pushed. */
type Ask = (model: CatalogModel, options: AskOptions) => AsyncIterable<StreamEvent>;
/** Options of one request to one model. */
interface AskOptions {
    readonly signal: AbortSignal;
    /**
     * Reports what the first-event limit needs to know: that the request waits in a queue, that it was sent, that content
     * has arrived which is held back. Without a report the request counts as sent at once.
     */
    readonly report: (progress: RequestProgress) => void;
}

/** Runs a task once after a delay. @returns a function that cancels it */
type Schedule = (task: () => void, delayMs: number) => () => void;
/** Uses the timers of the process. */
declare const scheduleWithTimeout: Schedule;

/** How long a candidate may take to its first content, in milliseconds, by what its server reports about the model. */
interface FirstContentLimits {
    /** If the server reports nothing. */
    readonly limitMs: number;
    /** While the server is loading the model. @default limitMs */
    readonly loadingMs?: number | undefined;
    /** While the model is in the memory of its server. @default limitMs */
    readonly loadedMs?: number | undefined;
}
/** Returns whether a server is loading a model, so that it is not in memory yet. */
type IsLoading = (model: CatalogModel, options: {
    readonly signal: AbortSignal;
}) => Promise<boolean>;

/** What is known of an endpoint when a target is chosen. A snapshot: nothing in it changes while it is read. */
interface EndpointState {
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
    readonly loaded?: {
        readonly contextLength?: number;
    };
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

/** The endpoints of a model, and what is known of the request. */
interface TargetQuery {
    readonly endpoints: readonly EndpointState[];
    /** Key of the session or of the conversation's head. */
    readonly affinityKey?: string;
    /** The endpoint that served this key last. */
    readonly lastServed?: string;
    /** Context length that the request needs, in tokens. */
    readonly neededContext?: number;
    /** Returns a number from 0 up to, but not including, 1. */
    readonly random: () => number;
}
/**
 * Why an endpoint was chosen. `only`: there is no other. `probe`: its circuit is half-open. `affinity`: it served the
 * session, or its key belongs there. `loaded`: it has the model loaded, others would have to load it. `least-busy`: it has
 * the least outstanding work. `load`: it has to load the model, which is faster than waiting for another. `last-resort`: the
 * circuits of all endpoints are open.
 */
type TargetReason = 'only' | 'probe' | 'affinity' | 'loaded' | 'least-busy' | 'load' | 'last-resort';
interface TargetChoice {
    readonly endpoint: string;
    readonly reason: TargetReason;
}
/**
 * Chooses the endpoint for a request. Pure: the same query and random numbers give the same choice.
 *
 * An endpoint whose circuit is half-open gets one request as its probe. Otherwise endpoints with a closed circuit come first,
 * then those that can answer without loading the model with a sufficient context, unless the request would wait there
 * longer than loading elsewhere takes. Among these, the endpoint that served the session is preferred, or the one that its
 * key belongs to, while its load is bounded, and never if it is busy and another one is idle. Without such a preference,
 * the least busy one is chosen.
 *
 * @returns `undefined` if there is no endpoint
 */
declare function chooseTarget(query: TargetQuery): TargetChoice | undefined;

/**
 * The right to send one request. Call the method that matches the outcome. A failure may follow a success when an
 * answer breaks off, and a success may follow a release when the answer arrives late.
 */
interface Permit {
    /** Whether this request is the probe of an open circuit. */
    readonly probe: boolean;
    /** For a probe: `false` if another process probes already. The permit is used up then. */
    confirm(): true | Promise<boolean>;
    /** The model answered: both circuits close. */
    succeed(): void;
    /** The request failed; `FALLBACK_POLICY` decides which circuit opens. */
    fail(error: ProviderError): void;
    /** The model is loading: until it answers, other requests use the next candidate. Does not count as a failure. */
    markLoading(reason: ProviderError): void;
    /** The outcome is unknown; the next request may probe. */
    release(): void;
}

/** A circuit that is not closed. Times are milliseconds of the breaker's clock. */
interface CircuitRecord {
    readonly endpoint: string;
    /** Full reference, for the circuit of a model; absent for that of an endpoint. */
    readonly model?: string;
    /** Consecutive failures, of which only probes count while it is open; 0 while a model is loading. */
    readonly failures: number;
    readonly openedAt: number;
    /** When a request may probe it. */
    readonly retryAt: number;
    readonly code: ProviderErrorCode;
    readonly message: string;
    /** The end of the lease of a probe. Absent if there is no probe. */
    readonly probeUntil?: number;
}
/**
 * Stores circuits. Synchronous, so that claiming a probe is atomic. A store that several processes share needs a
 * transaction (`node:sqlite`) or a lock for that. A store that fails should lose records rather than throw.
 */
interface CircuitStore {
    entries(): readonly CircuitRecord[];
    /**
     * Replaces the record of a key with the result of `change`, atomically. `undefined` is a closed circuit.
     *
     * @param key The endpoint, followed by a space and the model for the circuit of a model.
     */
    update(key: string, change: (record: CircuitRecord | undefined) => CircuitRecord | undefined): void;
    /**
     * For a store that is synchronous only within this process: whether the probe that `update` has just claimed is the
     * only one of all processes. If not, the store has the record of the other one.
     */
    confirmProbe?(key: string): true | Promise<boolean>;
}
/**
 * Stores circuits in the memory of this process.
 *
 * @param options.maxRecords At the bound the oldest record is dropped, which closes its circuit. @default 1000
 */
declare function createMemoryCircuitStore({ maxRecords }?: {
    maxRecords?: number;
}): CircuitStore;

/** The current status of a circuit that is not closed. */
interface CircuitStatus {
    readonly scope: 'endpoint' | 'model';
    readonly endpoint: string;
    /** Full reference; only for scope `model`. */
    readonly model?: string;
    /** `open`: other candidates come first. `probe-due`: the next request probes. `probing`: a request is probing. */
    readonly state: 'open' | 'probe-due' | 'probing';
    /** Consecutive; 0 while a model is loading. */
    readonly failures: number;
    /** The last failure. */
    readonly code: ProviderErrorCode;
    readonly message: string;
    /** When it opened, in milliseconds of the breaker's clock. */
    readonly openedAt: number;
    /** Time until a request may probe; 0 if one may, or does. */
    readonly retryInMs: number;
}
/** A model at an endpoint. */
interface CircuitTarget {
    readonly endpoint: string;
    /** Full reference. */
    readonly ref: string;
}
/** Records failures, so that the next request tries other candidates first. */
interface CircuitBreaker {
    /** Circuits that are not closed. */
    status(): readonly CircuitStatus[];
    /** Returns a permit to send a request, or `undefined` while a circuit is open. */
    tryAcquire(target: CircuitTarget): Permit | undefined;
    /** Returns a permit even if a circuit is open, for the last candidate. It is the probe if one is due. */
    forceAcquire(target: CircuitTarget): Permit;
    /** Closes the circuits of an endpoint and of its models, for instance after a change of its configuration. */
    forget(endpoint: string): void;
}
interface CircuitBreakerOptions {
    /**
     * Monotonic milliseconds, so that a change of the wall clock neither freezes nor closes a circuit. A store that
     * several processes share needs a clock that they share. @default performance.now
     */
    readonly now?: (() => number) | undefined;
    readonly store?: CircuitStore | undefined;
    /**
     * The longest backoff, in milliseconds, or a function that returns it. The backoff starts with 2 s, and doubles with
     * each probe that fails; each is shortened by up to half, by chance. @default 30_000
     */
    readonly maxBackoffMs?: number | (() => number) | undefined;
    /** From 0 up to 1, for jitter. @default Math.random */
    readonly random?: (() => number) | undefined;
    /** How long a probe excludes others, in case its process died. @default 600_000 */
    readonly probeLeaseMs?: number | undefined;
}
/**
 * Creates a circuit breaker. A failure opens the circuit of the model, or of the whole endpoint if the connection
 * failed. After the backoff one request probes while the others use the next candidate. `Retry-After` of a server
 * replaces the backoff, up to 5 min.
 */
declare function createCircuitBreaker({ now, store, maxBackoffMs, random, probeLeaseMs, }?: CircuitBreakerOptions): CircuitBreaker;

/** What follows a failure before the first content of an answer. */
interface FallbackRule {
    /**
     * The next attempt: the next candidate; none; the next candidate with the missing capability (none if the failure
     * names no capability); the next candidate with a larger context window.
     */
    readonly next: 'candidate' | 'none' | 'other-capability' | 'larger-window';
    /** Whether the last candidate is retried, a bounded number of times. */
    readonly retryLast: boolean;
    /** The circuit that it opens: of the whole endpoint, of the model, or none if the request is at fault. */
    readonly opens: 'endpoint' | 'model' | 'nothing';
}
/**
 * The rule of each code. `fallbackRule` refines those of `connection-failed` for broken connections, of `timeout`
 * for the connect timeout, of `overloaded` for our own queue, and of `invalid-response` for answers that the server
 * dropped.
 */
declare const FALLBACK_POLICY: Readonly<Record<ProviderErrorCode, FallbackRule>>;
/** The rule of a failure. */
declare function fallbackRule({ code, clock, connection, droppedTokens, queue }: ProviderError): FallbackRule;

/** The candidates of a request in their order, with reasons. Plain data. */
interface Plan {
    /** At least one. */
    readonly candidates: readonly PlannedCandidate[];
    readonly leftOut: readonly LeftOutCandidate[];
}
/** The role of a model in a request. */
type CandidateRole = 'requested' | 'primary' | 'fallback' | 'image-primary' | 'image-fallback';
/** A model that a request may use. */
interface PlannedCandidate {
    readonly model: CatalogModel;
    /** Where the model can be asked, if there are several endpoints. One is chosen when its turn comes. */
    readonly targets?: readonly Target[];
    readonly role: CandidateRole;
    /** Its position in the order of preference, before circuits and exclusions; 0 is first. */
    readonly rank: number;
    readonly reason: {
        readonly code: CandidateRole | 'circuit-open' | 'probe';
        readonly text: string;
    };
    /** Moved to the end because a circuit is open. It is still used if the others fail. */
    readonly deferred: boolean;
    /** Commands that repair its provider, for messages. */
    readonly commands?: ProviderCommands;
}
/** A model that was excluded. */
interface LeftOutCandidate {
    /** The name as it was written. */
    readonly name: string;
    /** Absent if the name is unknown. */
    readonly model?: CatalogModel;
    readonly role: CandidateRole;
    readonly rank: number;
    readonly reason: {
        readonly code: LeftOutCode;
        readonly text: string;
    };
    /** For an unknown model: the commands of the provider that its reference names, for messages. */
    readonly commands?: ProviderCommands;
}
/** Why a model was excluded. */
type LeftOutCode = 'unknown' | 'no-tools' | 'no-images';

/** Chooses one of the targets of a model. `undefined`: the first. */
type ChooseTarget = (targets: readonly Target[]) => Target | undefined;

/** The provider, name and endpoint of a model, and any other known fields. */
type CatalogModelFields = Pick<CatalogModel, 'provider' | 'model' | 'endpoint'> & Partial<Omit<CatalogModel, 'ref'>>;
/**
 * Creates an entry. The defaults are: accepts text, may call tools, has a context window of 8192 tokens, costs nothing.
 */
declare function createCatalogModel(fields: CatalogModelFields): CatalogModel;

/** How often, and for how long, the last candidate is retried. */
interface RetryLimits {
    /** @default 2 */
    readonly maxRetries?: number | undefined;
    /** From the first failure of the last candidate to the start of its last retry. @default 10_000 */
    readonly budgetMs?: number | undefined;
}

/** A plan and the options of its attempts. */
interface FallbackSelection {
    readonly plan: Plan;
    /**
     * Sends the request to a model. An answer that arrives with a single pull counts only if it is complete. The next model
     * replaces an incomplete one.
     */
    readonly ask: Ask;
    /**
     * Holds an answer back until its end, for a caller that needs all of it: a streamed answer that is cut is replaced by
     * the next model's, as a whole one is. @default false
     */
    readonly wholeAnswer?: boolean | undefined;
    /** Chooses the endpoint of a model with several, each time it is its turn. @default the first that is left */
    readonly chooseTarget?: ChooseTarget | undefined;
    /** Shared by all requests. @default a new one, so that no failure is recorded for other requests */
    readonly circuits?: CircuitBreaker | undefined;
    readonly retry?: RetryLimits | undefined;
    /**
     * How long a model may take to its first content while a healthy candidate is left. Then the attempt times out. The
     * first content of a whole answer is the complete answer. Limits may depend on what `isLoading` returns. 0 is no
     * limit. @default no limit
     */
    readonly firstEventLimitMs?: ((model: CatalogModel) => number | FirstContentLimits | undefined) | undefined;
    /**
     * Distinguishes a loading model from a hanging one when an attempt times out. A loading model continues in the background,
     * does not count as a failure, and answers after all if all other candidates fail. Meanwhile other requests use
     * other candidates. The connection to a hanging model is closed. @default every slow model is hanging
     */
    readonly isLoading?: IsLoading | undefined;
    /** How long a model may load in the background. @default 300_000 */
    readonly keepLoadingMs?: number | undefined;
    /** Ends loading in the background after the answer. Before that, the request's own signal does. */
    readonly keepLoadingUntil?: AbortSignal | undefined;
    /** Monotonic milliseconds, for durations and retry waits. @default performance.now */
    readonly now?: (() => number) | undefined;
    readonly schedule?: Schedule | undefined;
    /** From 0 up to 1, for jitter. */
    readonly random?: (() => number) | undefined;
}

/**
 * The model that a name means among those of a list: its reference, an alias, or a bare name that only one of them has.
 * `undefined` if none or several have it.
 */
declare function findCatalogModel(models: readonly CatalogModel[], name: string): CatalogModel | undefined;

/** The known models and all their names. */
interface ModelCatalog {
    /** Each reference once. */
    readonly models: readonly CatalogModel[];
    /** The provider with this id, also if it is unknown. */
    provider(id: string): CatalogProvider;
    /**
     * The model of a name: an alias, a reference, or a model's own name if exactly one model has it. A reference never
     * resolves to a model of another provider.
     * @throws {ModelSelectionError} `unknown-model`, `unknown-provider`, `ambiguous-name`, with `candidates`.
     */
    resolve(name: string): CatalogModel;
}
interface ModelCatalogOptions {
    /** Alias → reference. Compared without case. An alias may be any text; a model with exactly that reference wins. */
    readonly aliases?: Readonly<Record<string, string>> | undefined;
    /** Properties of providers. Other providers are known by their models. */
    readonly providers?: readonly CatalogProvider[] | undefined;
}
/** Creates a catalog. Of two entries with the same reference the first counts. */
declare function createModelCatalog(listed: readonly CatalogModel[], { aliases, providers }?: ModelCatalogOptions): ModelCatalog;

/** The tag of a name without one on an Ollama server. */
declare const OLLAMA_DEFAULT_TAG = "latest";
interface TagRule {
    /** The tag of a name without one. @default 'latest' */
    readonly defaultTag?: string | undefined;
}
/**
 * Normalizes a name of an Ollama server for comparison: lower case and with a tag, `Llama3.3` → `llama3.3:latest`. A
 * tag follows the last colon after the last slash, so `host:5000/user/repo` has none.
 */
declare function normalizeModelName(name: string, { defaultTag }?: TagRule): string;

/** A model of a provider. */
interface ModelRef {
    /** In lower case, since ids of providers are compared without case. */
    readonly provider: string;
    /** The provider's name of the model, with its case. May contain slashes and colons. */
    readonly model: string;
}
/**
 * Splits `provider/model` at the first slash: `ollama/hf.co/user/repo:Q4_K_M` is a model of `ollama`.
 * @throws {ModelSelectionError} `invalid-reference` if there is no slash, or an empty side.
 */
declare function parseModelRef(text: string): ModelRef;
/** Like `parseModelRef`, but returns `undefined` for text that is not a reference, such as an alias. */
declare function tryParseModelRef(text: string): ModelRef | undefined;
/** Formats a reference. The inverse of `parseModelRef`. */
declare function formatModelRef({ provider, model }: ModelRef): string;

interface FindModelSettingsOptions<Settings> {
    /** `agents.defaults.models`: settings by reference. */
    readonly models: Readonly<Record<string, Settings>>;
    /** For a provider that tags its models: the tag of a name without one. Its names are compared without case. */
    readonly defaultTag?: string | undefined;
}
/** Finds the settings of a model: by its exact reference, or else by another spelling of it. */
declare function findModelSettings<Settings>({ provider, model }: Pick<CatalogModel, 'provider' | 'model'>, { models, defaultTag }: FindModelSettingsOptions<Settings>): Settings | undefined;
/** The two settings that switch streaming. */
interface StreamingSettings {
    readonly streaming?: boolean | undefined;
    readonly params?: Readonly<Record<string, unknown>> | undefined;
}
/** Whether settings switch streaming on or off; `undefined` if they do neither. */
declare function streamingSetting({ streaming, params }: StreamingSettings): boolean | undefined;

/** Why no model could be chosen. */
type ModelSelectionErrorCode = 'ambiguous-name' | 'invalid-reference' | 'no-image-model' | 'no-model-configured' | 'no-tool-model' | 'no-usable-model' | 'unknown-model' | 'unknown-provider';
/** The data of the message. */
interface ModelSelectionErrorDetails {
    /** The name as it was written. */
    readonly wanted?: string | undefined;
    /** References of suitable models, or of models with similar names; the best first. */
    readonly candidates?: readonly string[] | undefined;
    /** Models that were excluded, in the order of preference. */
    readonly leftOut?: readonly LeftOutCandidate[] | undefined;
    /** For an unknown model: the commands of the provider that its reference names. */
    readonly commands?: ProviderCommands | undefined;
    readonly cause?: unknown;
}
/** No model was chosen, so no request was sent. States facts; advice is up to the program. */
declare class ModelSelectionError extends Error {
    readonly name = "ModelSelectionError";
    readonly code: ModelSelectionErrorCode;
    readonly wanted: string | undefined;
    readonly candidates: readonly string[];
    readonly leftOut: readonly LeftOutCandidate[];
    readonly commands: ProviderCommands | undefined;
    constructor(code: ModelSelectionErrorCode, message: string, details?: ModelSelectionErrorDetails);
}

/** The input of `planCandidates`. */
interface PlanInput {
    readonly catalog: ModelCatalog;
    /** The first model: a reference, an alias, or a bare name. */
    readonly primary?: string | undefined;
    /** The next models, in order. */
    readonly fallbacks?: readonly string[] | undefined;
    /** The models for images, if the primary does not accept them. */
    readonly imageModel?: {
        readonly primary?: string | undefined;
        readonly fallbacks?: readonly string[] | undefined;
    } | undefined;
    /** The model that the request names. It is the only candidate, unless `allowFallbacks`. */
    readonly requested?: string | undefined;
    /** Whether fallbacks and primary follow a requested model. @default false */
    readonly allowFallbacks?: boolean | undefined;
    /** What the request needs. */
    readonly needs?: RequestNeeds | undefined;
    /** Circuits that are not closed. @default none */
    readonly circuits?: readonly CircuitStatus[] | undefined;
}
/** The capabilities that a request needs. */
interface RequestNeeds {
    readonly tools?: boolean | undefined;
    readonly images?: boolean | undefined;
}

/**
 * Decides which models are candidates, and in which order. Pure: the same input gives the same plan.
 *
 * Models that lack a required capability are excluded. Models with an open circuit move to the end; of a model with
 * several endpoints only those whose circuit is open, so that it has two entries. A requested model is the only
 * candidate, unless `allowFallbacks`. For a request with images, the image models come first if the first candidate
 * does not accept images.
 *
 * @throws {ModelSelectionError} if there is no candidate: `no-model-configured`, the catalog's own error for a single
 * unknown name, `no-tool-model`, `no-image-model`, or `no-usable-model`.
 */
declare function planCandidates(input: PlanInput): Plan;

/** A choice of models in a configuration: a name, or a primary with fallbacks. */
type ModelChoice = string | {
    readonly primary?: string | undefined;
    readonly fallbacks?: readonly string[] | undefined;
};
/** A parsed choice of models. */
interface ChosenModels {
    readonly primary: string | undefined;
    /** In their order. */
    readonly fallbacks: readonly string[];
}
/** The part of `agents.defaults` that chooses models. */
interface ModelDefaults {
    readonly model?: ModelChoice | undefined;
    readonly imageModel?: ModelChoice | undefined;
    /** Settings of single models, by reference. */
    readonly models?: Readonly<Record<string, StreamingSettings & {
        readonly alias?: string | undefined;
    }>> | undefined;
}
/**
 * The models that a configuration chooses: input for `planCandidates` (the names) and for `createModelCatalog` (the
 * aliases).
 */
interface ModelChoices extends ChosenModels {
    readonly imageModel: ChosenModels;
    /** Alias → reference. */
    readonly aliases: Readonly<Record<string, string>>;
}
interface ResolveModelChoicesOptions {
    /** An agent's own choices. Missing ones, fallbacks included, come from the defaults. */
    readonly agent?: Pick<ModelDefaults, 'model' | 'imageModel'> | undefined;
}
/** Resolves primary, fallbacks, image models and aliases from `agents.defaults`. Pure. */
declare function resolveModelChoices(defaults: ModelDefaults, { agent }?: ResolveModelChoicesOptions): ModelChoices;
/** Parses both forms of a choice. */
declare function parseModelChoice(choice: ModelChoice | undefined): ChosenModels;

interface FallbackOptions {
    readonly signal?: AbortSignal | undefined;
    /**
     * Timeout for all attempts together, in milliseconds. The answer then ends with a `timeout`. 0 is none. @default 0
     */
    readonly totalLimitMs?: number | undefined;
    /** Called once, when an answer that was pulled ends or is closed. */
    readonly onEnd?: (() => void) | undefined;
}
/**
 * Tries one candidate after another until one sends content. `start` is held until then. It has the full reference of
 * the model that answers and all attempts. A `fallback` event follows each failure. After `start` there is no
 * fallback: a failure is the last event. If all candidates fail, the last event is an `error` with an
 * `AllCandidatesFailedError`.
 *
 * Aborting the signal or leaving the loop closes every connection. Loading in the background continues after the
 * answer, until the signal is aborted.
 *
 * @param selection A selection, or a function that is called at the first pull. A cancelled request does not wait for
 * its promise. A `ProviderError` that it throws is the last event.
 */
declare function streamWithFallback(selection: FallbackSelection | SelectLater, options?: FallbackOptions): EventStream;
/** Selects the candidates at the first pull. */
type SelectLater = () => FallbackSelection | Promise<FallbackSelection>;

export { AllCandidatesFailedError, FALLBACK_POLICY, ModelSelectionError, OLLAMA_DEFAULT_TAG, chooseTarget, createCatalogModel, createCircuitBreaker, createMemoryCircuitStore, createModelCatalog, describeAttempts, fallbackRule, findCatalogModel, findModelSettings, formatModelRef, normalizeModelName, parseModelChoice, parseModelRef, planCandidates, resolveModelChoices, scheduleWithTimeout, streamWithFallback, streamingSetting, tryParseModelRef };
export type { AdviseAttempt, Ask, AskOptions, CandidateRole, CatalogModel, CatalogModelFields, CatalogProvider, ChooseTarget, ChosenModels, CircuitBreaker, CircuitBreakerOptions, CircuitRecord, CircuitStatus, CircuitStore, CircuitTarget, EndpointState, FailedAttempt, FallbackOptions, FallbackRule, FallbackSelection, FindModelSettingsOptions, FirstContentLimits, IsLoading, LeftOutCandidate, LeftOutCode, ModelCatalog, ModelCatalogOptions, ModelChoice, ModelChoices, ModelCost, ModelDefaults, ModelRef, ModelSelectionErrorCode, ModelSelectionErrorDetails, Permit, Plan, PlanInput, PlannedCandidate, ProviderCommands, RequestNeeds, RequestProgress, ResolveModelChoicesOptions, RetryLimits, Schedule, StreamingSettings, Target, TargetChoice, TargetQuery, TargetReason };
