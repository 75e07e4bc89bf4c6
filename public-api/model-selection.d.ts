import { Attempt, ProviderError, StreamEvent, ProviderErrorCode, EventStream } from '@openclaw/provider';

/** A model that can be asked, and what is known of it before it is. */
interface CatalogModel {
    /** Full reference, `ollama/gpt-oss:20b`. */
    readonly ref: string;
    /** Id of the provider, in lower case: `ollama`. */
    readonly provider: string;
    /** As the provider names it: `gpt-oss:20b`. */
    readonly model: string;
    /** For people. */
    readonly name: string;
    /** The base URL that is asked. */
    readonly endpoint: string;
    /** What it can be given. With the source `assumed` nobody knows about images: a request that brings some is sent. */
    readonly input: readonly ('text' | 'image')[];
    /** Whether it calls tools; `undefined` when nobody said. */
    readonly tools: boolean | undefined;
    readonly reasoning: boolean;
    /** Tokens that a request and its answer may take together. */
    readonly contextWindow: number;
    /** Tokens that an answer may take. */
    readonly maxTokens: number;
    /** Price of a million tokens. */
    readonly cost: ModelCost;
    /** Whether the endpoint is on this machine or network; `remoteHost` may tell otherwise of the model. */
    readonly local: boolean;
    /** Where the server itself sends requests for this model, when it does not run it. */
    readonly remoteHost?: string;
    /** `assumed`: named by somebody while the provider's own list could not be had. */
    readonly source: 'configured' | 'discovered' | 'assumed';
    readonly aliases: readonly string[];
}
/** Prices of a million tokens. */
interface ModelCost {
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
}
/** What holds for all models of a provider. */
interface CatalogProvider {
    /** As in references: `ollama`. */
    readonly id: string;
    /**
     * For servers that tag their models the way Ollama does: the tag that a name without one means (`latest`). Names of
     * such a provider are compared without case, too; the stored spelling is the one that is used.
     */
    readonly defaultTag?: string | undefined;
    /**
     * Makes an entry for a model that is not listed. Give it while the provider's list could not be had, so that a request
     * finds out by asking; leave it out where the list is to be trusted.
     */
    readonly assume?: ((model: string) => CatalogModel) | undefined;
    /** Shell commands for messages. */
    readonly commands?: ProviderCommands | undefined;
}
/** Shell commands that put a provider right, for messages. */
interface ProviderCommands {
    /** Starts the server: `ollama serve`. */
    readonly start?: string | undefined;
    /** Fetches a model; its name is appended: `ollama pull`. */
    readonly pull?: string | undefined;
}

/** A request to a model that failed, with what is needed to describe it. */
interface FailedAttempt {
    readonly attempt: Attempt;
    /** Absent when no request was sent: the model is unknown, lacks a capability, or its circuit is open. */
    readonly error?: ProviderError;
    readonly model?: CatalogModel;
    readonly commands?: ProviderCommands | undefined;
}
/** Says what to do about a failed attempt, as a sentence; `undefined` when there is nothing to say. */
type AdviseAttempt = (failed: FailedAttempt) => string | undefined;
/**
 * Describes every attempt with its URL and its cause, one per line; attempts that failed in the same way share a line.
 *
 * @param options.advise Its sentence ends the line. @default no advice
 */
declare function describeAttempts(failed: readonly FailedAttempt[], { advise }?: {
    readonly advise?: AdviseAttempt | undefined;
}): string;

/**
 * No model could answer. Its code and details are those of the most telling failure, which is its `cause`; its message
 * lists every attempt with URL and cause.
 */
declare class AllCandidatesFailedError extends ProviderError {
    /** Every attempt in the order in which they were made. */
    readonly attempts: readonly Attempt[];
    /** The attempts with their errors and models, for `describeAttempts`. Not enumerable: JSON has `attempts` and `cause`. */
    readonly failures: readonly FailedAttempt[];
    constructor(failed: readonly FailedAttempt[]);
}

/** Asks a model. Its answer is pulled, never pushed. */
type Ask = (model: CatalogModel, options: {
    readonly signal: AbortSignal;
}) => AsyncIterable<StreamEvent>;

/** Runs a task once after a while, unless the function that comes back is called first. */
type Schedule = (task: () => void, delayMs: number) => () => void;

/** Tells whether a server is loading a model, that is: does not have it in memory yet. */
type IsLoading = (model: CatalogModel, options: {
    readonly signal: AbortSignal;
}) => Promise<boolean>;

/** Where a model is, and whatever else is known of it. */
type KnownOfModel = Pick<CatalogModel, 'provider' | 'model' | 'endpoint'> & Partial<Omit<CatalogModel, 'ref'>>;
/**
 * An entry for a model of which not everything is known: it takes text, may call tools, has a window of 8192 tokens and
 * costs nothing, unless `known` says otherwise.
 */
declare function createCatalogModel(known: KnownOfModel): CatalogModel;

/**
 * The right to send one request. Call the method that matches the outcome. A failure may follow a success when an answer breaks
 * off, and a success may follow a release when the answer arrives late.
 */
interface Permit {
    /** Whether this request is the probe of an open circuit. */
    readonly probe: boolean;
    /** The model answered: both circuits close. */
    succeed(): void;
    /** The request failed; `FALLBACK_POLICY` says which circuit opens. */
    fail(error: ProviderError): void;
    /** The model is loading: until it answers, other requests use the next candidate. Does not count as a failure. */
    markLoading(reason: ProviderError): void;
    /** The outcome is unknown; the next request may probe. */
    release(): void;
}

/** What is remembered of a circuit that is not closed. Times are milliseconds of the breaker's clock. */
interface CircuitRecord {
    readonly endpoint: string;
    /** Full reference, for the circuit of one model; absent for that of the whole endpoint. */
    readonly model?: string;
    /** How often it failed in a row, probes only counted once it was open; 0 while a model is only slow to begin. */
    readonly failures: number;
    readonly openedAt: number;
    /** From when on one request may try again. */
    readonly retryAt: number;
    readonly code: ProviderErrorCode;
    readonly message: string;
    /** Until when a probe has the circuit to itself. Absent when none runs. */
    readonly probeUntil?: number;
}
/**
 * Where circuits are kept. Synchronous, so that claiming a probe is one step; a store that several processes share keeps
 * that promise with a transaction (`node:sqlite`) or a lock. A store that fails should forget rather than throw.
 */
interface CircuitStore {
    entries(): readonly CircuitRecord[];
    /**
     * Replaces the record under a key by what `change` makes of it, in one step that nobody comes between. `undefined` is a
     * closed circuit.
     */
    update(key: string, change: (record: CircuitRecord | undefined) => CircuitRecord | undefined): void;
}
/**
 * Circuits in the memory of this process.
 *
 * @param options.maxRecords At the bound the oldest record is forgotten, which closes its circuit. @default 1000
 */
declare function createMemoryCircuitStore({ maxRecords }?: {
    maxRecords?: number;
}): CircuitStore;

/** A circuit that is not closed, as it stands now. */
interface CircuitStatus {
    readonly scope: 'endpoint' | 'model';
    readonly endpoint: string;
    /** Full reference; only for scope `model`. */
    readonly model?: string;
    /** `open`: not asked before others. `probe-due`: the next request tries. `probing`: one is trying right now. */
    readonly state: 'open' | 'probe-due' | 'probing';
    /** In a row; 0 while a model is only slow to begin. */
    readonly failures: number;
    /** The last failure. */
    readonly code: ProviderErrorCode;
    readonly message: string;
    /** When it opened, in milliseconds of the breaker's clock. */
    readonly openedAt: number;
    /** Until a request may try again; 0 when one may, or does. */
    readonly retryInMs: number;
}
/** A model at an endpoint. */
interface CircuitTarget {
    readonly endpoint: string;
    /** Full reference. */
    readonly ref: string;
}
/** Remembers failures, so that the next request tries other candidates first. */
interface CircuitBreaker {
    /** Circuits that are not closed. */
    status(): readonly CircuitStatus[];
    /** A permit to send a request, or `undefined` while a circuit is open. */
    tryAcquire(target: CircuitTarget): Permit | undefined;
    /** A permit whatever the circuits say, for when no other candidate is left; it is the probe when one is due. */
    forceAcquire(target: CircuitTarget): Permit;
    /** Closes the circuits of an endpoint and of its models, for instance when its configuration changed. */
    forget(endpoint: string): void;
}
interface CircuitBreakerOptions {
    /**
     * Monotonic milliseconds, so that a change of the wall clock neither freezes nor closes a circuit. A store that several
     * processes share needs a clock that they share. @default performance.now
     */
    readonly now?: (() => number) | undefined;
    readonly store?: CircuitStore | undefined;
    /** How long a circuit stays open after its first, second, … failure in a row; the last holds for all that follow. */
    readonly backoffMs?: readonly number[] | undefined;
    /** How long a probe has a circuit to itself before another request may try, should its process have died. @default 600_000 */
    readonly probeLeaseMs?: number | undefined;
}
/**
 * Makes a circuit breaker. A failure opens the circuit of the model, or of the whole endpoint when no connection could be made;
 * after a while one request probes while the others go on to the next candidate. When a server says how long to wait, that
 * counts in place of the backoff, up to its last step.
 */
declare function createCircuitBreaker({ now, store, backoffMs, probeLeaseMs, }?: CircuitBreakerOptions): CircuitBreaker;

/** What a failure before the first word of an answer leads to. */
interface FallbackRule {
    /**
     * Who is asked next: the next candidate; nobody; the next one that has the capability that the failed one lacked (nobody
     * when the failure names none); the next one with a larger context window than the failed one.
     */
    readonly next: 'candidate' | 'nobody' | 'other-capability' | 'larger-window';
    /** Whether the failed candidate is asked again, a bounded number of times, when there is nobody else to ask. */
    readonly retryLast: boolean;
    /** Whose circuit it opens: that of the whole endpoint, of the model there, or none since the request was at fault. */
    readonly opens: 'endpoint' | 'model' | 'nothing';
}
/**
 * What each kind of failure leads to. `connection-failed` and `timeout` have a finer row in `fallbackRule`, for
 * connections that broke and for the connect clock.
 */
declare const FALLBACK_POLICY: Readonly<Record<ProviderErrorCode, FallbackRule>>;
/** The row of the policy for a failure. */
declare function fallbackRule({ code, clock, connection }: ProviderError): FallbackRule;

/** Who is asked, in which order and why. Plain data. */
interface Plan {
    /** At least one. */
    readonly candidates: readonly PlannedCandidate[];
    readonly leftOut: readonly LeftOutCandidate[];
}
/** What a model is to a request. */
type CandidateRole = 'requested' | 'primary' | 'fallback' | 'image-primary' | 'image-fallback';
/** A model that will be asked when its turn comes. */
interface PlannedCandidate {
    readonly model: CatalogModel;
    readonly role: CandidateRole;
    /** Where it would stand if all circuits were closed and nobody were left out; 0 is first. */
    readonly rank: number;
    readonly reason: {
        readonly code: CandidateRole | 'circuit-open' | 'probe';
        readonly text: string;
    };
    /** Put behind the others since a circuit is open; asked all the same when they fail. */
    readonly deferred: boolean;
    /** Commands that put its provider right, for messages. */
    readonly commands?: ProviderCommands;
}
/** A model that is wanted and cannot be asked. */
interface LeftOutCandidate {
    /** The name as it was written. */
    readonly name: string;
    /** Absent when the name means no model. */
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
/** Why a model is left out. */
type LeftOutCode = 'unknown' | 'no-tools' | 'no-images';

/** How often, and for how long, the last candidate is asked again. */
interface RetryLimits {
    /** @default 2 */
    readonly maxRetries?: number | undefined;
    /** From the first failure of the last candidate to the start of its last retry. @default 10_000 */
    readonly budgetMs?: number | undefined;
}

/** A plan and how it is carried out. */
interface FallbackSelection {
    readonly plan: Plan;
    /**
     * Sends the request to a model. An answer that comes with a single pull counts only when it has ended well, so that the next
     * model is asked for one that was cut, too.
     */
    readonly ask: Ask;
    /** What earlier requests learned. @default nothing, and nothing is remembered */
    readonly circuits?: CircuitBreaker | undefined;
    readonly retry?: RetryLimits | undefined;
    /**
     * How long a model may take to its first word while another one that is well is waiting, then it is given up. A model
     * that is not asked to stream says its first word when its answer is whole. 0 is no limit. @default no limit
     */
    readonly firstEventLimitMs?: ((model: CatalogModel) => number | undefined) | undefined;
    /**
     * Tells a cold load from a hang when a model is given up. A load goes on behind the scenes, does not count as a failure,
     * and answers after all when everybody else fails; meanwhile other requests go to other candidates. A hang is closed. Without it everything that is slow is a hang.
     */
    readonly isLoading?: IsLoading | undefined;
    /** How long a load goes on behind the scenes. @default 300_000 */
    readonly keepLoadingMs?: number | undefined;
    /** Ends loads that go on after the answer; while it is being given, the request's own signal does. */
    readonly keepLoadingUntil?: AbortSignal | undefined;
    /** Monotonic milliseconds, for durations and retry waits. @default performance.now */
    readonly now?: (() => number) | undefined;
    readonly schedule?: Schedule | undefined;
    /** From 0 up to 1, for jitter. */
    readonly random?: (() => number) | undefined;
}

/** The models that can be asked, by every name they go by. */
interface ModelCatalog {
    /** Each reference once. */
    readonly models: readonly CatalogModel[];
    /** The provider with this id, known or not. */
    provider(id: string): CatalogProvider;
    /**
     * The model that a name means: an alias, a reference, or a model's own name when exactly one model has it. A name
     * never turns into another provider's model.
     * @throws {ModelSelectionError} `unknown-model`, `unknown-provider`, `ambiguous-name`, with `candidates`.
     */
    resolve(name: string): CatalogModel;
}
interface ModelCatalogOptions {
    /** Alias → reference. Compared without case; an alias with a slash is a reference and never looked up. */
    readonly aliases?: Readonly<Record<string, string>> | undefined;
    /** What is known of the providers; those left out are known by their models alone. */
    readonly providers?: readonly CatalogProvider[] | undefined;
}
/** Makes a catalog. Of two entries with the same reference the first counts. */
declare function createModelCatalog(listed: readonly CatalogModel[], { aliases, providers }?: ModelCatalogOptions): ModelCatalog;

/** The tag that a name without one means on an Ollama server. */
declare const OLLAMA_DEFAULT_TAG = "latest";
interface TagRule {
    /** The tag that a name without one means. @default 'latest' */
    readonly defaultTag?: string | undefined;
}
/**
 * The form in which names of an Ollama server are compared: lower case and with a tag, `Llama3.3` → `llama3.3:latest`. A tag
 * follows the last colon after the last slash: the colon of `host:5000/user/repo` starts none.
 */
declare function normalizeModelName(name: string, { defaultTag }?: TagRule): string;

/** A model of a provider. */
interface ModelRef {
    /** Lower case: ids of providers are compared without it. */
    readonly provider: string;
    /** As the provider names it, case kept; may hold slashes and colons. */
    readonly model: string;
}
/**
 * Splits `provider/model` at the first slash: `ollama/hf.co/user/repo:Q4_K_M` is a model of `ollama`.
 * @throws {ModelSelectionError} `invalid-reference` when there is no slash, or nothing on one of its sides.
 */
declare function parseModelRef(text: string): ModelRef;
/** Like `parseModelRef`, with `undefined` for what is no reference, such as an alias. */
declare function tryParseModelRef(text: string): ModelRef | undefined;
/** The reference as people write it. What it gives back, `parseModelRef` reads. */
declare function formatModelRef({ provider, model }: ModelRef): string;

interface FindModelSettingsOptions<Settings> {
    /** `agents.defaults.models`: settings by reference. */
    readonly models: Readonly<Record<string, Settings>>;
    /** For a provider that tags its models: the tag that a name without one means. Its names are compared without case. */
    readonly defaultTag?: string | undefined;
}
/** Finds what a configuration says of a model: under exactly its reference, or else under another spelling of it. */
declare function findModelSettings<Settings>({ provider, model }: Pick<CatalogModel, 'provider' | 'model'>, { models, defaultTag }: FindModelSettingsOptions<Settings>): Settings | undefined;
/** The two places where a configuration says whether a model streams. */
interface StreamingSettings {
    readonly streaming?: boolean | undefined;
    readonly params?: Readonly<Record<string, unknown>> | undefined;
}
/** Whether a model's settings switch streaming on or off; `undefined` when they say nothing. */
declare function streamingSetting({ streaming, params }: StreamingSettings): boolean | undefined;

/** Why no model could be chosen. */
type ModelSelectionErrorCode = 'ambiguous-name' | 'invalid-reference' | 'no-image-model' | 'no-model-configured' | 'no-tool-model' | 'no-usable-model' | 'unknown-model' | 'unknown-provider';
/** What is known beside the message. */
interface ModelSelectionErrorDetails {
    /** The name as it was written. */
    readonly wanted?: string | undefined;
    /** References that would do, or that were perhaps meant; the best first. */
    readonly candidates?: readonly string[] | undefined;
    /** Models that were wanted and cannot take the request, in the order of preference. */
    readonly leftOut?: readonly LeftOutCandidate[] | undefined;
    /** For an unknown model: the commands of the provider that its reference names. */
    readonly commands?: ProviderCommands | undefined;
    readonly cause?: unknown;
}
/** No model was chosen, so no request was sent. States facts: what to do about them depends on the program. */
declare class ModelSelectionError extends Error {
    readonly name = "ModelSelectionError";
    readonly code: ModelSelectionErrorCode;
    readonly wanted: string | undefined;
    readonly candidates: readonly string[];
    readonly leftOut: readonly LeftOutCandidate[];
    readonly commands: ProviderCommands | undefined;
    constructor(code: ModelSelectionErrorCode, message: string, details?: ModelSelectionErrorDetails);
}

/** Everything that decides who is asked. */
interface PlanInput {
    readonly catalog: ModelCatalog;
    /** Name of the model that is asked first: a reference, an alias, or a bare name. */
    readonly primary?: string | undefined;
    /** Names of the models that are asked next, in order. */
    readonly fallbacks?: readonly string[] | undefined;
    /** Who is asked about images when the primary cannot see. */
    readonly imageModel?: {
        readonly primary?: string | undefined;
        readonly fallbacks?: readonly string[] | undefined;
    } | undefined;
    /** The name that the request itself gives. It is asked alone, unless `allowFallbacks`. */
    readonly requested?: string | undefined;
    /** Whether fallbacks and primary stand behind a requested model. @default false */
    readonly allowFallbacks?: boolean | undefined;
    /** What the request brings. */
    readonly needs?: RequestNeeds | undefined;
    /** Circuits that are not closed. @default none */
    readonly circuits?: readonly CircuitStatus[] | undefined;
}
/** What a model must be able to take. */
interface RequestNeeds {
    readonly tools?: boolean | undefined;
    readonly images?: boolean | undefined;
}

/**
 * Decides who is asked, in which order. Pure: the same input gives the same plan.
 *
 * Models that cannot take what the request brings are left out; models whose circuit is open go to the end. A requested
 * model stands alone. A request with images goes to the image models first when the model it would go to cannot see.
 *
 * @throws {ModelSelectionError} when there is nobody to ask: `no-model-configured`, the catalog's own error for a single
 *   name that means nothing, `no-tool-model`, `no-image-model`, or `no-usable-model`.
 */
declare function planCandidates(input: PlanInput): Plan;

/** A choice of models as a configuration writes it: a name, or a primary with fallbacks. */
type ModelChoice = string | {
    readonly primary?: string | undefined;
    readonly fallbacks?: readonly string[] | undefined;
};
/** A choice of models, read. */
interface ChosenModels {
    readonly primary: string | undefined;
    /** In the order in which they are asked. */
    readonly fallbacks: readonly string[];
}
/** `agents.defaults` of a configuration, as far as it chooses models. */
interface ModelDefaults {
    readonly model?: ModelChoice | undefined;
    readonly imageModel?: ModelChoice | undefined;
    /** Settings of single models, by reference. */
    readonly models?: Readonly<Record<string, StreamingSettings & {
        readonly alias?: string | undefined;
    }>> | undefined;
}
/** What a configuration chooses: input for `planCandidates` (the names) and for `createModelCatalog` (the aliases). */
interface ModelChoices extends ChosenModels {
    readonly imageModel: ChosenModels;
    /** Alias → reference. */
    readonly aliases: Readonly<Record<string, string>>;
}
interface ResolveModelChoicesOptions {
    /** An agent's own choices. What the agent leaves out, fallbacks included, comes from the defaults. */
    readonly agent?: Pick<ModelDefaults, 'model' | 'imageModel'> | undefined;
}
/** Resolves primary, fallbacks, image models and aliases from `agents.defaults`. Pure. */
declare function resolveModelChoices(defaults: ModelDefaults, { agent }?: ResolveModelChoicesOptions): ModelChoices;
/** Reads both forms of a choice. */
declare function parseModelChoice(choice: ModelChoice | undefined): ChosenModels;

interface FallbackOptions {
    readonly signal?: AbortSignal | undefined;
    /** For all attempts together, in milliseconds; past it the answer ends with a `timeout`. 0 is no limit. @default 0 */
    readonly totalLimitMs?: number | undefined;
    /** Called once, when an answer that was begun is over or has been left. */
    readonly onEnd?: (() => void) | undefined;
}
/**
 * Asks one candidate after another until one says something. `start` is held back until then and carries the full reference
 * of the model that answers and all attempts; `fallback` events come as candidates fail. After `start` there is no
 * fallback: a failure is the last event, with what was said left as it is. When nobody answers, the only other event is an
 * `error` with an `AllCandidatesFailedError`.
 *
 * Aborting the signal or leaving the loop closes every connection. A load that goes on behind the scenes outlives the
 * answer: aborting the signal ends that, too.
 *
 * @param selection Or what makes one, at the first pull; nobody waits for it who has left or whose time is up. A
 * `ProviderError` that it throws is the answer's end.
 */
declare function streamWithFallback(selection: FallbackSelection | SelectLater, options?: FallbackOptions): EventStream;
/** Decides who is asked when it is time to ask. */
type SelectLater = () => FallbackSelection | Promise<FallbackSelection>;

export { AllCandidatesFailedError, FALLBACK_POLICY, ModelSelectionError, OLLAMA_DEFAULT_TAG, createCatalogModel, createCircuitBreaker, createMemoryCircuitStore, createModelCatalog, describeAttempts, fallbackRule, findModelSettings, formatModelRef, normalizeModelName, parseModelChoice, parseModelRef, planCandidates, resolveModelChoices, streamWithFallback, streamingSetting, tryParseModelRef };
export type { AdviseAttempt, Ask, CandidateRole, CatalogModel, CatalogProvider, ChosenModels, CircuitBreaker, CircuitBreakerOptions, CircuitRecord, CircuitStatus, CircuitStore, CircuitTarget, FailedAttempt, FallbackOptions, FallbackRule, FallbackSelection, FindModelSettingsOptions, IsLoading, KnownOfModel, LeftOutCandidate, LeftOutCode, ModelCatalog, ModelCatalogOptions, ModelChoice, ModelChoices, ModelCost, ModelDefaults, ModelRef, ModelSelectionErrorCode, ModelSelectionErrorDetails, Permit, Plan, PlanInput, PlannedCandidate, ProviderCommands, RequestNeeds, ResolveModelChoicesOptions, RetryLimits, Schedule, StreamingSettings };
