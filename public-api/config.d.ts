import * as v from 'valibot';

/** What kind of problem an issue is. */
type ConfigIssueCode = 'unreadable-file' | 'syntax' | 'duplicate-key' | 'include' | 'unknown-key' | 'invalid-value' | 'missing-variable' | 'unused-key' | 'bad-credentials-file' | 'bad-credential' | 'ignored-variable' | 'unreadable-env-file' | 'login-shell';
/** One problem, with everything a person needs to find it. */
interface ConfigIssue {
    code: ConfigIssueCode;
    /** Where in the configuration, `agents.defaults.modle`; empty for the whole file. */
    path: string;
    /** What is wrong and what was expected, without the place. Never a secret. */
    message: string;
    /** Absolute path of the file that says so: the configuration or one of its includes. */
    file: string;
    /** 1-based. */
    line: number;
    /** 1-based, in UTF-16 units as editors count. */
    column: number;
    /** The line as written, secrets masked; of a long line the part around the place; empty when there is none. */
    excerpt: string;
    /** The 1-based column at which the excerpt begins, when that is not 1. */
    excerptColumn?: number;
    /** The nearest key or value that would have been right: `model`. */
    suggestion?: string;
}
/** Why a `ConfigError` was thrown. */
type ConfigErrorCode = 
/** The file cannot be used: see the issues. */
'invalid'
/** A file exists and could not be read. */
 | 'unreadable'
/** A path such as `agents..model` cannot be read. */
 | 'bad-path'
/** There is nothing at the path. */
 | 'path-not-found'
/** A value that may not be written: a mask, or one that no file can hold. */
 | 'bad-value'
/** The configuration cannot be written: OPENCLAW_CONFIG_READONLY, Nix, no permission, no space. */
 | 'read-only'
/** Another process kept the lock for too long. */
 | 'locked'
/** The edit would have to change an array that several files make up, or similar; edit by hand. */
 | 'ambiguous-owner';
/** The configuration cannot be used or changed. The message names every issue with its place. */
declare class ConfigError extends Error {
    readonly code: ConfigErrorCode;
    /** Everything that is wrong, in the order of the file; empty unless `code` is `invalid`. */
    readonly issues: readonly ConfigIssue[];
    constructor(code: ConfigErrorCode, { message, issues, cause }: {
        message: string;
        issues?: readonly ConfigIssue[];
        cause?: unknown;
    });
}
/** One issue as people read it: place, what is wrong, the line with a mark under it. */
declare function formatConfigIssue(issue: ConfigIssue): string;

/** What a configuration file can hold. JSON5 also knows NaN and the infinities. */
type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
interface JsonObject {
    [key: string]: JsonValue;
}

/** One stored credential. */
interface AuthProfile {
    /** `ollama:manual`. */
    id: string;
    provider: string;
    type: 'api_key' | 'token' | 'oauth';
    /** The key, the token, or the access token; never shown, see `maskSecret`. */
    secret: string;
    /** Milliseconds since 1970 at which the credential ends, if it does. */
    expires?: number;
}
/** The credentials of one agent. */
interface AuthProfiles {
    /** Absolute path of the `auth-profiles.json` they came from. */
    file: string;
    profiles: readonly AuthProfile[];
    /** Profile ids by provider, first choice first. */
    order: Readonly<Record<string, readonly string[]>>;
}

/** The types a schema reads and gives, without the rest of what valibot knows: it would make the declarations ten times as long. */
type Described<Schema extends v.GenericSchema> = v.GenericSchema<v.InferInput<Schema>, v.InferOutput<Schema>>;

/** The configuration as it may be written: every key optional, nothing filled in. */
type OpenClawConfigInput = v.InferInput<typeof configSchema>;
/** The checked configuration: defaults filled in wherever the schema states one. */
type OpenClawConfig = v.InferOutput<typeof configSchema>;
/** One entry of `models.providers`. */
type ProviderConfig = OpenClawConfig['models']['providers'][string];
/** One entry of `models.providers.<id>.models`. */
type ModelConfig = NonNullable<ProviderConfig['models']>[number];
/** One entry of `agents.defaults.models`. */
type ModelSettings = OpenClawConfig['agents']['defaults']['models'][string];
/** `agents.defaults.model`: a reference, or a reference with fallbacks. */
type ModelChoice = NonNullable<OpenClawConfig['agents']['defaults']['model']>;
/** Everything `openclaw.json` may hold. Types, defaults, checks, documentation and the JSON Schema all come from here. */
declare const configSchema: v.StrictObjectSchema<{
    readonly audio: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly proxy: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly skills: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly tools: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly accessGroups: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly acp: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly approvals: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly bindings: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly broadcast: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly browser: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly canvasHost: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly channels: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly cli: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly commands: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly crestodian: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly cron: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly diagnostics: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly discovery: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly hooks: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly mcp: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly media: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly memory: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly messages: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly nodeHost: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly plugins: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly secrets: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly session: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly surfaces: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly talk: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly ui: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly update: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly web: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly wizard: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly $schema: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
    readonly models: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly bedrockDiscovery: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly catalogRefresh: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly pricing: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly proxy: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly mode: v.ExactOptionalSchema<Described<v.PicklistSchema<["merge", "replace"], undefined>>, "merge">;
        readonly providers: v.ExactOptionalSchema<Described<v.RecordSchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.SchemaWithPipe<readonly [v.StrictObjectSchema<{
            readonly maxTokens: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly params: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly auth: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly injectNumCtxForOpenAICompat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly localService: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly region: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly request: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly baseUrl: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected a URL such as \"http://127.0.0.1:11434/v1\"">]>>, undefined>;
            readonly apiKey: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly api: v.ExactOptionalSchema<Described<v.PicklistSchema<["openai-completions", "ollama"], undefined>>, undefined>;
            readonly headers: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.StringSchema<undefined>, undefined>>, undefined>;
            readonly authHeader: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly discover: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly timeouts: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                readonly connectMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly firstEventMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly idleMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly totalMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            }, undefined>>, undefined>;
            readonly timeoutSeconds: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly maxConcurrent: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly maxQueued: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, undefined>;
            readonly models: v.ExactOptionalSchema<Described<v.ArraySchema<v.StrictObjectSchema<{
                readonly baseUrl: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly api: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly headers: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly contextTokens: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly mediaInput: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly params: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly thinkingLevelMap: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly id: Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>;
                readonly name: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                readonly reasoning: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                readonly input: v.ExactOptionalSchema<Described<v.ArraySchema<v.PicklistSchema<["text", "image", "video", "audio"], undefined>, undefined>>, undefined>;
                readonly cost: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                    readonly tieredPricing: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly input: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.MinValueAction<number, 0, undefined>]>>, undefined>;
                    readonly output: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.MinValueAction<number, 0, undefined>]>>, undefined>;
                    readonly cacheRead: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.MinValueAction<number, 0, undefined>]>>, undefined>;
                    readonly cacheWrite: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.MinValueAction<number, 0, undefined>]>>, undefined>;
                }, undefined>>, undefined>;
                readonly contextWindow: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly maxTokens: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly compat: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                    readonly nativeWebSearchTool: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly reasoningEffortMap: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly requiresAssistantAfterToolResult: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly requiresMistralToolIds: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly requiresOpenAiAnthropicToolPayload: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly requiresThinkingAsText: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly requiresToolResultName: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly strictMessageKeys: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly supportedReasoningEfforts: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly supportsStore: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly supportsStrictMode: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly thinkingFormat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly toolCallArgumentsEncoding: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly toolSchemaProfile: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly unsupportedToolSchemaKeywords: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly supportsTools: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly supportsUsageInStreaming: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly maxTokensField: v.ExactOptionalSchema<Described<v.PicklistSchema<["max_tokens", "max_completion_tokens"], undefined>>, undefined>;
                    readonly supportsDeveloperRole: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly supportsReasoningEffort: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly supportsTemperature: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly requiresStringContent: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                }, undefined>>, undefined>;
                readonly timeouts: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                    readonly connectMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                    readonly firstEventMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                    readonly idleMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                    readonly totalMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                }, undefined>>, undefined>;
            }, undefined>, undefined>>, undefined>;
        }, undefined>, v.TransformAction<{
            maxTokens?: unknown;
            params?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            request?: unknown;
            baseUrl?: string;
            apiKey?: string;
            api?: "openai-completions" | "ollama";
            headers?: {
                [x: string]: string;
            };
            authHeader?: boolean;
            discover?: boolean;
            timeouts?: {
                connectMs?: number;
                firstEventMs?: number;
                idleMs?: number;
                totalMs?: number;
            };
            timeoutSeconds?: number;
            maxConcurrent?: number;
            maxQueued?: number;
            models?: {
                baseUrl?: unknown;
                api?: unknown;
                headers?: unknown;
                agentRuntime?: unknown;
                contextTokens?: unknown;
                mediaInput?: unknown;
                params?: unknown;
                thinkingLevelMap?: unknown;
                id: string;
                name?: string;
                reasoning?: boolean;
                input?: ("text" | "image" | "video" | "audio")[];
                cost?: {
                    tieredPricing?: unknown;
                    input?: number;
                    output?: number;
                    cacheRead?: number;
                    cacheWrite?: number;
                };
                contextWindow?: number;
                maxTokens?: number;
                compat?: {
                    nativeWebSearchTool?: unknown;
                    reasoningEffortMap?: unknown;
                    requiresAssistantAfterToolResult?: unknown;
                    requiresMistralToolIds?: unknown;
                    requiresOpenAiAnthropicToolPayload?: unknown;
                    requiresThinkingAsText?: unknown;
                    requiresToolResultName?: unknown;
                    strictMessageKeys?: unknown;
                    supportedReasoningEfforts?: unknown;
                    supportsStore?: unknown;
                    supportsStrictMode?: unknown;
                    thinkingFormat?: unknown;
                    toolCallArgumentsEncoding?: unknown;
                    toolSchemaProfile?: unknown;
                    unsupportedToolSchemaKeywords?: unknown;
                    supportsTools?: boolean;
                    supportsUsageInStreaming?: boolean;
                    maxTokensField?: "max_tokens" | "max_completion_tokens";
                    supportsDeveloperRole?: boolean;
                    supportsReasoningEffort?: boolean;
                    supportsTemperature?: boolean;
                    requiresStringContent?: boolean;
                };
                timeouts?: {
                    connectMs?: number;
                    firstEventMs?: number;
                    idleMs?: number;
                    totalMs?: number;
                };
            }[];
        }, {
            api?: "openai-completions";
            maxTokens?: unknown;
            params?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            request?: unknown;
            baseUrl?: string;
            apiKey?: string;
            headers?: {
                [x: string]: string;
            };
            authHeader?: boolean;
            discover?: boolean;
            timeouts?: {
                connectMs?: number;
                firstEventMs?: number;
                idleMs?: number;
                totalMs?: number;
            };
            timeoutSeconds?: number;
            maxConcurrent?: number;
            maxQueued?: number;
            models?: {
                baseUrl?: unknown;
                api?: unknown;
                headers?: unknown;
                agentRuntime?: unknown;
                contextTokens?: unknown;
                mediaInput?: unknown;
                params?: unknown;
                thinkingLevelMap?: unknown;
                id: string;
                name?: string;
                reasoning?: boolean;
                input?: ("text" | "image" | "video" | "audio")[];
                cost?: {
                    tieredPricing?: unknown;
                    input?: number;
                    output?: number;
                    cacheRead?: number;
                    cacheWrite?: number;
                };
                contextWindow?: number;
                maxTokens?: number;
                compat?: {
                    nativeWebSearchTool?: unknown;
                    reasoningEffortMap?: unknown;
                    requiresAssistantAfterToolResult?: unknown;
                    requiresMistralToolIds?: unknown;
                    requiresOpenAiAnthropicToolPayload?: unknown;
                    requiresThinkingAsText?: unknown;
                    requiresToolResultName?: unknown;
                    strictMessageKeys?: unknown;
                    supportedReasoningEfforts?: unknown;
                    supportsStore?: unknown;
                    supportsStrictMode?: unknown;
                    thinkingFormat?: unknown;
                    toolCallArgumentsEncoding?: unknown;
                    toolSchemaProfile?: unknown;
                    unsupportedToolSchemaKeywords?: unknown;
                    supportsTools?: boolean;
                    supportsUsageInStreaming?: boolean;
                    maxTokensField?: "max_tokens" | "max_completion_tokens";
                    supportsDeveloperRole?: boolean;
                    supportsReasoningEffort?: boolean;
                    supportsTemperature?: boolean;
                    requiresStringContent?: boolean;
                };
                timeouts?: {
                    connectMs?: number;
                    firstEventMs?: number;
                    idleMs?: number;
                    totalMs?: number;
                };
            }[];
        }>]>, undefined>>, {}>;
    }, undefined>>, {}>;
    readonly agents: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly defaults: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly maxConcurrent: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextTokens: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly params: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly additionalSystemPrompt: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly blockStreamingBreak: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly blockStreamingChunk: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly blockStreamingCoalesce: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly blockStreamingDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly bootstrapMaxChars: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly bootstrapPromptTruncationWarning: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly bootstrapTotalMaxChars: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly cliBackends: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly compaction: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextPruning: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly elevatedDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly embeddedPi: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly envelopeElapsed: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly envelopeTimestamp: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly envelopeTimezone: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly heartbeat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly humanDelay: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly imageGenerationModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly imageMaxDimensionPx: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly mediaMaxMb: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly memorySearch: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly modelPolicy: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly modelSelectionScope: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly pdfMaxBytesMb: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly pdfMaxPages: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly pdfModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly repoRoot: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly sandbox: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skills: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skipBootstrap: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly subagents: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly thinkingDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly timeFormat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly typingIntervalSeconds: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly typingMode: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly userTimezone: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly utilityModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly verboseDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly workspace: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly model: v.ExactOptionalSchema<Described<v.UnionSchema<[v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
                readonly timeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly primary: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>, undefined>;
                readonly fallbacks: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, undefined>>, undefined>;
            }, undefined>], undefined>>, undefined>;
            readonly imageModel: v.ExactOptionalSchema<Described<v.UnionSchema<[v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
                readonly timeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly primary: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>, undefined>;
                readonly fallbacks: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, undefined>>, undefined>;
            }, undefined>], undefined>>, undefined>;
            readonly models: v.ExactOptionalSchema<Described<v.RecordSchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
                readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly codeMode: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly pickerRuntimes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly alias: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.RegexAction<string, "use letters, digits, `.`, `_`, `:` and `-` only">]>>, undefined>;
                readonly streaming: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                readonly params: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.UnknownSchema, undefined>>, undefined>;
                readonly repair: v.ExactOptionalSchema<Described<v.UnionSchema<[v.LiteralSchema<false, undefined>, v.StrictObjectSchema<{
                    readonly toolCallsFromText: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly reasoningFromTags: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly argumentsRepair: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                }, undefined>], undefined>>, undefined>;
                readonly timeouts: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                    readonly connectMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                    readonly firstEventMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                    readonly idleMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                    readonly totalMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                }, undefined>>, undefined>;
                readonly firstEventLimitMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            }, undefined>, undefined>>, {}>;
            readonly timeoutSeconds: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 600>;
            readonly retry: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                readonly maxRetries: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 2>;
                readonly budgetMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 10000>;
            }, undefined>>, {}>;
            readonly firstEventLimitMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
        }, undefined>>, {}>;
        readonly list: v.ExactOptionalSchema<Described<v.ArraySchema<v.StrictObjectSchema<{
            readonly models: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextTokens: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly params: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly heartbeat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly humanDelay: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly memorySearch: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly sandbox: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skills: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly subagents: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly thinkingDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly verboseDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly workspace: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly agentDir: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly fastModeDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly groupChat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly identity: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly reasoningDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly runtime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly systemPromptOverride: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly tools: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly default: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly name: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly model: v.ExactOptionalSchema<Described<v.UnionSchema<[v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
                readonly timeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly primary: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>, undefined>;
                readonly fallbacks: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, undefined>>, undefined>;
            }, undefined>], undefined>>, undefined>;
            readonly imageModel: v.ExactOptionalSchema<Described<v.UnionSchema<[v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
                readonly timeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly primary: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>, undefined>;
                readonly fallbacks: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, undefined>>, undefined>;
            }, undefined>], undefined>>, undefined>;
            readonly id: Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>;
        }, undefined>, undefined>>, undefined>;
        readonly entries: v.ExactOptionalSchema<Described<v.RecordSchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
            models: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            contextTokens: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            params: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            heartbeat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            humanDelay: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            memorySearch: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            sandbox: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            skills: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            subagents: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            thinkingDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            verboseDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            workspace: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            agentDir: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            fastModeDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            groupChat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            identity: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            reasoningDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            runtime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            systemPromptOverride: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            tools: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            default: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            name: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            model: v.ExactOptionalSchema<Described<v.UnionSchema<[v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
                readonly timeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly primary: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>, undefined>;
                readonly fallbacks: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, undefined>>, undefined>;
            }, undefined>], undefined>>, undefined>;
            imageModel: v.ExactOptionalSchema<Described<v.UnionSchema<[v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
                readonly timeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly primary: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>, undefined>;
                readonly fallbacks: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, undefined>>, undefined>;
            }, undefined>], undefined>>, undefined>;
        }, undefined>, undefined>>, undefined>;
    }, undefined>>, {}>;
    readonly auth: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly cooldowns: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly profiles: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.StrictObjectSchema<{
            readonly displayName: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly email: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly provider: Described<v.StringSchema<undefined>>;
            readonly mode: Described<v.PicklistSchema<["api_key", "oauth", "token", "aws-sdk"], undefined>>;
        }, undefined>, undefined>>, {}>;
        readonly order: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.ArraySchema<v.StringSchema<undefined>, undefined>, undefined>>, {}>;
    }, undefined>>, {}>;
    readonly gateway: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly push: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly tools: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly remote: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly allowRealIpFallback: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly channelHealthCheckMinutes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly channelMaxRestartsPerHour: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly channelStaleEventThresholdMinutes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly controlUi: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly handshakeTimeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly nodes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly tailscale: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly tls: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly trustedProxies: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly webchat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly mode: v.ExactOptionalSchema<Described<v.PicklistSchema<["local", "remote"], undefined>>, undefined>;
        readonly port: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>, v.MaxValueAction<number, 65535, undefined>]>>, 18789>;
        readonly bind: v.ExactOptionalSchema<Described<v.PicklistSchema<["loopback", "lan", "auto", "custom", "tailnet"], undefined>>, "loopback">;
        readonly customBindHost: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
        readonly auth: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly allowTailscale: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly trustedProxy: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly mode: v.ExactOptionalSchema<Described<v.PicklistSchema<["token", "password", "none"], undefined>>, undefined>;
            readonly token: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly password: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly rateLimit: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                readonly maxAttempts: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 10>;
                readonly windowMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 60000>;
                readonly lockoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 300000>;
                readonly exemptLoopback: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, true>;
            }, undefined>>, {}>;
        }, undefined>>, {}>;
        readonly cors: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly origins: v.ExactOptionalSchema<Described<v.ArraySchema<v.StringSchema<undefined>, undefined>>, readonly []>;
        }, undefined>>, {}>;
        readonly allowedHosts: v.ExactOptionalSchema<Described<v.ArraySchema<v.StringSchema<undefined>, undefined>>, readonly []>;
        readonly limits: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly maxBodyBytes: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, number>;
            readonly maxBufferedBytes: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, number>;
            readonly maxConnections: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 1024>;
            readonly maxConcurrent: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 4>;
            readonly maxQueued: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 64>;
            readonly headersTimeoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 15000>;
            readonly bodyTimeoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 60000>;
            readonly keepAliveCommentMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 15000>;
        }, undefined>>, {}>;
        readonly reload: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly deferralTimeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly mode: v.ExactOptionalSchema<Described<v.PicklistSchema<["off", "hybrid", "hot", "restart"], undefined>>, "hybrid">;
            readonly debounceMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 300>;
        }, undefined>>, {}>;
        readonly shutdownTimeoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 30000>;
        readonly http: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly securityHeaders: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly endpoints: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                readonly responses: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly chatCompletions: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                    readonly maxBodyBytes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly files: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly images: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly maxImageParts: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly maxTotalImageBytes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly maxUrlParts: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                    readonly enabled: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                }, undefined>>, undefined>;
            }, undefined>>, undefined>;
        }, undefined>>, undefined>;
    }, undefined>>, {}>;
    readonly env: v.ExactOptionalSchema<Described<v.ObjectWithRestSchema<{
        readonly vars: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.StringSchema<undefined>, undefined>>, undefined>;
        readonly shellEnv: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly enabled: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly timeoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, undefined>;
        }, undefined>>, undefined>;
    }, Described<v.StringSchema<undefined>>, undefined>>, undefined>;
    readonly logging: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly audit: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly maxFileBytes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly level: v.ExactOptionalSchema<Described<v.PicklistSchema<["silent", "fatal", "error", "warn", "info", "debug", "trace"], undefined>>, "info">;
        readonly file: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
        readonly consoleLevel: v.ExactOptionalSchema<Described<v.PicklistSchema<["silent", "fatal", "error", "warn", "info", "debug", "trace"], undefined>>, undefined>;
        readonly consoleStyle: v.ExactOptionalSchema<Described<v.PicklistSchema<["pretty", "compact", "json"], undefined>>, undefined>;
        readonly redactSensitive: v.ExactOptionalSchema<Described<v.PicklistSchema<["off", "tools"], undefined>>, undefined>;
        readonly redactPatterns: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, ({ input }: v.CheckIssue<string>) => string>]>, undefined>>, undefined>;
        readonly prompts: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, false>;
    }, undefined>>, {}>;
    readonly meta: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly migrations: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly lastTouchedVersion: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
        readonly lastTouchedAt: v.ExactOptionalSchema<Described<v.UnionSchema<[v.StringSchema<undefined>, v.NumberSchema<undefined>], undefined>>, undefined>;
    }, undefined>>, undefined>;
}, undefined>;

/** A provider that cannot be used although everything else can. */
interface DisabledProvider {
    id: string;
    /** `missing-variable`: it needs an environment variable that is not set. `invalid`: its entry is wrong. */
    reason: 'missing-variable' | 'invalid';
    issues: readonly ConfigIssue[];
}
/** The configuration in force, and how it came about. */
interface LoadedConfig {
    /** Checked, variables put in, defaults filled in, disabled providers left out. */
    config: OpenClawConfig;
    /** As people wrote it: includes merged, `${VAR}` kept, nothing filled in. */
    authored: JsonObject;
    /** Absolute path of the configuration file, whether it exists or not. */
    path: string;
    /** False when there is no file and the defaults are in force. */
    exists: boolean;
    /** Every file that took part: the configuration first, then its includes, in the order they are read. */
    files: readonly string[];
    /** Those of `files` that hold no setting: blank, nothing but comments, or `{}`. */
    emptyFiles: readonly string[];
    warnings: readonly ConfigIssue[];
    disabledProviders: readonly DisabledProvider[];
    /** The environment in force: the process, then `./.env`, `<stateDir>/.env`, the `env` section, and what the login shell adds. */
    env: Readonly<Record<string, string | undefined>>;
    /** Where `.env` files are looked for, to be watched, whether they exist or not. */
    environmentPaths: readonly string[];
    /** Where state lives, `~/.openclaw`; need not exist. */
    stateDir: string;
    /** `--profile`, or undefined. */
    profile: string | undefined;
    /** Auth profiles by agent id, for the agents that have any. */
    authProfiles: Readonly<Record<string, AuthProfiles>>;
    /** Where auth profiles are looked for, to be watched: the directory of agents and a file for each, whether they exist or not. */
    authProfilePaths: readonly string[];
}

/** A key, and where it came from. */
interface Credential {
    value: string;
    source: 'environment' | 'auth-profile' | 'configuration';
    /** For people, without the secret: `OLLAMA_API_KEY`, `ollama:manual`, `models.providers.ollama.apiKey`. */
    detail: string;
}
/**
 * The key for a provider, or undefined when nobody gave one.
 *
 * First found wins, in the order users of OpenClaw know: auth profile, environment variable (`OLLAMA_API_KEY` for `ollama`,
 * `MY_BOX_API_KEY` for `my-box`), `models.providers.<id>.apiKey`. The placeholder `ollama-local` gives way to a real key from
 * further down, since everybody has it in the environment.
 */
declare function resolveCredential(providerId: string, loaded: Pick<LoadedConfig, 'config' | 'env' | 'authProfiles'>, { agent, now }?: {
    agent?: string | undefined;
    now?: () => number;
}): Credential | undefined;
/** The agent that `openclaw` means when no agent is named. */
declare function defaultAgentId({ agents }: Pick<LoadedConfig['config'], 'agents'>): string;
/** The environment variable that holds the key of a provider. */
declare function apiKeyVariable(providerId: string): string;

/** What decides where the configuration is. */
interface ConfigLocation {
    /** @default process.env */
    env?: Readonly<Record<string, string | undefined>> | undefined;
    /** The directory that relative paths and `./.env` start from. @default process.cwd() */
    cwd?: string | undefined;
    /** `--profile`; wins over OPENCLAW_PROFILE. `dev` also moves the gateway to port 19001. */
    profile?: string | undefined;
}
/** Where everything is; nothing of it need exist. */
interface ConfigPaths {
    /** The configuration file. */
    config: string;
    stateDir: string;
    home: string;
    profile: string | undefined;
}
/**
 * Where the configuration is. OPENCLAW_CONFIG_PATH wins over OPENCLAW_STATE_DIR, that over the profile, that over `~/.openclaw`; home is
 * OPENCLAW_HOME, HOME, USERPROFILE, or what the system says. Empty values and the words `undefined` and `null`, which shells and
 * containers leave behind, count as unset.
 *
 * @throws ConfigError `bad-path` for a profile whose name is no file name
 */
declare function resolveConfigPaths({ env, cwd, profile, }?: ConfigLocation): ConfigPaths;
/** `~` and `~/…` from the home directory; everything else as it is. */
declare function expandHome(path: string, home: string): string;
/** The path as people write it, for messages. */
declare function shortenHome(path: string, home: string): string;

/** Keys and indexes from the root: `['agents', 'list', '0', 'id']`. */
type ConfigPath = readonly string[];
/**
 * Reads the notation of `config get`: dots, `[0]`, `["a.b"]`, `['a.b']`, the older `[a.b]` taken verbatim, and `\.` for a dot that belongs
 * to the key. Slashes and colons separate nothing, so `agents.defaults.models.ollama/gpt-oss:20b.alias` needs no quotes.
 *
 * @throws ConfigError `bad-path`
 */
declare function parseConfigPath(text: string): ConfigPath;
/** The notation for a path, so that `parseConfigPath` reads it back. */
declare function formatConfigPath(path: ConfigPath): string;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration: file, includes, `.env` files, environment, auth profiles, and with `env.shellEnv` the login shell. Without a file the defaults are in force and
 * `exists` is false; a file that is wrong is never taken for one that is absent.
 *
 * @throws ConfigError `invalid` with every issue, or `unreadable`
 */
declare function loadConfig(location?: ConfigLocation): Promise<LoadedConfig>;
/** A configuration that came from a text instead of files. */
type ParsedConfig = Pick<LoadedConfig, 'config' | 'authored' | 'warnings' | 'disabledProviders' | 'env'>;
/**
 * Checks the text of one file without touching the disk; `$include` leads nowhere.
 *
 * @throws ConfigError `invalid` with every issue
 */
declare function parseConfig(text: string, { file, env: given }?: {
    file?: string | undefined;
    env?: Environment | undefined;
}): ParsedConfig;

/** A JSON Schema (draft 7) of the configuration file with descriptions, defaults and examples, for editors and documentation. */
declare function configJsonSchema(): Promise<JsonObject>;

/** One change: a value at a path, or nothing there. */
type ConfigChange = {
    type: 'set';
    path: string;
    value: JsonValue;
} | {
    type: 'unset';
    path: string;
};
/**
 * The text of a configuration with changes made to it, every other byte as it was. Decides, does not write; does not look at the schema.
 *
 * @throws ConfigError `invalid` when the text cannot be read, `path-not-found` when there is nothing to unset, `bad-path`, `bad-value`
 */
declare function planConfigEdit(text: string, changes: readonly ConfigChange[]): string;

/**
 * One change to the configuration. The `text` of a `set-text` is what somebody typed: JSON5 if it can be read as such and the schema
 * agrees, otherwise the string itself.
 */
type ConfigEdit = ConfigChange | {
    type: 'set-text';
    path: string;
    text: string;
};
interface EditOptions extends ConfigLocation {
    /** Only say what would be written; everything is checked all the same. @default false */
    dryRun?: boolean | undefined;
}
/** What an edit did, or with `dryRun` would have done, to one file. */
interface EditedFile {
    file: string;
    /** Lines with `-`, `+` or a space in front; secrets are masked. */
    diff: readonly string[];
    /** The former version, if there was one and it was written. */
    backup: string | undefined;
}
interface ConfigEditResult {
    /** Absolute path of the configuration. */
    path: string;
    /** Empty when every value was there already. */
    changed: readonly EditedFile[];
    /** What the new configuration is warned about, a provider that cannot be used included. */
    warnings: readonly ConfigIssue[];
}
/**
 * Makes changes to the configuration, all of them or none. Every byte that need not change stays: comments, order, quotes, `${VAR}`. A key is
 * changed in the included file that owns it. The result is held against the schema before anything is written; problems that were
 * there before do not stand in the way of an edit, new ones do.
 *
 * @throws ConfigError `invalid` when the result would be wrong; `bad-path`, `bad-value`, `path-not-found`, `ambiguous-owner`;
 *   `read-only`, `locked`
 */
declare function editConfig(edits: readonly ConfigEdit[], options?: EditOptions): Promise<ConfigEditResult>;
/** Sets the value at a path; see `editConfig`. */
declare function setConfigValue(path: string, { value, text, ...options }: EditOptions & ({
    value: JsonValue;
    text?: never;
} | {
    text: string;
    value?: never;
})): Promise<ConfigEditResult>;
/** Takes the value at a path away; see `editConfig`. */
declare function unsetConfigValue(path: string, options?: EditOptions): Promise<ConfigEditResult>;

/**
 * What is written at a path of a configuration (`LoadedConfig.authored`), or undefined when nothing is. Not redacted; see `redactConfig`.
 *
 * @throws ConfigError `bad-path`
 */
declare function getConfigValue(authored: JsonValue, path: string): JsonValue | undefined;
/**
 * Whether the schema has a place for the path, so that "nothing is set there" can be told from "there is no such key".
 *
 * @throws ConfigError `bad-path`
 */
declare function isKnownConfigPath(path: string): boolean;

/** What came of reading a file. */
type FileReading = {
    type: 'text';
    text: string;
}
/** There is no such file. */
 | {
    type: 'missing';
}
/** The path names something that is not a regular file, the file is larger than `maxBytes`, it keeps changing, or the system refuses. */
 | {
    type: 'refused';
    code: 'not-a-file' | 'too-large' | 'changing' | 'system-error';
    /** In words, to follow the path: `it is a named pipe, not a file`. */
    why: string;
};
/**
 * Reads a regular file as UTF-8. Anything else is refused without waiting for it: opening a named pipe would block until something writes
 * to it, and a device may never end. A file that changes while it is read is read again.
 */
declare function readRegularFile(path: string, { maxBytes }: {
    maxBytes: number;
}): Promise<FileReading>;

/** What is shown in place of a secret, and refused as a value. */
declare const secretMask = "***";
/**
 * A configuration, or the part of it at `path`, without its secrets. References such as `${OLLAMA_API_KEY}` are no secrets and stay.
 * Inside of sections this product does not know, keys that sound like secrets are masked, too.
 */
declare function redactConfig(value: JsonValue, { path }?: {
    path?: readonly string[];
}): JsonValue;
/** A key as it may be shown to tell it from others: its ends when it is long, `***` when it is short. */
declare function maskSecret(secret: string): string;

interface AuthProfileOptions extends ConfigLocation {
    /** Whose credentials. @default 'main' */
    agent?: string | undefined;
}
/** A stored credential as it may be shown. */
interface AuthProfileSummary extends Omit<AuthProfile, 'secret'> {
    /** `sk-t***7890`, or `***`. */
    masked: string;
    /** The file that holds it. */
    file: string;
}
/** The stored credentials of an agent, without the credentials. */
declare function listAuthProfiles(options?: AuthProfileOptions): Promise<AuthProfileSummary[]>;
/**
 * Stores an API key, in the place of one with the same id. Everything else in the file stays as it is.
 *
 * @throws ConfigError `bad-value` for an empty key or a mask; `unreadable`, `read-only`, `locked`
 */
declare function addAuthProfile({ provider, key, id, }: {
    provider: string;
    key: string; /** @default '<provider>:manual' */
    id?: string;
}, options?: AuthProfileOptions): Promise<AuthProfileSummary>;
/**
 * Takes a stored credential away, and its id out of the order.
 *
 * @throws ConfigError `path-not-found` when there is none with that id
 */
declare function removeAuthProfile(id: string, options?: AuthProfileOptions): Promise<void>;

export { ConfigError, addAuthProfile, apiKeyVariable, configJsonSchema, defaultAgentId, editConfig, expandHome, formatConfigIssue, formatConfigPath, getConfigValue, isKnownConfigPath, listAuthProfiles, loadConfig, maskSecret, parseConfig, parseConfigPath, planConfigEdit, readRegularFile, redactConfig, removeAuthProfile, resolveConfigPaths, resolveCredential, secretMask, setConfigValue, shortenHome, unsetConfigValue };
export type { AuthProfile, AuthProfileOptions, AuthProfileSummary, AuthProfiles, ConfigChange, ConfigEdit, ConfigEditResult, ConfigErrorCode, ConfigIssue, ConfigIssueCode, ConfigLocation, ConfigPath, ConfigPaths, Credential, DisabledProvider, EditOptions, EditedFile, FileReading, JsonObject, JsonValue, LoadedConfig, ModelChoice, ModelConfig, ModelSettings, OpenClawConfig, OpenClawConfigInput, ParsedConfig, ProviderConfig };
