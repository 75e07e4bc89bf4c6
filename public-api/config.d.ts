import * as v from 'valibot';

/** Kinds of issues. */
type ConfigIssueCode = 'unreadable-file' | 'syntax' | 'duplicate-key' | 'include' | 'unknown-key' | 'invalid-value' | 'missing-variable'
/** A secret of a file or a program that cannot be read. */
 | 'unresolved-secret'
/** A value that is served in another way than it says. */
 | 'adapted-value'
/** A value that is valid, and probably not what was meant. */
 | 'suspicious-value' | 'unused-key' | 'bad-credentials-file' | 'bad-credential' | 'ignored-variable' | 'unreadable-env-file' | 'login-shell';
/** One problem, with its place. */
interface ConfigIssue {
    code: ConfigIssueCode;
    /** Path in the configuration, `agents.defaults.modle`; empty for the whole file. */
    path: string;
    /** The problem and what was expected, without the place. Contains no secrets. */
    message: string;
    /** Absolute path of the file: the configuration or one of its includes. */
    file: string;
    /** 1-based. */
    line: number;
    /** 1-based, in UTF-16 units as editors count. */
    column: number;
    /** The line with masked secrets; the part around the place if the line is long; empty without a line. */
    excerpt: string;
    /** The 1-based column at which the excerpt starts, if it is not 1. */
    excerptColumn?: number;
    /** The nearest valid key or value: `model`. */
    suggestion?: string;
}
/** Why a `ConfigError` was thrown. */
type ConfigErrorCode = 
/** The file is invalid: see the issues. */
'invalid'
/** A file exists and could not be read. */
 | 'unreadable'
/** The path is invalid, such as `agents..model`. */
 | 'bad-path'
/** There is no value at the path. */
 | 'path-not-found'
/** The value cannot be written: a mask, or a value that JSON5 cannot represent. */
 | 'bad-value'
/** The configuration cannot be written: OPENCLAW_CONFIG_READONLY, Nix, no permission, no space. */
 | 'read-only'
/** Another process holds the lock for too long. */
 | 'locked'
/** The edit would change a value that is joined from several files; edit it by hand. */
 | 'ambiguous-owner';
/** The configuration is invalid or cannot be changed. The message lists all issues with their places. */
declare class ConfigError extends Error {
    readonly code: ConfigErrorCode;
    /** All issues, in the order of the file; empty unless `code` is `invalid`. */
    readonly issues: readonly ConfigIssue[];
    constructor(code: ConfigErrorCode, { message, issues, cause }: {
        message: string;
        issues?: readonly ConfigIssue[];
        cause?: unknown;
    });
}
/** Formats an issue for people: place, message, the line with a mark under it. */
declare function formatConfigIssue(issue: ConfigIssue): string;

/** A value of a configuration file. JSON5 also has NaN and infinities. */
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
    /** When the credential expires, in milliseconds since 1970, if it does. */
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

/**
 * The input and output types of a schema without valibot's other type information, which would make the declarations
 * ten times as long.
 */
type Described<Schema extends v.GenericSchema> = v.GenericSchema<v.InferInput<Schema>, v.InferOutput<Schema>>;

/** The configuration as written: every key is optional, without defaults. */
type OpenClawConfigInput = v.InferInput<typeof configSchema>;
/** The validated configuration with the defaults of the schema. */
type OpenClawConfig = v.InferOutput<typeof configSchema>;
/** One entry of `models.providers`. */
type ProviderConfig = OpenClawConfig['models']['providers'][string];
/** One entry of `models.providers.<id>.endpoints`. */
type EndpointConfig = NonNullable<ProviderConfig['endpoints']>[number];
/** One entry of `models.providers.<id>.models`. */
type ModelConfig = NonNullable<ProviderConfig['models']>[number];
/** One entry of `agents.defaults.models`. */
type ModelSettings = OpenClawConfig['agents']['defaults']['models'][string];
/** `agents.defaults.model`: a reference, or a reference with fallbacks. */
type ModelChoice = NonNullable<OpenClawConfig['agents']['defaults']['model']>;
/**
 * The schema of `openclaw.json`. Types, defaults, validation, documentation and the JSON Schema are derived from it.
 */
declare const configSchema: v.StrictObjectSchema<{
    readonly audio: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly proxy: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly skills: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly tools: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly accessGroups: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly acp: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly aliases: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
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
    readonly discovery: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly hooks: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly mcp: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly media: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly memory: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly messages: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly nodeHost: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly plugins: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly session: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly surfaces: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly talk: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly ui: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly update: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly web: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly wizard: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
    readonly $schema: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
    readonly models: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly proxy: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly bedrockDiscovery: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly catalogRefresh: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly pricing: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly mode: v.ExactOptionalSchema<Described<v.PicklistSchema<["merge", "replace"], undefined>>, "merge">;
        readonly providers: v.ExactOptionalSchema<Described<v.RecordSchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.SchemaWithPipe<readonly [v.StrictObjectSchema<{
            readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly auth: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly injectNumCtxForOpenAICompat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly localService: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly region: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly baseUrl: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected a URL such as \"http://127.0.0.1:11434/v1\"">]>>, undefined>;
            readonly baseURL: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected a URL such as \"http://127.0.0.1:11434/v1\"">]>>, undefined>;
            readonly endpoints: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.ArraySchema<v.StrictObjectSchema<{
                readonly baseUrl: Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected a URL such as \"http://127.0.0.1:11434/v1\"">]>>;
                readonly name: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.RegexAction<string, "expected a name without blanks, such as \"gpu-1\"">]>>, undefined>;
                readonly weight: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.FiniteAction<number, undefined>, v.GtValueAction<number, 0, "expected a number above 0">]>>, undefined>;
                readonly models: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, undefined>>, undefined>;
                readonly maxConcurrent: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly headers: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.StringSchema<undefined>, undefined>>, undefined>;
                readonly apiKey: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            }, undefined>, undefined>, v.MinLengthAction<{
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            }[], 1, "expected at least one endpoint">, v.CheckAction<{
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            }[], ({ input }: v.CheckIssue<{
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            }[]>) => string>, v.CheckAction<{
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            }[], ({ input }: v.CheckIssue<{
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            }[]>) => string>]>>, undefined>;
            readonly apiKey: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly api: v.ExactOptionalSchema<Described<v.PicklistSchema<["openai-completions", "openai-responses", "ollama"], undefined>>, undefined>;
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
            readonly contextWindow: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly contextTokens: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly maxTokens: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly params: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.UnknownSchema, undefined>>, undefined>;
            readonly models: v.ExactOptionalSchema<Described<v.ArraySchema<v.StrictObjectSchema<{
                readonly baseUrl: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly headers: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly api: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly capabilities: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly mediaInput: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly metadataSource: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
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
                readonly contextTokens: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly params: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.UnknownSchema, undefined>>, undefined>;
                readonly maxTokens: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly compat: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                    readonly codeMode: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
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
            readonly request: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                readonly allowPrivateNetwork: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly headers: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.StringSchema<undefined>, undefined>>, undefined>;
                readonly auth: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StrictObjectSchema<{
                    readonly mode: Described<v.PicklistSchema<["provider-default", "authorization-bearer", "header"], undefined>>;
                    readonly token: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly headerName: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly value: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly prefix: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                }, undefined>, v.CheckAction<{
                    mode: "provider-default" | "authorization-bearer" | "header";
                    token?: string;
                    headerName?: string;
                    value?: string;
                    prefix?: string;
                }, "the mode `authorization-bearer` needs `token`, and `header` needs `headerName` and `value`">]>>, undefined>;
                readonly proxy: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                    readonly mode: Described<v.PicklistSchema<["env-proxy", "explicit-proxy"], undefined>>;
                    readonly url: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly tls: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                        readonly ca: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                        readonly cert: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                        readonly key: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                        readonly passphrase: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                        readonly serverName: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                        readonly insecureSkipVerify: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.BooleanSchema<undefined>, v.CheckAction<boolean, "not supported: give the certificate of the authority as `ca` instead">]>>, undefined>;
                    }, undefined>>, undefined>;
                }, undefined>>, undefined>;
                readonly tls: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                    readonly ca: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly cert: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly key: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly passphrase: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly serverName: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
                    readonly insecureSkipVerify: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.BooleanSchema<undefined>, v.CheckAction<boolean, "not supported: give the certificate of the authority as `ca` instead">]>>, undefined>;
                }, undefined>>, undefined>;
            }, undefined>>, undefined>;
        }, undefined>, v.TransformAction<{
            agentRuntime?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            baseUrl?: string;
            baseURL?: string;
            endpoints?: {
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            }[];
            apiKey?: string;
            api?: "openai-completions" | "openai-responses" | "ollama";
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
            contextWindow?: number;
            contextTokens?: number;
            maxTokens?: number;
            params?: {
                [x: string]: unknown;
            };
            models?: {
                baseUrl?: unknown;
                headers?: unknown;
                api?: unknown;
                agentRuntime?: unknown;
                capabilities?: unknown;
                mediaInput?: unknown;
                metadataSource?: unknown;
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
                contextTokens?: number;
                params?: {
                    [x: string]: unknown;
                };
                maxTokens?: number;
                compat?: {
                    codeMode?: unknown;
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
            request?: {
                allowPrivateNetwork?: unknown;
                headers?: {
                    [x: string]: string;
                };
                auth?: {
                    mode: "provider-default" | "authorization-bearer" | "header";
                    token?: string;
                    headerName?: string;
                    value?: string;
                    prefix?: string;
                };
                proxy?: {
                    mode: "env-proxy" | "explicit-proxy";
                    url?: string;
                    tls?: {
                        ca?: string;
                        cert?: string;
                        key?: string;
                        passphrase?: string;
                        serverName?: string;
                        insecureSkipVerify?: boolean;
                    };
                };
                tls?: {
                    ca?: string;
                    cert?: string;
                    key?: string;
                    passphrase?: string;
                    serverName?: string;
                    insecureSkipVerify?: boolean;
                };
            };
        }, {
            models?: {
                params?: {
                    [x: string]: unknown;
                };
                maxTokens?: number;
                contextWindow?: number;
                baseUrl?: unknown;
                headers?: unknown;
                api?: unknown;
                agentRuntime?: unknown;
                capabilities?: unknown;
                mediaInput?: unknown;
                metadataSource?: unknown;
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
                compat?: {
                    codeMode?: unknown;
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
            api?: "openai-completions" | "ollama";
            endpoints?: ({
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            } & {
                readonly name: string;
            })[];
            baseUrl?: string;
            request?: {
                allowPrivateNetwork?: unknown;
                proxy?: {
                    mode: "env-proxy" | "explicit-proxy";
                    url?: string;
                    tls?: {
                        ca?: string;
                        cert?: string;
                        key?: string;
                        passphrase?: string;
                        serverName?: string;
                        insecureSkipVerify?: boolean;
                    };
                };
                tls?: {
                    ca?: string;
                    cert?: string;
                    key?: string;
                    passphrase?: string;
                    serverName?: string;
                    insecureSkipVerify?: boolean;
                };
            };
            headers?: Record<string, string>;
            authHeader?: boolean;
            agentRuntime?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            apiKey?: string;
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
            contextWindow?: number;
            contextTokens?: number;
            maxTokens?: number;
            params?: {
                [x: string]: unknown;
            };
        }>, v.BaseValidation<{
            models?: {
                params?: {
                    [x: string]: unknown;
                };
                maxTokens?: number;
                contextWindow?: number;
                baseUrl?: unknown;
                headers?: unknown;
                api?: unknown;
                agentRuntime?: unknown;
                capabilities?: unknown;
                mediaInput?: unknown;
                metadataSource?: unknown;
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
                compat?: {
                    codeMode?: unknown;
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
            api?: "openai-completions" | "ollama";
            endpoints?: ({
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            } & {
                readonly name: string;
            })[];
            baseUrl?: string;
            request?: {
                allowPrivateNetwork?: unknown;
                proxy?: {
                    mode: "env-proxy" | "explicit-proxy";
                    url?: string;
                    tls?: {
                        ca?: string;
                        cert?: string;
                        key?: string;
                        passphrase?: string;
                        serverName?: string;
                        insecureSkipVerify?: boolean;
                    };
                };
                tls?: {
                    ca?: string;
                    cert?: string;
                    key?: string;
                    passphrase?: string;
                    serverName?: string;
                    insecureSkipVerify?: boolean;
                };
            };
            headers?: Record<string, string>;
            authHeader?: boolean;
            agentRuntime?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            apiKey?: string;
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
            contextWindow?: number;
            contextTokens?: number;
            maxTokens?: number;
            params?: {
                [x: string]: unknown;
            };
        }, {
            models?: {
                params?: {
                    [x: string]: unknown;
                };
                maxTokens?: number;
                contextWindow?: number;
                baseUrl?: unknown;
                headers?: unknown;
                api?: unknown;
                agentRuntime?: unknown;
                capabilities?: unknown;
                mediaInput?: unknown;
                metadataSource?: unknown;
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
                compat?: {
                    codeMode?: unknown;
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
            api?: "openai-completions" | "ollama";
            endpoints?: ({
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            } & {
                readonly name: string;
            })[];
            baseUrl?: string;
            request?: {
                allowPrivateNetwork?: unknown;
                proxy?: {
                    mode: "env-proxy" | "explicit-proxy";
                    url?: string;
                    tls?: {
                        ca?: string;
                        cert?: string;
                        key?: string;
                        passphrase?: string;
                        serverName?: string;
                        insecureSkipVerify?: boolean;
                    };
                };
                tls?: {
                    ca?: string;
                    cert?: string;
                    key?: string;
                    passphrase?: string;
                    serverName?: string;
                    insecureSkipVerify?: boolean;
                };
            };
            headers?: Record<string, string>;
            authHeader?: boolean;
            agentRuntime?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            apiKey?: string;
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
            contextWindow?: number;
            contextTokens?: number;
            maxTokens?: number;
            params?: {
                [x: string]: unknown;
            };
        }, v.CheckIssue<{
            models?: {
                params?: {
                    [x: string]: unknown;
                };
                maxTokens?: number;
                contextWindow?: number;
                baseUrl?: unknown;
                headers?: unknown;
                api?: unknown;
                agentRuntime?: unknown;
                capabilities?: unknown;
                mediaInput?: unknown;
                metadataSource?: unknown;
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
                compat?: {
                    codeMode?: unknown;
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
            api?: "openai-completions" | "ollama";
            endpoints?: ({
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            } & {
                readonly name: string;
            })[];
            baseUrl?: string;
            request?: {
                allowPrivateNetwork?: unknown;
                proxy?: {
                    mode: "env-proxy" | "explicit-proxy";
                    url?: string;
                    tls?: {
                        ca?: string;
                        cert?: string;
                        key?: string;
                        passphrase?: string;
                        serverName?: string;
                        insecureSkipVerify?: boolean;
                    };
                };
                tls?: {
                    ca?: string;
                    cert?: string;
                    key?: string;
                    passphrase?: string;
                    serverName?: string;
                    insecureSkipVerify?: boolean;
                };
            };
            headers?: Record<string, string>;
            authHeader?: boolean;
            agentRuntime?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            apiKey?: string;
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
            contextWindow?: number;
            contextTokens?: number;
            maxTokens?: number;
            params?: {
                [x: string]: unknown;
            };
        }>>, v.TransformAction<{
            models?: {
                params?: {
                    [x: string]: unknown;
                };
                maxTokens?: number;
                contextWindow?: number;
                baseUrl?: unknown;
                headers?: unknown;
                api?: unknown;
                agentRuntime?: unknown;
                capabilities?: unknown;
                mediaInput?: unknown;
                metadataSource?: unknown;
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
                compat?: {
                    codeMode?: unknown;
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
            api?: "openai-completions" | "ollama";
            endpoints?: ({
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            } & {
                readonly name: string;
            })[];
            baseUrl?: string;
            request?: {
                allowPrivateNetwork?: unknown;
                proxy?: {
                    mode: "env-proxy" | "explicit-proxy";
                    url?: string;
                    tls?: {
                        ca?: string;
                        cert?: string;
                        key?: string;
                        passphrase?: string;
                        serverName?: string;
                        insecureSkipVerify?: boolean;
                    };
                };
                tls?: {
                    ca?: string;
                    cert?: string;
                    key?: string;
                    passphrase?: string;
                    serverName?: string;
                    insecureSkipVerify?: boolean;
                };
            };
            headers?: Record<string, string>;
            authHeader?: boolean;
            agentRuntime?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            apiKey?: string;
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
            contextWindow?: number;
            contextTokens?: number;
            maxTokens?: number;
            params?: {
                [x: string]: unknown;
            };
        }, {
            discover?: boolean;
            models?: {
                params?: {
                    [x: string]: unknown;
                };
                maxTokens?: number;
                contextWindow?: number;
                baseUrl?: unknown;
                headers?: unknown;
                api?: unknown;
                agentRuntime?: unknown;
                capabilities?: unknown;
                mediaInput?: unknown;
                metadataSource?: unknown;
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
                compat?: {
                    codeMode?: unknown;
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
            api?: "openai-completions" | "ollama";
            endpoints?: ({
                baseUrl: string;
                name?: string;
                weight?: number;
                models?: string[];
                maxConcurrent?: number;
                headers?: {
                    [x: string]: string;
                };
                apiKey?: string;
            } & {
                readonly name: string;
            })[];
            baseUrl?: string;
            request?: {
                allowPrivateNetwork?: unknown;
                proxy?: {
                    mode: "env-proxy" | "explicit-proxy";
                    url?: string;
                    tls?: {
                        ca?: string;
                        cert?: string;
                        key?: string;
                        passphrase?: string;
                        serverName?: string;
                        insecureSkipVerify?: boolean;
                    };
                };
                tls?: {
                    ca?: string;
                    cert?: string;
                    key?: string;
                    passphrase?: string;
                    serverName?: string;
                    insecureSkipVerify?: boolean;
                };
            };
            headers?: Record<string, string>;
            authHeader?: boolean;
            agentRuntime?: unknown;
            auth?: unknown;
            injectNumCtxForOpenAICompat?: unknown;
            localService?: unknown;
            region?: unknown;
            apiKey?: string;
            timeouts?: {
                connectMs?: number;
                firstEventMs?: number;
                idleMs?: number;
                totalMs?: number;
            };
            timeoutSeconds?: number;
            maxConcurrent?: number;
            maxQueued?: number;
            contextWindow?: number;
            contextTokens?: number;
            maxTokens?: number;
            params?: {
                [x: string]: unknown;
            };
        }>]>, undefined>>, {}>;
    }, undefined>>, {}>;
    readonly agents: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly ownership: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly defaults: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly maxConcurrent: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextTokens: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly params: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly additionalSystemPrompt: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly blockStreamingBreak: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly blockStreamingChunk: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly blockStreamingCoalesce: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly blockStreamingDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly bootstrapMaxChars: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly bootstrapPromptTruncationWarning: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly bootstrapTotalMaxChars: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly authInheritance: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly cliBackends: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextInjection: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextLimits: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly cwd: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly decisionModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly embeddedAgent: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly experimental: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
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
            readonly imageQuality: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly mediaGenerationAutoProviderFallback: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly mediaModels: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly mediaMaxMb: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly memorySearch: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly modelPolicy: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly modelSelectionScope: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly musicGenerationModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly pdfMaxBytesMb: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly pdfMaxMb: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly pdfMaxPages: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly pdfModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly promptOverlays: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly repoRoot: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly runRetries: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly runTimeoutSeconds: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly sandbox: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly sessionStore: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly silentReply: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skills: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skipBootstrap: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skipOptionalBootstrapFiles: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly startupContext: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly subagents: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly systemAgent: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly thinkingDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly timeFormat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly toolProgressDetail: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly typingIntervalSeconds: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly typingMode: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly userTimezone: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly utilityModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly verboseDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly videoGenerationModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly voiceModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
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
                readonly codeMode: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly pickerRuntimes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
                readonly alias: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.TrimAction, v.NonEmptyAction<string, undefined>]>>, undefined>;
                readonly streaming: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                readonly params: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.UnknownSchema, undefined>>, undefined>;
                readonly repair: v.ExactOptionalSchema<Described<v.UnionSchema<[v.LiteralSchema<false, undefined>, v.StrictObjectSchema<{
                    readonly toolCallsFromText: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly reasoningFromTags: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly callsFromReasoning: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly expectReasoning: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
                    readonly family: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>>, undefined>;
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
            readonly circuits: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                readonly maxBackoffMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 30000>;
            }, undefined>>, {}>;
            readonly retry: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                readonly maxRetries: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 2>;
                readonly budgetMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>]>>, 10000>;
            }, undefined>>, {}>;
            readonly firstEventLimitMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
        }, undefined>>, {}>;
        readonly list: v.ExactOptionalSchema<Described<v.ArraySchema<v.StrictObjectSchema<{
            readonly models: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextTokens: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly params: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextInjection: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly contextLimits: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly cwd: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly decisionModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly embeddedAgent: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly experimental: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly heartbeat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly humanDelay: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly memorySearch: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly runRetries: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly runTimeoutSeconds: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly sandbox: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skills: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly subagents: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly thinkingDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly toolProgressDetail: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly utilityModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly verboseDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly workspace: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly agentDir: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly description: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly fastModeDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly groupChat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly identity: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly reasoningDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly runtime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skillsLimits: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly systemPromptOverride: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly tools: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly tts: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
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
            contextTokens: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            params: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            agentRuntime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            contextInjection: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            contextLimits: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            cwd: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            decisionModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            embeddedAgent: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            experimental: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            heartbeat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            humanDelay: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            memorySearch: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            runRetries: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            runTimeoutSeconds: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            sandbox: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            skills: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            subagents: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            thinkingDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            toolProgressDetail: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            utilityModel: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            verboseDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            workspace: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            agentDir: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            description: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            fastModeDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            groupChat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            identity: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            reasoningDefault: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            runtime: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            skillsLimits: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            systemPromptOverride: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            tools: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            tts: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
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
        readonly cliAgents: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly controlUi: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly handshakeTimeoutMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly nodes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly portals: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly publicOrigin: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly roles: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly tailscale: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly terminal: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly webchat: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly mode: v.ExactOptionalSchema<Described<v.PicklistSchema<["local", "remote"], undefined>>, undefined>;
        readonly port: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 0, undefined>, v.MaxValueAction<number, 65535, undefined>]>>, 18789>;
        readonly bind: v.ExactOptionalSchema<Described<v.PicklistSchema<["loopback", "lan", "auto", "custom", "tailnet"], undefined>>, "loopback">;
        readonly customBindHost: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
        readonly auth: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly allowTailscale: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly trustedProxy: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly mode: v.ExactOptionalSchema<Described<v.PicklistSchema<["token", "password", "none", "trusted-proxy"], undefined>>, undefined>;
            readonly token: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly password: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly tokens: v.ExactOptionalSchema<Described<v.RecordSchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected the name of a client: up to 64 letters, digits, \".\", \"_\" and \"-\", and not \"owner\"">]>, v.StrictObjectSchema<{
                readonly token: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected `sha256:` and 64 hexadecimal digits in lower case">]>>, undefined>;
                readonly models: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected a pattern of model references such as \"ollama/qwen3:8b\", \"ollama/*\" or \"*\"">]>, undefined>>, undefined>;
                readonly maxConcurrent: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly priority: v.ExactOptionalSchema<Described<v.PicklistSchema<["interactive", "batch"], undefined>>, undefined>;
                readonly requestsPerMinute: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
                readonly tokensPerDay: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            }, undefined>, undefined>>, {}>;
            readonly rateLimit: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
                readonly maxAttempts: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 10>;
                readonly windowMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 60000>;
                readonly lockoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 300000>;
                readonly exemptLoopback: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, true>;
            }, undefined>>, {}>;
        }, undefined>>, {}>;
        readonly cors: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly origins: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.TransformAction<string, string>, v.CheckAction<string, "expected an origin such as \"http://localhost:3000\" or \"http://localhost:*\": scheme, host and port, with at most one `*`">]>, undefined>>, readonly []>;
        }, undefined>>, {}>;
        readonly allowedHosts: v.ExactOptionalSchema<Described<v.ArraySchema<v.StringSchema<undefined>, undefined>>, readonly []>;
        readonly trustedProxies: v.ExactOptionalSchema<Described<v.ArraySchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected an IP address or a network such as \"10.0.0.0/8\"">]>, undefined>>, readonly []>;
        readonly tls: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly autoGenerate: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly caPath: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly certPath: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly keyPath: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly enabled: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
        }, undefined>>, undefined>;
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
        readonly cluster: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly url: Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected the address of a Redis or Valkey server such as \"redis://10.0.0.5:6379\"">]>>;
            readonly prefix: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.RegexAction<string, "expected 1 to 64 letters, digits, `_`, `.` or `-`">]>>, "openclaw">;
            readonly timeoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, 100>;
        }, undefined>>, undefined>;
        readonly ollama: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly manage: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, false>;
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
    readonly chat: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly save: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, true>;
    }, undefined>>, {}>;
    readonly diagnostics: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly cacheTrace: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly flags: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly stuckSessionAbortMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly stuckSessionWarnMs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly enabled: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
        readonly otel: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
            readonly captureContent: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly logAttributes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly logs: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly logsEndpoint: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly logsExporter: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly metricAttributes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly metricNamePrefix: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly skillContentHash: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly traceAttributes: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly enabled: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly endpoint: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected a URL such as \"http://127.0.0.1:4318\"">]>>, undefined>;
            readonly tracesEndpoint: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected a URL such as \"http://127.0.0.1:4318\"">]>>, undefined>;
            readonly metricsEndpoint: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.CheckAction<string, "expected a URL such as \"http://127.0.0.1:4318\"">]>>, undefined>;
            readonly protocol: v.ExactOptionalSchema<Described<v.PicklistSchema<["http/protobuf", "http/json", "grpc"], undefined>>, undefined>;
            readonly headers: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.StringSchema<undefined>, undefined>>, undefined>;
            readonly serviceName: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly traces: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly metrics: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly sampleRate: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.MinValueAction<number, 0, undefined>, v.MaxValueAction<number, 1, undefined>]>>, undefined>;
            readonly flushIntervalMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1000, undefined>]>>, undefined>;
            readonly propagate: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
        }, undefined>>, {}>;
    }, undefined>>, {}>;
    readonly secrets: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly resolution: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly providers: v.ExactOptionalSchema<Described<v.RecordSchema<v.SchemaWithPipe<readonly [v.StringSchema<undefined>, v.NonEmptyAction<string, undefined>]>, v.StrictObjectSchema<{
            readonly pluginIntegration: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
            readonly source: Described<v.PicklistSchema<["env", "file", "exec", "store"], undefined>>;
            readonly path: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly mode: v.ExactOptionalSchema<Described<v.PicklistSchema<["json", "singleValue"], undefined>>, undefined>;
            readonly maxBytes: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly command: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
            readonly args: v.ExactOptionalSchema<Described<v.ArraySchema<v.StringSchema<undefined>, undefined>>, undefined>;
            readonly env: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.StringSchema<undefined>, undefined>>, undefined>;
            readonly passEnv: v.ExactOptionalSchema<Described<v.ArraySchema<v.StringSchema<undefined>, undefined>>, undefined>;
            readonly jsonOnly: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly timeoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly noOutputTimeoutMs: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly maxOutputBytes: v.ExactOptionalSchema<Described<v.SchemaWithPipe<readonly [v.NumberSchema<undefined>, v.IntegerAction<number, undefined>, v.MinValueAction<number, 1, undefined>]>>, undefined>;
            readonly allowSymlinkCommand: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly trustedDirs: v.ExactOptionalSchema<Described<v.ArraySchema<v.StringSchema<undefined>, undefined>>, undefined>;
            readonly allowInsecurePath: v.ExactOptionalSchema<Described<v.BooleanSchema<undefined>>, undefined>;
            readonly allowlist: v.ExactOptionalSchema<Described<v.ArraySchema<v.StringSchema<undefined>, undefined>>, undefined>;
        }, undefined>, undefined>>, undefined>;
        readonly defaults: v.ExactOptionalSchema<Described<v.RecordSchema<v.StringSchema<undefined>, v.StringSchema<undefined>, undefined>>, undefined>;
    }, undefined>>, undefined>;
    readonly meta: v.ExactOptionalSchema<Described<v.StrictObjectSchema<{
        readonly migrations: v.ExactOptionalSchema<Described<v.UnknownSchema>, undefined>;
        readonly lastTouchedVersion: v.ExactOptionalSchema<Described<v.StringSchema<undefined>>, undefined>;
        readonly lastTouchedAt: v.ExactOptionalSchema<Described<v.UnionSchema<[v.StringSchema<undefined>, v.NumberSchema<undefined>], undefined>>, undefined>;
    }, undefined>>, undefined>;
}, undefined>;

/** A provider that is unusable while the rest is valid. */
interface DisabledProvider {
    id: string;
    /** `missing-variable`: it needs an environment variable or a secret that is missing. `invalid`: its entry is invalid. */
    reason: 'missing-variable' | 'invalid';
    issues: readonly ConfigIssue[];
}
/** A loaded configuration and its sources. */
interface LoadedConfig {
    /** Validated, with substituted variables and defaults, without disabled providers. */
    config: OpenClawConfig;
    /** As written: includes merged, `${VAR}` kept, without defaults. */
    authored: JsonObject;
    /** Absolute path of the configuration file, whether it exists or not. */
    path: string;
    /** False if there is no file and the defaults apply. */
    exists: boolean;
    /** All files: the configuration first, then its includes, in the order of reading. */
    files: readonly string[];
    /** Those of `files` without any setting: blank, only comments, or `{}`. */
    emptyFiles: readonly string[];
    warnings: readonly ConfigIssue[];
    disabledProviders: readonly DisabledProvider[];
    /**
     * The effective environment: the process, then `./.env`, `<stateDir>/.env`, the `env` section, and the login shell.
     */
    env: Readonly<Record<string, string | undefined>>;
    /** The paths of `.env` files, whether they exist or not, for watching. */
    environmentPaths: readonly string[];
    /** The state directory, `~/.openclaw`; need not exist. */
    stateDir: string;
    /** `--profile`, or undefined. */
    profile: string | undefined;
    /** Auth profiles by agent id, for the agents that have any. */
    authProfiles: Readonly<Record<string, AuthProfiles>>;
    /**
     * The paths of auth profiles, for watching: the directory of agents and a file for each, whether they exist or not.
     */
    authProfilePaths: readonly string[];
}

/** A key and its source. */
interface Credential {
    value: string;
    source: 'environment' | 'auth-profile' | 'configuration';
    /** For people, without the secret: `OLLAMA_API_KEY`, `ollama:manual`, `models.providers.ollama.apiKey`. */
    detail: string;
}
/**
 * Resolves the key of a provider; undefined if there is none.
 *
 * In order of priority, as in OpenClaw: auth profile, environment variable (`OLLAMA_API_KEY` for `ollama`,
 * `MY_BOX_API_KEY` for `my-box`), `models.providers.<id>.apiKey`. A real key overrides the placeholder `ollama-local`
 * regardless of the order, because the documentation tells users to put it in the environment.
 */
declare function resolveCredential(providerId: string, loaded: Pick<LoadedConfig, 'config' | 'env' | 'authProfiles'>, { agent, now }?: {
    agent?: string | undefined;
    now?: () => number;
}): Credential | undefined;
/**
 * Resolves the key of an endpoint that has one of its own: the key itself, or the name of an environment variable.
 * `undefined` if that variable is not set.
 */
declare function resolveEndpointKey(apiKey: string, { env }: Pick<LoadedConfig, 'env'>): string | undefined;
/** The default agent. */
declare function defaultAgentId({ agents }: Pick<LoadedConfig['config'], 'agents'>): string;
/** The environment variable that holds the key of a provider. */
declare function apiKeyVariable(providerId: string): string;

/** The inputs that decide where the configuration is. */
interface ConfigLocation {
    /** @default process.env */
    env?: Readonly<Record<string, string | undefined>> | undefined;
    /** The directory that relative paths and `./.env` start from. @default process.cwd() */
    cwd?: string | undefined;
    /** `--profile`; overrides OPENCLAW_PROFILE. `dev` also moves the gateway to port 19001. */
    profile?: string | undefined;
}
/** The paths of all files, which need not exist. */
interface ConfigPaths {
    /** The configuration file. */
    config: string;
    stateDir: string;
    /** Whether OPENCLAW_CONFIG_PATH names the file. */
    isNamed: boolean;
    home: string;
    profile: string | undefined;
}
/**
 * Resolves the paths of the configuration. In order of priority: OPENCLAW_CONFIG_PATH, OPENCLAW_STATE_DIR, the profile,
 * `~/.openclaw`. The home directory is OPENCLAW_HOME, HOME, USERPROFILE, or that of the system. Empty values and the
 * words `undefined` and `null`, which shells and containers leave behind, count as unset.
 *
 * @throws ConfigError `bad-path` for a profile whose name is not a valid file name
 */
declare function resolveConfigPaths({ env, cwd, profile, }?: ConfigLocation): ConfigPaths;
/** Expands `~` and `~/…`; other paths are unchanged. */
declare function expandHome(path: string, home: string): string;
/** Shortens a path with `~`, for messages. */
declare function shortenHome(path: string, home: string): string;

/** Keys and indexes from the root: `['agents', 'list', '0', 'id']`. */
type ConfigPath = readonly string[];
/**
 * Parses the notation of `config get`: dots, `[0]`, `["a.b"]`, `['a.b']`, the older verbatim `[a.b]`, and `\.` for a
 * dot in a key. Slashes and colons separate nothing, so `agents.defaults.models.ollama/gpt-oss:20b.alias` needs no
 * quotes.
 *
 * @throws ConfigError `bad-path`
 */
declare function parseConfigPath(text: string): ConfigPath;
/** Formats a path in the notation of `parseConfigPath`. */
declare function formatConfigPath(path: ConfigPath): string;

type Environment = Readonly<Record<string, string | undefined>>;

interface LoadConfigOptions extends ConfigLocation {
    /** Whether a file that OPENCLAW_CONFIG_PATH names has to exist. @default false */
    mustExist?: boolean | undefined;
    /** Whether secrets are read from files and programs. Without them, the providers that need them are disabled. @default true */
    readSecrets?: boolean | undefined;
}
/**
 * Loads the configuration: file, includes, `.env` files, environment, auth profiles, and with `env.shellEnv` the login
 * shell. Without a file the defaults apply and `exists` is false. An invalid file is an error.
 *
 * @throws ConfigError `invalid` with every issue, or `unreadable`
 */
declare function loadConfig({ mustExist, readSecrets, ...location }?: LoadConfigOptions): Promise<LoadedConfig>;
/** A configuration from a text. */
type ParsedConfig = Pick<LoadedConfig, 'config' | 'authored' | 'warnings' | 'disabledProviders' | 'env'>;
/**
 * Validates the text of one file without file access; `$include` is an error, and secrets are not read.
 *
 * @throws ConfigError `invalid` with every issue
 */
declare function parseConfig(text: string, { file, env: given }?: {
    file?: string | undefined;
    env?: Environment | undefined;
}): ParsedConfig;

interface LoadConfigObjectOptions {
    /** For `${VARIABLE}` and the keys of providers. @default process.env */
    readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}
/**
 * Validates a configuration that a program has as an object, by the rules of the file, and adds the defaults. No file is
 * read, except the secrets that it references.
 *
 * @throws ConfigError `invalid` with every issue; the places in `issues` are those of the object as indented JSON
 */
declare function loadConfigObject(config: OpenClawConfigInput, { env: processEnv }?: LoadConfigObjectOptions): Promise<LoadedConfig>;

/**
 * A JSON Schema (draft 7) of the configuration file with descriptions, defaults and examples, for editors and
 * documentation.
 */
declare function configJsonSchema(): Promise<JsonObject>;

/** One change: sets or removes the value at a path. */
type ConfigChange = {
    type: 'set';
    path: string;
    value: JsonValue;
} | {
    type: 'unset';
    path: string;
};
/**
 * Applies changes to the text of a configuration and keeps every other byte. Pure; does not validate against the
 * schema.
 *
 * @throws ConfigError `invalid` if the text is not valid JSON5, `path-not-found` if there is nothing to remove,
 * `bad-path`, `bad-value`
 */
declare function planConfigEdit(text: string, changes: readonly ConfigChange[]): string;

/**
 * One change to the configuration. The `text` of a `set-text` is user input: it is parsed as JSON5 if that is valid for
 * the schema, and used as a string otherwise.
 */
type ConfigEdit = ConfigChange | {
    type: 'set-text';
    path: string;
    text: string;
};
interface EditOptions extends ConfigLocation {
    /** Validates the change without writing it. @default false */
    dryRun?: boolean | undefined;
}
/** The change of one file; with `dryRun`, the change that was not written. */
interface EditedFile {
    file: string;
    /** Lines with `-`, `+` or a space in front; secrets are masked. */
    diff: readonly string[];
    /** The backup of the previous version, if one was written. */
    backup: string | undefined;
}
interface ConfigEditResult {
    /** Absolute path of the configuration. */
    path: string;
    /** Empty if every value was set already. */
    changed: readonly EditedFile[];
    /** Warnings about the new configuration, including unusable providers. */
    warnings: readonly ConfigIssue[];
}
/**
 * Changes the configuration atomically. All other bytes stay: comments, order, quotes, `${VAR}`. A key is changed in
 * the included file that contains it. The result is validated before anything is written. Existing problems do not
 * prevent an edit, new ones do.
 *
 * @throws ConfigError `invalid` if the result would be invalid; `bad-path`, `bad-value`, `path-not-found`,
 * `ambiguous-owner`; `read-only`, `locked`
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
/** Removes the value at a path; see `editConfig`. */
declare function unsetConfigValue(path: string, options?: EditOptions): Promise<ConfigEditResult>;

/** Whether a key is the name of a variable: `OLLAMA_API_KEY`. `EMPTY` and other placeholders are not. */
declare function isKeyVariable(key: string): boolean;

/**
 * Creates a directory and its missing parents, mode 0700. Does not use the `recursive` option of Node's `mkdir`: it
 * reports ENOENT on a read-only file system, and never returns for a path below `/proc`.
 */
declare function createDirectory(path: string): Promise<void>;

/**
 * The value at a path of a configuration (`LoadedConfig.authored`), or undefined. Not redacted; see `redactConfig`.
 *
 * @throws ConfigError `bad-path`
 */
declare function getConfigValue(authored: JsonValue, path: string): JsonValue | undefined;
/**
 * Whether the schema has the path, to distinguish an unset key from an unknown one.
 *
 * @throws ConfigError `bad-path`
 */
declare function isKnownConfigPath(path: string): boolean;

/** A text to compare, and its lines with masked secrets for display. */
interface ComparedText {
    text: string;
    shown: string;
}
/**
 * The lines that differ, marked `-` and `+`, with up to three lines of context; empty if there is no difference.
 */
declare function diffLines(before: ComparedText, after: ComparedText): string[];

/** The result of reading a file. */
type FileReading = {
    type: 'text';
    text: string;
}
/** There is no such file. */
 | {
    type: 'missing';
}
/**
 * The path is not a regular file, the file is larger than `maxBytes`, it keeps changing, or the system reports an
 * error.
 */
 | {
    type: 'refused';
    code: 'not-a-file' | 'too-large' | 'changing' | 'system-error';
    /** The reason, to follow the path: `it is a named pipe, not a file`. */
    why: string;
};
/**
 * Reads a regular file as UTF-8, or as UTF-16 if it starts with its byte order mark (PowerShell 5 writes such files). Other kinds of files are rejected without waiting: opening a named pipe would block
 * until something writes to it, and a device may be endless. A file that changes during the reading is read again.
 */
declare function readRegularFile(path: string, { maxBytes }: {
    maxBytes: number;
}): Promise<FileReading>;

/** The mask of a secret, which is rejected as a value. */
declare const SECRET_MASK = "***";
/**
 * Masks the secrets of a configuration, or of the part at `path`. References such as `${OLLAMA_API_KEY}` are not
 * secrets and stay. In unknown sections, keys whose names suggest a secret are masked, too.
 */
declare function redactConfig(value: JsonValue, { path }?: {
    path?: readonly string[];
}): JsonValue;
/** Masks a key for display: shows its start and end if it is long, `***` if it is short. */
declare function maskSecret(secret: string): string;

interface AuthProfileOptions extends ConfigLocation {
    /** The agent of the credentials. @default 'main' */
    agent?: string | undefined;
}
/** A stored credential, masked. */
interface AuthProfileSummary extends Omit<AuthProfile, 'secret'> {
    /** `sk-t***7890`, or `***`. */
    masked: string;
    /** The file that contains it. */
    file: string;
}
/** Lists the stored credentials of an agent, masked. */
declare function listAuthProfiles(options?: AuthProfileOptions): Promise<AuthProfileSummary[]>;
/**
 * Stores an API key, replacing one with the same id. The rest of the file is unchanged.
 *
 * @throws ConfigError `bad-value` for an empty key or a mask; `unreadable`, `read-only`, `locked`
 */
declare function addAuthProfile({ provider, key, id, }: {
    provider: string;
    key: string; /** @default '<provider>:manual' */
    id?: string;
}, options?: AuthProfileOptions): Promise<AuthProfileSummary>;
/**
 * Removes a stored credential, and its id from the order.
 *
 * @throws ConfigError `path-not-found` if there is none with that id
 */
declare function removeAuthProfile(id: string, options?: AuthProfileOptions): Promise<void>;

export { ConfigError, SECRET_MASK, addAuthProfile, apiKeyVariable, configJsonSchema, createDirectory, defaultAgentId, diffLines, editConfig, expandHome, formatConfigIssue, formatConfigPath, getConfigValue, isKeyVariable, isKnownConfigPath, listAuthProfiles, loadConfig, loadConfigObject, maskSecret, parseConfig, parseConfigPath, planConfigEdit, readRegularFile, redactConfig, removeAuthProfile, resolveConfigPaths, resolveCredential, resolveEndpointKey, setConfigValue, shortenHome, unsetConfigValue };
export type { AuthProfile, AuthProfileOptions, AuthProfileSummary, AuthProfiles, ComparedText, ConfigChange, ConfigEdit, ConfigEditResult, ConfigErrorCode, ConfigIssue, ConfigIssueCode, ConfigLocation, ConfigPath, ConfigPaths, Credential, DisabledProvider, EditOptions, EditedFile, EndpointConfig, FileReading, JsonObject, JsonValue, LoadConfigObjectOptions, LoadConfigOptions, LoadedConfig, ModelChoice, ModelConfig, ModelSettings, OpenClawConfig, OpenClawConfigInput, ParsedConfig, ProviderConfig };
