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

/** The configuration as written: every key is optional, without defaults. */
interface OpenClawConfigInput {
    /** The JSON Schema of this file, for editors. */
    $schema?: string;
    /** Model providers. */
    models?: {
        /**
         * `merge`: discovered providers and those below. `replace`: only those below.
         * @default "merge"
         */
        mode?: 'merge' | 'replace';
        /** The model servers, by provider id, which is the part before the first `/` of a model reference. */
        providers?: {
            [key: string]: {
                /** The base URL of the server. For Ollama with or without `/v1`. */
                baseUrl?: string;
                /** Another spelling of `baseUrl`. */
                baseURL?: string;
                /** Several servers that have the same models, instead of `baseUrl`. A request goes to the best of those that have its model; if that one fails, to the next. Models are discovered unless `models` lists them. */
                endpoints?: Array<{
                    /** The base URL of the server. For Ollama with or without `/v1`. */
                    baseUrl: string;
                    /** The name in messages, metrics and lists. Default: host and port of `baseUrl`. */
                    name?: string;
                    /** The share of the requests in relation to the other endpoints: 2 for a server that is twice as fast. Default: 1. */
                    weight?: number;
                    /** The only models to use there, by name on the server. `*` stands for any text. Default: all that the server has. */
                    models?: string[];
                    /** Maximum concurrent requests to this endpoint. Others are queued. Default: `maxConcurrent` of the provider. */
                    maxConcurrent?: number;
                    /** HTTP headers of every request to this endpoint; they override those of the provider. */
                    headers?: {
                        [key: string]: string;
                    };
                    /** The key for this endpoint, as `apiKey` of the provider, which it replaces. */
                    apiKey?: string;
                }>;
                /** The key for this server: the key itself, `${VARIABLE}`, or the name of an environment variable. Ollama needs none. */
                apiKey?: string;
                /** The API of the server: chat completions below `/v1`, or `ollama` for its native API. `openai-responses`, from later releases of the original, uses chat completions too. Default: chat completions; for an Ollama server whichever suits a request, because only the native API can set the context length. */
                api?: 'openai-completions' | 'openai-responses' | 'ollama';
                /** HTTP headers of every request. */
                headers?: {
                    [key: string]: string;
                };
                /** Whether the key is sent as `Authorization: Bearer …`. */
                authHeader?: boolean;
                /** Whether models are discovered: by Ollama’s API, or the list of any other server (`GET <baseUrl>/models`). An entry for `ollama` with a `baseUrl` or `models` disables discovery unless this is `true`; for other servers it is off unless this is `true`. */
                discover?: boolean;
                /** Timeouts of all models of this provider. */
                timeouts?: {
                    /** Timeout for the connection, in milliseconds. */
                    connectMs?: number;
                    /** Timeout for the first content, in milliseconds. Loading a large model from disk can take minutes. */
                    firstEventMs?: number;
                    /** Idle timeout during an answer, in milliseconds. */
                    idleMs?: number;
                    /** Timeout for the whole answer, in milliseconds. */
                    totalMs?: number;
                };
                /** Timeout for the whole answer, in seconds; the older form of `timeouts.totalMs`. */
                timeoutSeconds?: number;
                /** Maximum concurrent requests to this server, or to each of `endpoints`. Others are queued. */
                maxConcurrent?: number;
                /** Maximum queued requests for this server, or for each of `endpoints`. Further ones are rejected. */
                maxQueued?: number;
                /** The context window of the listed models without one of their own. */
                contextWindow?: number;
                /** A smaller context window to use for the listed models, in tokens. */
                contextTokens?: number;
                /** Maximum length of an answer of the listed models without one of their own. */
                maxTokens?: number;
                /** Additional fields of requests to the listed models. */
                params?: {
                    [key: string]: unknown;
                };
                /** The models of this provider. */
                models?: Array<{
                    /** The name of the model on the server, such as `gpt-oss:20b`. */
                    id: string;
                    /** The display name. */
                    name?: string;
                    /** Whether the model produces reasoning. */
                    reasoning?: boolean;
                    /** Supported kinds of input. Text and images are used; other kinds are accepted and ignored. */
                    input?: Array<'text' | 'image' | 'video' | 'audio'>;
                    /** The price of the model. Local models are free. */
                    cost?: {
                        /** US dollars per million tokens of input. */
                        input?: number;
                        /** US dollars per million tokens of output. */
                        output?: number;
                        /** US dollars per million tokens read from the cache. */
                        cacheRead?: number;
                        /** US dollars per million tokens written to the cache. */
                        cacheWrite?: number;
                        /** Accepted for compatibility, not used by this product. */
                        tieredPricing?: unknown;
                    };
                    /** The context window: maximum tokens of input and output together. For Ollama it replaces `num_ctx` of the Modelfile. */
                    contextWindow?: number;
                    /** A smaller context window to use, in tokens. */
                    contextTokens?: number;
                    /** Additional fields of the request, such as `temperature`. */
                    params?: {
                        [key: string]: unknown;
                    };
                    /** Maximum length of an answer, in tokens. May be a product such as `8192 * 10`. */
                    maxTokens?: number;
                    /** Deviations of this model or its server from the protocol. */
                    compat?: {
                        /** Whether tools may be sent. Set to false for models that fail with tools. */
                        supportsTools?: boolean;
                        /** Whether the server supports `stream_options.include_usage`. */
                        supportsUsageInStreaming?: boolean;
                        /** The field for the maximum length of the answer. */
                        maxTokensField?: 'max_tokens' | 'max_completion_tokens';
                        /** Whether the server supports the `developer` role. */
                        supportsDeveloperRole?: boolean;
                        /** Whether the server supports `reasoning_effort`. */
                        supportsReasoningEffort?: boolean;
                        /** Whether the model supports a temperature. */
                        supportsTemperature?: boolean;
                        /** Whether message content must be a plain string, not a list of parts. */
                        requiresStringContent?: boolean;
                        /** Accepted for compatibility, not used by this product. */
                        codeMode?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        nativeWebSearchTool?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        reasoningEffortMap?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresAssistantAfterToolResult?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresMistralToolIds?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresOpenAiAnthropicToolPayload?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresThinkingAsText?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresToolResultName?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        strictMessageKeys?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        supportedReasoningEfforts?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        supportsStore?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        supportsStrictMode?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        thinkingFormat?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        toolCallArgumentsEncoding?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        toolSchemaProfile?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        unsupportedToolSchemaKeywords?: unknown;
                    };
                    /** Timeouts of this model; they override those of the provider. */
                    timeouts?: {
                        /** Timeout for the connection, in milliseconds. */
                        connectMs?: number;
                        /** Timeout for the first content, in milliseconds. Loading a large model from disk can take minutes. */
                        firstEventMs?: number;
                        /** Idle timeout during an answer, in milliseconds. */
                        idleMs?: number;
                        /** Timeout for the whole answer, in milliseconds. */
                        totalMs?: number;
                    };
                    /** Accepted for compatibility, not used by this product. */
                    baseUrl?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    headers?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    api?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    agentRuntime?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    capabilities?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    mediaInput?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    metadataSource?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    thinkingLevelMap?: unknown;
                }>;
                /** How requests are sent: headers, authentication, proxy and TLS. */
                request?: {
                    /** HTTP headers of every request; they override `headers`. */
                    headers?: {
                        [key: string]: string;
                    };
                    /** How the key is sent. */
                    auth?: {
                        /** `provider-default`: the key of the provider. `authorization-bearer`: `token`. `header`: `value` in the header `headerName`, and no `Authorization`. */
                        mode: 'provider-default' | 'authorization-bearer' | 'header';
                        /** For `authorization-bearer`: the token. */
                        token?: string;
                        /** For `header`: its name. */
                        headerName?: string;
                        /** For `header`: its value. */
                        value?: string;
                        /** For `header`: text before the value. */
                        prefix?: string;
                    };
                    /** The proxy. Default: HTTPS_PROXY or HTTP_PROXY, except for local addresses and NO_PROXY. */
                    proxy?: {
                        /** `env-proxy`: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as without this setting. `explicit-proxy`: the one in `url`. */
                        mode: 'env-proxy' | 'explicit-proxy';
                        /** For `explicit-proxy`: its URL. */
                        url?: string;
                        /** TLS of the connection to an `https:` proxy. */
                        tls?: {
                            /** Certificates of the authorities to trust, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                            ca?: string;
                            /** The certificate of this client, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                            cert?: string;
                            /** The key of `cert`, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                            key?: string;
                            /** The passphrase of `key`. */
                            passphrase?: string;
                            /** The name that the certificate of the server must have. Default: the host. */
                            serverName?: string;
                            /** Accepted with `false`. Certificates are always checked. */
                            insecureSkipVerify?: boolean;
                        };
                    };
                    /** TLS of the connection to the server. */
                    tls?: {
                        /** Certificates of the authorities to trust, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                        ca?: string;
                        /** The certificate of this client, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                        cert?: string;
                        /** The key of `cert`, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                        key?: string;
                        /** The passphrase of `key`. */
                        passphrase?: string;
                        /** The name that the certificate of the server must have. Default: the host. */
                        serverName?: string;
                        /** Accepted with `false`. Certificates are always checked. */
                        insecureSkipVerify?: boolean;
                    };
                    /** Accepted for compatibility, not used by this product. */
                    allowPrivateNetwork?: unknown;
                };
                /** Accepted for compatibility, not used by this product. */
                agentRuntime?: unknown;
                /** Accepted for compatibility, not used by this product. */
                auth?: unknown;
                /** Accepted for compatibility, not used by this product. */
                injectNumCtxForOpenAICompat?: unknown;
                /** Accepted for compatibility, not used by this product. */
                localService?: unknown;
                /** Accepted for compatibility, not used by this product. */
                region?: unknown;
            };
        };
        /** Accepted for compatibility, not used by this product. */
        proxy?: unknown;
        /** Accepted for compatibility, not used by this product. */
        bedrockDiscovery?: unknown;
        /** Accepted for compatibility, not used by this product. */
        catalogRefresh?: unknown;
        /** Accepted for compatibility, not used by this product. */
        pricing?: unknown;
    };
    /** Models and settings of agents. */
    agents?: {
        /** Defaults of all agents. */
        defaults?: {
            /** The model to use, with or without fallbacks. */
            model?: string | {
                /** The first model to use. */
                primary?: string;
                /** The fallbacks, in order. */
                fallbacks?: string[];
                /** Accepted for compatibility, not used by this product. */
                timeoutMs?: unknown;
            };
            /** The model for messages with images, if the chosen model does not support them. */
            imageModel?: string | {
                /** The first model to use. */
                primary?: string;
                /** The fallbacks, in order. */
                fallbacks?: string[];
                /** Accepted for compatibility, not used by this product. */
                timeoutMs?: unknown;
            };
            /** Settings of models, by reference: `"ollama/gpt-oss:20b"`. */
            models?: {
                [key: string]: {
                    /** Another name of the model. Any text; with spaces it must be quoted on a command line. */
                    alias?: string;
                    /** Whether to request a stream from the server. By default, API clients and scripts get whole answers from Ollama and streams from others; `chat`, the page and `agent` on a terminal stream. Clients can stream in all cases. */
                    streaming?: boolean;
                    /** Additional fields of the request, such as `temperature` or `top_p`. */
                    params?: {
                        [key: string]: unknown;
                    };
                    /** Which mistakes of local models are repaired; `false` for none. */
                    repair?: false | {
                        /** Whether tool calls in the text of an answer are repaired. */
                        toolCallsFromText?: boolean;
                        /** Whether `<think>…</think>` in the answer becomes reasoning. */
                        reasoningFromTags?: boolean;
                        /** Whether tool calls at the end of the reasoning are repaired, if the model said nothing else. */
                        callsFromReasoning?: boolean;
                        /** Whether answers may start with reasoning whose opening tag is in the prompt. The start of a stream is then held until `</think>`. On by default for models with `reasoning: true` of servers other than Ollama, and for models of Ollama whose template opens a think block that Ollama does not read. */
                        expectReasoning?: boolean;
                        /** The family of the model, whose forms of tool calls are trusted more than those of others. Default: what Ollama says of the model. */
                        family?: string;
                        /** Whether tool arguments that are not valid JSON are repaired. */
                        argumentsRepair?: boolean;
                    };
                    /** Timeouts of this model. */
                    timeouts?: {
                        /** Timeout for the connection, in milliseconds. */
                        connectMs?: number;
                        /** Timeout for the first content, in milliseconds. Loading a large model from disk can take minutes. */
                        firstEventMs?: number;
                        /** Idle timeout during an answer, in milliseconds. */
                        idleMs?: number;
                        /** Timeout for the whole answer, in milliseconds. */
                        totalMs?: number;
                    };
                    /** Timeout for the first content, in milliseconds, after which the next model is tried. */
                    firstEventLimitMs?: number;
                    /** Accepted for compatibility, not used by this product. */
                    codeMode?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    agentRuntime?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    pickerRuntimes?: unknown;
                };
            };
            /**
             * Timeout of a request with all its fallbacks, in seconds; 0 for no limit.
             * @default 600
             */
            timeoutSeconds?: number;
            /** Circuit breakers: how soon a model that failed is tried before its fallbacks again. */
            circuits?: {
                /**
                 * Maximum time between the probes of a model or server that failed, in milliseconds. The backoff starts with 2 s and doubles with each failed probe. `Retry-After` of a server replaces it.
                 * @default 30000
                 */
                maxBackoffMs?: number;
            };
            /** Retries of the last model. */
            retry?: {
                /**
                 * Maximum number of retries of the last model after an overload or a server error.
                 * @default 2
                 */
                maxRetries?: number;
                /**
                 * Maximum total backoff between the retries, in milliseconds.
                 * @default 10000
                 */
                budgetMs?: number;
            };
            /** Timeout for the first content, in milliseconds, after which the next model is tried. Default: 60000, plus 10 for each token of the prompt. A model that Ollama is loading, or from which a whole answer is due, may take four fifths of the remaining time of the request. */
            firstEventLimitMs?: number;
            /** Accepted for compatibility, not used by this product. */
            maxConcurrent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextTokens?: unknown;
            /** Accepted for compatibility, not used by this product. */
            params?: unknown;
            /** Accepted for compatibility, not used by this product. */
            agentRuntime?: unknown;
            /** Accepted for compatibility, not used by this product. */
            additionalSystemPrompt?: unknown;
            /** Accepted for compatibility, not used by this product. */
            blockStreamingBreak?: unknown;
            /** Accepted for compatibility, not used by this product. */
            blockStreamingChunk?: unknown;
            /** Accepted for compatibility, not used by this product. */
            blockStreamingCoalesce?: unknown;
            /** Accepted for compatibility, not used by this product. */
            blockStreamingDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            bootstrapMaxChars?: unknown;
            /** Accepted for compatibility, not used by this product. */
            bootstrapPromptTruncationWarning?: unknown;
            /** Accepted for compatibility, not used by this product. */
            bootstrapTotalMaxChars?: unknown;
            /** Accepted for compatibility, not used by this product. */
            authInheritance?: unknown;
            /** Accepted for compatibility, not used by this product. */
            cliBackends?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextInjection?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextLimits?: unknown;
            /** Accepted for compatibility, not used by this product. */
            cwd?: unknown;
            /** Accepted for compatibility, not used by this product. */
            decisionModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            embeddedAgent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            experimental?: unknown;
            /** Accepted for compatibility, not used by this product. */
            compaction?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextPruning?: unknown;
            /** Accepted for compatibility, not used by this product. */
            elevatedDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            embeddedPi?: unknown;
            /** Accepted for compatibility, not used by this product. */
            envelopeElapsed?: unknown;
            /** Accepted for compatibility, not used by this product. */
            envelopeTimestamp?: unknown;
            /** Accepted for compatibility, not used by this product. */
            envelopeTimezone?: unknown;
            /** Accepted for compatibility, not used by this product. */
            heartbeat?: unknown;
            /** Accepted for compatibility, not used by this product. */
            humanDelay?: unknown;
            /** Accepted for compatibility, not used by this product. */
            imageGenerationModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            imageMaxDimensionPx?: unknown;
            /** Accepted for compatibility, not used by this product. */
            imageQuality?: unknown;
            /** Accepted for compatibility, not used by this product. */
            mediaGenerationAutoProviderFallback?: unknown;
            /** Accepted for compatibility, not used by this product. */
            mediaModels?: unknown;
            /** Accepted for compatibility, not used by this product. */
            mediaMaxMb?: unknown;
            /** Accepted for compatibility, not used by this product. */
            memorySearch?: unknown;
            /** Accepted for compatibility, not used by this product. */
            modelPolicy?: unknown;
            /** Accepted for compatibility, not used by this product. */
            modelSelectionScope?: unknown;
            /** Accepted for compatibility, not used by this product. */
            musicGenerationModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            pdfMaxBytesMb?: unknown;
            /** Accepted for compatibility, not used by this product. */
            pdfMaxMb?: unknown;
            /** Accepted for compatibility, not used by this product. */
            pdfMaxPages?: unknown;
            /** Accepted for compatibility, not used by this product. */
            pdfModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            promptOverlays?: unknown;
            /** Accepted for compatibility, not used by this product. */
            repoRoot?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runRetries?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runTimeoutSeconds?: unknown;
            /** Accepted for compatibility, not used by this product. */
            sandbox?: unknown;
            /** Accepted for compatibility, not used by this product. */
            sessionStore?: unknown;
            /** Accepted for compatibility, not used by this product. */
            silentReply?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skills?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skipBootstrap?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skipOptionalBootstrapFiles?: unknown;
            /** Accepted for compatibility, not used by this product. */
            startupContext?: unknown;
            /** Accepted for compatibility, not used by this product. */
            subagents?: unknown;
            /** Accepted for compatibility, not used by this product. */
            systemAgent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            thinkingDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            timeFormat?: unknown;
            /** Accepted for compatibility, not used by this product. */
            toolProgressDetail?: unknown;
            /** Accepted for compatibility, not used by this product. */
            typingIntervalSeconds?: unknown;
            /** Accepted for compatibility, not used by this product. */
            typingMode?: unknown;
            /** Accepted for compatibility, not used by this product. */
            userTimezone?: unknown;
            /** Accepted for compatibility, not used by this product. */
            utilityModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            verboseDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            videoGenerationModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            voiceModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            workspace?: unknown;
        };
        /** Agents as a list. */
        list?: Array<{
            /** Whether this is the default agent, which `openclaw` means. */
            default?: boolean;
            /** The display name. */
            name?: string;
            /** The model of this agent, in place of `agents.defaults.model`. */
            model?: string | {
                /** The first model to use. */
                primary?: string;
                /** The fallbacks, in order. */
                fallbacks?: string[];
                /** Accepted for compatibility, not used by this product. */
                timeoutMs?: unknown;
            };
            /** The model of this agent for messages with images. */
            imageModel?: string | {
                /** The first model to use. */
                primary?: string;
                /** The fallbacks, in order. */
                fallbacks?: string[];
                /** Accepted for compatibility, not used by this product. */
                timeoutMs?: unknown;
            };
            /** The id of the agent, as in `openclaw/<id>`. */
            id: string;
            /** Accepted for compatibility, not used by this product. */
            models?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextTokens?: unknown;
            /** Accepted for compatibility, not used by this product. */
            params?: unknown;
            /** Accepted for compatibility, not used by this product. */
            agentRuntime?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextInjection?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextLimits?: unknown;
            /** Accepted for compatibility, not used by this product. */
            cwd?: unknown;
            /** Accepted for compatibility, not used by this product. */
            decisionModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            embeddedAgent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            experimental?: unknown;
            /** Accepted for compatibility, not used by this product. */
            heartbeat?: unknown;
            /** Accepted for compatibility, not used by this product. */
            humanDelay?: unknown;
            /** Accepted for compatibility, not used by this product. */
            memorySearch?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runRetries?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runTimeoutSeconds?: unknown;
            /** Accepted for compatibility, not used by this product. */
            sandbox?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skills?: unknown;
            /** Accepted for compatibility, not used by this product. */
            subagents?: unknown;
            /** Accepted for compatibility, not used by this product. */
            thinkingDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            toolProgressDetail?: unknown;
            /** Accepted for compatibility, not used by this product. */
            utilityModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            verboseDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            workspace?: unknown;
            /** Accepted for compatibility, not used by this product. */
            agentDir?: unknown;
            /** Accepted for compatibility, not used by this product. */
            description?: unknown;
            /** Accepted for compatibility, not used by this product. */
            fastModeDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            groupChat?: unknown;
            /** Accepted for compatibility, not used by this product. */
            identity?: unknown;
            /** Accepted for compatibility, not used by this product. */
            reasoningDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runtime?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skillsLimits?: unknown;
            /** Accepted for compatibility, not used by this product. */
            systemPromptOverride?: unknown;
            /** Accepted for compatibility, not used by this product. */
            tools?: unknown;
            /** Accepted for compatibility, not used by this product. */
            tts?: unknown;
        }>;
        /** Agents by id. */
        entries?: {
            [key: string]: {
                /** Whether this is the default agent, which `openclaw` means. */
                default?: boolean;
                /** The display name. */
                name?: string;
                /** The model of this agent, in place of `agents.defaults.model`. */
                model?: string | {
                    /** The first model to use. */
                    primary?: string;
                    /** The fallbacks, in order. */
                    fallbacks?: string[];
                    /** Accepted for compatibility, not used by this product. */
                    timeoutMs?: unknown;
                };
                /** The model of this agent for messages with images. */
                imageModel?: string | {
                    /** The first model to use. */
                    primary?: string;
                    /** The fallbacks, in order. */
                    fallbacks?: string[];
                    /** Accepted for compatibility, not used by this product. */
                    timeoutMs?: unknown;
                };
                /** Accepted for compatibility, not used by this product. */
                models?: unknown;
                /** Accepted for compatibility, not used by this product. */
                contextTokens?: unknown;
                /** Accepted for compatibility, not used by this product. */
                params?: unknown;
                /** Accepted for compatibility, not used by this product. */
                agentRuntime?: unknown;
                /** Accepted for compatibility, not used by this product. */
                contextInjection?: unknown;
                /** Accepted for compatibility, not used by this product. */
                contextLimits?: unknown;
                /** Accepted for compatibility, not used by this product. */
                cwd?: unknown;
                /** Accepted for compatibility, not used by this product. */
                decisionModel?: unknown;
                /** Accepted for compatibility, not used by this product. */
                embeddedAgent?: unknown;
                /** Accepted for compatibility, not used by this product. */
                experimental?: unknown;
                /** Accepted for compatibility, not used by this product. */
                heartbeat?: unknown;
                /** Accepted for compatibility, not used by this product. */
                humanDelay?: unknown;
                /** Accepted for compatibility, not used by this product. */
                memorySearch?: unknown;
                /** Accepted for compatibility, not used by this product. */
                runRetries?: unknown;
                /** Accepted for compatibility, not used by this product. */
                runTimeoutSeconds?: unknown;
                /** Accepted for compatibility, not used by this product. */
                sandbox?: unknown;
                /** Accepted for compatibility, not used by this product. */
                skills?: unknown;
                /** Accepted for compatibility, not used by this product. */
                subagents?: unknown;
                /** Accepted for compatibility, not used by this product. */
                thinkingDefault?: unknown;
                /** Accepted for compatibility, not used by this product. */
                toolProgressDetail?: unknown;
                /** Accepted for compatibility, not used by this product. */
                utilityModel?: unknown;
                /** Accepted for compatibility, not used by this product. */
                verboseDefault?: unknown;
                /** Accepted for compatibility, not used by this product. */
                workspace?: unknown;
                /** Accepted for compatibility, not used by this product. */
                agentDir?: unknown;
                /** Accepted for compatibility, not used by this product. */
                description?: unknown;
                /** Accepted for compatibility, not used by this product. */
                fastModeDefault?: unknown;
                /** Accepted for compatibility, not used by this product. */
                groupChat?: unknown;
                /** Accepted for compatibility, not used by this product. */
                identity?: unknown;
                /** Accepted for compatibility, not used by this product. */
                reasoningDefault?: unknown;
                /** Accepted for compatibility, not used by this product. */
                runtime?: unknown;
                /** Accepted for compatibility, not used by this product. */
                skillsLimits?: unknown;
                /** Accepted for compatibility, not used by this product. */
                systemPromptOverride?: unknown;
                /** Accepted for compatibility, not used by this product. */
                tools?: unknown;
                /** Accepted for compatibility, not used by this product. */
                tts?: unknown;
            };
        };
        /** Accepted for compatibility, not used by this product. */
        ownership?: unknown;
    };
    /** Auth profiles. */
    auth?: {
        /** The auth profiles. The keys themselves are stored in `auth-profiles.json`, never here. */
        profiles?: {
            [key: string]: {
                /** The provider of the profile. */
                provider: string;
                /** The kind of credential. */
                mode: 'token' | 'api_key' | 'oauth' | 'aws-sdk';
                /** Accepted for compatibility, not used by this product. */
                displayName?: unknown;
                /** Accepted for compatibility, not used by this product. */
                email?: unknown;
            };
        };
        /** The order of the profiles of a provider. */
        order?: {
            [key: string]: string[];
        };
        /** Accepted for compatibility, not used by this product. */
        cooldowns?: unknown;
    };
    /** The gateway with the OpenAI-compatible API. */
    gateway?: {
        /** Where the gateway runs. Only `local` is supported. */
        mode?: 'local' | 'remote';
        /**
         * The port; 0 selects a free one.
         * @default 18789
         */
        port?: number;
        /**
         * The addresses to listen on. Anything but `loopback` needs a token or a password.
         * @default "loopback"
         */
        bind?: 'loopback' | 'lan' | 'auto' | 'custom' | 'tailnet';
        /** The address for `bind: "custom"`. */
        customBindHost?: string;
        /** Authentication. */
        auth?: {
            /** How clients authenticate. Default: the token or password if one is set, otherwise none, which is only allowed on loopback. The gateway does not start with `trusted-proxy`, a mode of the original. */
            mode?: 'token' | 'password' | 'none' | 'trusted-proxy';
            /** The bearer token. OPENCLAW_GATEWAY_TOKEN does the same. */
            token?: string;
            /** The password, sent as a bearer token. OPENCLAW_GATEWAY_PASSWORD does the same. */
            password?: string;
            /** Clients with tokens of their own, by name. They may use the APIs within their limits, and nothing else: `/status`, the page and the management of models are for the owner of `token`. */
            tokens?: {
                [key: string]: {
                    /** The token of this client: the token itself, `${VARIABLE}`, or its hash, `sha256:` and the SHA-256 in hexadecimal digits. `openclaw gateway token add` creates one and stores its hash. */
                    token?: string;
                    /** The models that this client may use: references, in which a `*` stands for any text. Default: all models. */
                    models?: string[];
                    /** Maximum concurrent requests of this client. Further ones get 429. */
                    maxConcurrent?: number;
                    /** The priority of its requests where requests are queued. Default: `interactive`. */
                    priority?: 'interactive' | 'batch';
                    /** Maximum requests to models per minute. Further ones get 429. A minute begins with the first request after the previous one has ended. */
                    requestsPerMinute?: number;
                    /** Maximum tokens per day, input and output together. When they are used up, requests get 429. A day begins with the first request after the previous one has ended. */
                    tokensPerDay?: number;
                };
            };
            /** Limits on failed attempts. */
            rateLimit?: {
                /**
                 * Number of failed attempts after which an address is locked out.
                 * @default 10
                 */
                maxAttempts?: number;
                /**
                 * Time window of the attempts, in milliseconds.
                 * @default 60000
                 */
                windowMs?: number;
                /**
                 * Duration of a lock-out, in milliseconds.
                 * @default 300000
                 */
                lockoutMs?: number;
                /**
                 * Whether this machine is exempt from lock-outs.
                 * @default true
                 */
                exemptLoopback?: boolean;
            };
            /** Accepted for compatibility, not used by this product. */
            allowTailscale?: unknown;
            /** Accepted for compatibility, not used by this product. */
            trustedProxy?: unknown;
        };
        /** Access for web pages. */
        cors?: {
            /**
             * Web origins with access to the gateway. A `*` stands for any text: `http://localhost:*`.
             * @default []
             */
            origins?: string[];
        };
        /**
         * Allowed host names in addition to those of this machine.
         * @default []
         */
        allowedHosts?: string[];
        /**
         * Addresses of proxies in front of the gateway. Lock-outs then count against the client that `X-Forwarded-For` names.
         * @default []
         */
        trustedProxies?: string[];
        /** TLS. Put a proxy that serves it in front of the gateway. */
        tls?: {
            /** The gateway serves plain HTTP only, and does not start if this is `true`. */
            enabled?: boolean;
            /** Accepted for compatibility, not used by this product. */
            autoGenerate?: unknown;
            /** Accepted for compatibility, not used by this product. */
            caPath?: unknown;
            /** Accepted for compatibility, not used by this product. */
            certPath?: unknown;
            /** Accepted for compatibility, not used by this product. */
            keyPath?: unknown;
        };
        /** Resource limits. */
        limits?: {
            /**
             * The largest request body in bytes.
             * @default 20971520
             */
            maxBodyBytes?: number;
            /**
             * Maximum bytes of all request bodies in memory. Requests that exceed it get 503.
             * @default 134217728
             */
            maxBufferedBytes?: number;
            /**
             * Maximum number of client connections. At most half of them may be without a request, and at most half of the file descriptors of the process are used.
             * @default 1024
             */
            maxConnections?: number;
            /**
             * Maximum concurrent requests per provider, unless the provider has its own limit.
             * @default 4
             */
            maxConcurrent?: number;
            /**
             * Maximum queued requests per provider, unless the provider has its own limit.
             * @default 64
             */
            maxQueued?: number;
            /**
             * Timeout for the headers of a request, in milliseconds.
             * @default 15000
             */
            headersTimeoutMs?: number;
            /**
             * Timeout for the body of a request, in milliseconds.
             * @default 60000
             */
            bodyTimeoutMs?: number;
            /**
             * Idle milliseconds of a stream after which a comment is sent to keep the connection alive; 0 for never.
             * @default 15000
             */
            keepAliveCommentMs?: number;
        };
        /** Shares limits, open circuits and affinity with other gateways. Changes need a restart. See docs/scaling.md. */
        cluster?: {
            /** The Redis (6.2 or later) or Valkey server of all gateways; `rediss://` for TLS. */
            url: string;
            /**
             * The start of all keys. Gateways with the same prefix are one cluster.
             * @default "openclaw"
             */
            prefix?: string;
            /**
             * How long a request waits for the store, in milliseconds. Then the gateway goes on alone, with its share of each limit.
             * @default 100
             */
            timeoutMs?: number;
        };
        /** Ollama's own API (`/api`). */
        ollama?: {
            /**
             * Whether clients of the Ollama API may pull, create, copy, push and delete models. The requests go to the Ollama server that has the model.
             * @default false
             */
            manage?: boolean;
        };
        /** Reload of this file, `.env` files and stored API keys. */
        reload?: {
            /**
             * How changes of this file, of `.env` files or of stored API keys are handled. `hot`: applied. `hybrid`: applied, and changes that need a restart are reported. `restart`: only reported. `off`: ignored.
             * @default "hybrid"
             */
            mode?: 'off' | 'hybrid' | 'hot' | 'restart';
            /**
             * How long to wait for further changes, in milliseconds.
             * @default 300
             */
            debounceMs?: number;
            /** Accepted for compatibility, not used by this product. */
            deferralTimeoutMs?: unknown;
        };
        /**
         * Timeout for running requests during shutdown, in milliseconds.
         * @default 30000
         */
        shutdownTimeoutMs?: number;
        /** HTTP settings of the original OpenClaw. */
        http?: {
            /** Endpoints that the original OpenClaw disables by default. */
            endpoints?: {
                /** `POST /v1/chat/completions`. */
                chatCompletions?: {
                    /** Accepted for compatibility: this endpoint is always available. */
                    enabled?: boolean;
                    /** Accepted for compatibility, not used by this product. */
                    maxBodyBytes?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    files?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    images?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    maxImageParts?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    maxTotalImageBytes?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    maxUrlParts?: unknown;
                };
                /** Accepted for compatibility, not used by this product. */
                responses?: unknown;
            };
            /** Accepted for compatibility, not used by this product. */
            securityHeaders?: unknown;
        };
        /** Accepted for compatibility, not used by this product. */
        push?: unknown;
        /** Accepted for compatibility, not used by this product. */
        tools?: unknown;
        /** Accepted for compatibility, not used by this product. */
        remote?: unknown;
        /** Accepted for compatibility, not used by this product. */
        allowRealIpFallback?: unknown;
        /** Accepted for compatibility, not used by this product. */
        channelHealthCheckMinutes?: unknown;
        /** Accepted for compatibility, not used by this product. */
        channelMaxRestartsPerHour?: unknown;
        /** Accepted for compatibility, not used by this product. */
        channelStaleEventThresholdMinutes?: unknown;
        /** Accepted for compatibility, not used by this product. */
        cliAgents?: unknown;
        /** Accepted for compatibility, not used by this product. */
        controlUi?: unknown;
        /** Accepted for compatibility, not used by this product. */
        handshakeTimeoutMs?: unknown;
        /** Accepted for compatibility, not used by this product. */
        nodes?: unknown;
        /** Accepted for compatibility, not used by this product. */
        portals?: unknown;
        /** Accepted for compatibility, not used by this product. */
        publicOrigin?: unknown;
        /** Accepted for compatibility, not used by this product. */
        roles?: unknown;
        /** Accepted for compatibility, not used by this product. */
        tailscale?: unknown;
        /** Accepted for compatibility, not used by this product. */
        terminal?: unknown;
        /** Accepted for compatibility, not used by this product. */
        webchat?: unknown;
    };
    /** Environment variables for this product. Variables that are already set have priority. */
    env?: {
        /** Environment variables by name. */
        vars?: {
            [key: string]: string;
        };
        /** Importing variables from the login shell. */
        shellEnv?: {
            /** Whether missing variables are imported from your login shell. OPENCLAW_LOAD_SHELL_ENV=1 does the same. */
            enabled?: boolean;
            /** Timeout of the shell, in milliseconds. Default: 15000. */
            timeoutMs?: number;
        };
    } & {
        [key: string]: string;
    };
    /** Logging. */
    logging?: {
        /**
         * Minimum level of log lines.
         * @default "info"
         */
        level?: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
        /** A log file with JSON lines. Default: none. */
        file?: string;
        /** Minimum level of lines on the console. Default: `level`. */
        consoleLevel?: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
        /** Format of lines on the console. */
        consoleStyle?: 'pretty' | 'compact' | 'json';
        /** Accepted for compatibility: secrets are never logged. */
        redactSensitive?: 'tools' | 'off';
        /** Regular expressions; matching text is masked in the log. */
        redactPatterns?: string[];
        /**
         * Whether prompts and answers are logged.
         * @default false
         */
        prompts?: boolean;
        /** Accepted for compatibility, not used by this product. */
        audit?: unknown;
        /** Accepted for compatibility, not used by this product. */
        maxFileBytes?: unknown;
    };
    /** Conversations of `openclaw chat`. */
    chat?: {
        /**
         * Whether conversations are saved, for `openclaw chat --continue`. Only you can read them.
         * @default true
         */
        save?: boolean;
    };
    /** Telemetry of the gateway. */
    diagnostics?: {
        /** With `false`, no telemetry is exported, whatever `otel` says. */
        enabled?: boolean;
        /** Export of traces and metrics with OpenTelemetry. */
        otel?: {
            /** Whether telemetry is exported. Default: whether an endpoint is set, here or by a variable of OpenTelemetry. */
            enabled?: boolean;
            /** The base URL of the collector, to which `/v1/traces` and `/v1/metrics` are added. OTEL_EXPORTER_OTLP_ENDPOINT does the same. Default: `http://localhost:4318`. */
            endpoint?: string;
            /** The whole URL for traces. OTEL_EXPORTER_OTLP_TRACES_ENDPOINT does the same. */
            tracesEndpoint?: string;
            /** The whole URL for metrics. OTEL_EXPORTER_OTLP_METRICS_ENDPOINT does the same. */
            metricsEndpoint?: string;
            /** The protocol. `grpc` is not supported. OTEL_EXPORTER_OTLP_PROTOCOL does the same. Default: `http/protobuf`. */
            protocol?: 'http/protobuf' | 'http/json' | 'grpc';
            /** HTTP headers for the collector. */
            headers?: {
                [key: string]: string;
            };
            /** The name of the service. OTEL_SERVICE_NAME does the same. Default: `openclaw`. */
            serviceName?: string;
            /** Whether traces are exported. Default: true. */
            traces?: boolean;
            /** Whether metrics are exported. Default: true. */
            metrics?: boolean;
            /** The share of traces that begin here and are exported, from 0 to 1. A trace that a client has begun is exported if the client exports it. Default: 1. */
            sampleRate?: number;
            /** How often metrics are exported, in milliseconds. Default: 60000. */
            flushIntervalMs?: number;
            /** Whether requests to model servers carry the trace context (`traceparent`). Default: false. */
            propagate?: boolean;
            /** Accepted for compatibility, not used by this product. */
            captureContent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            logAttributes?: unknown;
            /** Accepted for compatibility, not used by this product. */
            logs?: unknown;
            /** Accepted for compatibility, not used by this product. */
            logsEndpoint?: unknown;
            /** Accepted for compatibility, not used by this product. */
            logsExporter?: unknown;
            /** Accepted for compatibility, not used by this product. */
            metricAttributes?: unknown;
            /** Accepted for compatibility, not used by this product. */
            metricNamePrefix?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skillContentHash?: unknown;
            /** Accepted for compatibility, not used by this product. */
            traceAttributes?: unknown;
        };
        /** Accepted for compatibility, not used by this product. */
        cacheTrace?: unknown;
        /** Accepted for compatibility, not used by this product. */
        flags?: unknown;
        /** Accepted for compatibility, not used by this product. */
        stuckSessionAbortMs?: unknown;
        /** Accepted for compatibility, not used by this product. */
        stuckSessionWarnMs?: unknown;
    };
    /** Secrets in files, or from programs. */
    secrets?: {
        /** Sources of secrets by name. A key or header can be `{ source: "file", provider: "<name>", id: "…" }` in place of text; the same with `exec`. */
        providers?: {
            [key: string]: {
                /** Where the secrets are: environment variables, a file, or a program that prints them. `store` is not supported. */
                source: 'env' | 'file' | 'exec' | 'store';
                /** For `file`: its path. It must be a regular file that only its owner can read. */
                path?: string;
                /** For `file`: `json`: the `id` of a reference is a JSON pointer such as `/openai/apiKey`. `singleValue`: the file is the secret, and `id` is `value`. Default: `json`. */
                mode?: 'json' | 'singleValue';
                /** For `file`: maximum size. Default: 1048576. */
                maxBytes?: number;
                /** For `exec`: absolute path of the program. It is started without a shell. */
                command?: string;
                /** For `exec`: its arguments. */
                args?: string[];
                /** For `exec`: variables of its environment. */
                env?: {
                    [key: string]: string;
                };
                /** For `exec`: names of variables that it gets from this process. */
                passEnv?: string[];
                /** For `exec`: whether its output must be JSON. With `false`, other output is the secret, if a single one is requested. Default: true. */
                jsonOnly?: boolean;
                /** For `exec`: timeout in milliseconds. Default: 5000. */
                timeoutMs?: number;
                /** For `exec`: maximum time without output, in milliseconds. */
                noOutputTimeoutMs?: number;
                /** For `exec`: maximum size of its output. Default: 1048576. */
                maxOutputBytes?: number;
                /** For `exec`: whether `command` may be a symbolic link. Default: false. */
                allowSymlinkCommand?: boolean;
                /** For `exec`: directories that the program must be in. */
                trustedDirs?: string[];
                /** Whether the file may be readable, or the program writable, by other users. Default: false. */
                allowInsecurePath?: boolean;
                /** For `env`: names of variables. Accepted; all variables can be referenced. */
                allowlist?: string[];
                /** Accepted for compatibility, not used by this product. */
                pluginIntegration?: unknown;
            };
        };
        /** The provider of references that name none, by source. */
        defaults?: {
            [key: string]: string;
        };
        /** Accepted for compatibility, not used by this product. */
        resolution?: unknown;
    };
    /** Metadata of the original OpenClaw. */
    meta?: {
        /** The version that last wrote the file. Kept, never written. */
        lastTouchedVersion?: string;
        /** When the file was last written. Kept, never written. */
        lastTouchedAt?: string | number;
        /** Accepted for compatibility, not used by this product. */
        migrations?: unknown;
    };
    /** Accepted for compatibility, not used by this product. */
    audio?: unknown;
    /** Accepted for compatibility, not used by this product. */
    proxy?: unknown;
    /** Accepted for compatibility, not used by this product. */
    skills?: unknown;
    /** Accepted for compatibility, not used by this product. */
    tools?: unknown;
    /** Accepted for compatibility, not used by this product. */
    accessGroups?: unknown;
    /** Accepted for compatibility, not used by this product. */
    acp?: unknown;
    /** Accepted for compatibility, not used by this product. */
    aliases?: unknown;
    /** Accepted for compatibility, not used by this product. */
    approvals?: unknown;
    /** Accepted for compatibility, not used by this product. */
    bindings?: unknown;
    /** Accepted for compatibility, not used by this product. */
    broadcast?: unknown;
    /** Accepted for compatibility, not used by this product. */
    browser?: unknown;
    /** Accepted for compatibility, not used by this product. */
    canvasHost?: unknown;
    /** Accepted for compatibility, not used by this product. */
    channels?: unknown;
    /** Accepted for compatibility, not used by this product. */
    cli?: unknown;
    /** Accepted for compatibility, not used by this product. */
    commands?: unknown;
    /** Accepted for compatibility, not used by this product. */
    crestodian?: unknown;
    /** Accepted for compatibility, not used by this product. */
    cron?: unknown;
    /** Accepted for compatibility, not used by this product. */
    discovery?: unknown;
    /** Accepted for compatibility, not used by this product. */
    hooks?: unknown;
    /** Accepted for compatibility, not used by this product. */
    mcp?: unknown;
    /** Accepted for compatibility, not used by this product. */
    media?: unknown;
    /** Accepted for compatibility, not used by this product. */
    memory?: unknown;
    /** Accepted for compatibility, not used by this product. */
    messages?: unknown;
    /** Accepted for compatibility, not used by this product. */
    nodeHost?: unknown;
    /** Accepted for compatibility, not used by this product. */
    plugins?: unknown;
    /** Accepted for compatibility, not used by this product. */
    session?: unknown;
    /** Accepted for compatibility, not used by this product. */
    surfaces?: unknown;
    /** Accepted for compatibility, not used by this product. */
    talk?: unknown;
    /** Accepted for compatibility, not used by this product. */
    ui?: unknown;
    /** Accepted for compatibility, not used by this product. */
    update?: unknown;
    /** Accepted for compatibility, not used by this product. */
    web?: unknown;
    /** Accepted for compatibility, not used by this product. */
    wizard?: unknown;
}
/** The validated configuration with the defaults of the schema. */
interface OpenClawConfig {
    /** The JSON Schema of this file, for editors. */
    $schema?: string;
    /** Model providers. */
    models: {
        /**
         * `merge`: discovered providers and those below. `replace`: only those below.
         * @default "merge"
         */
        mode: 'merge' | 'replace';
        /** The model servers, by provider id, which is the part before the first `/` of a model reference. */
        providers: {
            [key: string]: {
                /** Whether models are discovered: by Ollama’s API, or the list of any other server (`GET <baseUrl>/models`). An entry for `ollama` with a `baseUrl` or `models` disables discovery unless this is `true`; for other servers it is off unless this is `true`. */
                discover?: boolean;
                /** The models of this provider. */
                models?: Array<{
                    /** Additional fields of the request, such as `temperature`. */
                    params?: {
                        [key: string]: unknown;
                    };
                    /** Maximum length of an answer, in tokens. May be a product such as `8192 * 10`. */
                    maxTokens?: number;
                    /** The context window: maximum tokens of input and output together. For Ollama it replaces `num_ctx` of the Modelfile. */
                    contextWindow?: number;
                    /** The name of the model on the server, such as `gpt-oss:20b`. */
                    id: string;
                    /** The display name. */
                    name?: string;
                    /** Whether the model produces reasoning. */
                    reasoning?: boolean;
                    /** Supported kinds of input. Text and images are used; other kinds are accepted and ignored. */
                    input?: Array<'text' | 'image' | 'video' | 'audio'>;
                    /** The price of the model. Local models are free. */
                    cost?: {
                        /** US dollars per million tokens of input. */
                        input?: number;
                        /** US dollars per million tokens of output. */
                        output?: number;
                        /** US dollars per million tokens read from the cache. */
                        cacheRead?: number;
                        /** US dollars per million tokens written to the cache. */
                        cacheWrite?: number;
                        /** Accepted for compatibility, not used by this product. */
                        tieredPricing?: unknown;
                    };
                    /** Deviations of this model or its server from the protocol. */
                    compat?: {
                        /** Whether tools may be sent. Set to false for models that fail with tools. */
                        supportsTools?: boolean;
                        /** Whether the server supports `stream_options.include_usage`. */
                        supportsUsageInStreaming?: boolean;
                        /** The field for the maximum length of the answer. */
                        maxTokensField?: 'max_tokens' | 'max_completion_tokens';
                        /** Whether the server supports the `developer` role. */
                        supportsDeveloperRole?: boolean;
                        /** Whether the server supports `reasoning_effort`. */
                        supportsReasoningEffort?: boolean;
                        /** Whether the model supports a temperature. */
                        supportsTemperature?: boolean;
                        /** Whether message content must be a plain string, not a list of parts. */
                        requiresStringContent?: boolean;
                        /** Accepted for compatibility, not used by this product. */
                        codeMode?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        nativeWebSearchTool?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        reasoningEffortMap?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresAssistantAfterToolResult?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresMistralToolIds?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresOpenAiAnthropicToolPayload?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresThinkingAsText?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        requiresToolResultName?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        strictMessageKeys?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        supportedReasoningEfforts?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        supportsStore?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        supportsStrictMode?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        thinkingFormat?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        toolCallArgumentsEncoding?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        toolSchemaProfile?: unknown;
                        /** Accepted for compatibility, not used by this product. */
                        unsupportedToolSchemaKeywords?: unknown;
                    };
                    /** Timeouts of this model; they override those of the provider. */
                    timeouts?: {
                        /** Timeout for the connection, in milliseconds. */
                        connectMs?: number;
                        /** Timeout for the first content, in milliseconds. Loading a large model from disk can take minutes. */
                        firstEventMs?: number;
                        /** Idle timeout during an answer, in milliseconds. */
                        idleMs?: number;
                        /** Timeout for the whole answer, in milliseconds. */
                        totalMs?: number;
                    };
                    /** Accepted for compatibility, not used by this product. */
                    baseUrl?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    headers?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    api?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    agentRuntime?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    capabilities?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    mediaInput?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    metadataSource?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    thinkingLevelMap?: unknown;
                }>;
                /** The API of the server: chat completions below `/v1`, or `ollama` for its native API. `openai-responses`, from later releases of the original, uses chat completions too. Default: chat completions; for an Ollama server whichever suits a request, because only the native API can set the context length. */
                api?: 'openai-completions' | 'ollama';
                /** Several servers that have the same models, instead of `baseUrl`. A request goes to the best of those that have its model; if that one fails, to the next. Models are discovered unless `models` lists them. */
                endpoints?: Array<{
                    /** The base URL of the server. For Ollama with or without `/v1`. */
                    baseUrl: string;
                    /** The name in messages, metrics and lists. Default: host and port of `baseUrl`. */
                    name: string;
                    /** The share of the requests in relation to the other endpoints: 2 for a server that is twice as fast. Default: 1. */
                    weight?: number;
                    /** The only models to use there, by name on the server. `*` stands for any text. Default: all that the server has. */
                    models?: string[];
                    /** Maximum concurrent requests to this endpoint. Others are queued. Default: `maxConcurrent` of the provider. */
                    maxConcurrent?: number;
                    /** HTTP headers of every request to this endpoint; they override those of the provider. */
                    headers?: {
                        [key: string]: string;
                    };
                    /** The key for this endpoint, as `apiKey` of the provider, which it replaces. */
                    apiKey?: string;
                }>;
                /** The base URL of the server. For Ollama with or without `/v1`. */
                baseUrl?: string;
                /** How requests are sent: headers, authentication, proxy and TLS. */
                request?: {
                    /** The proxy. Default: HTTPS_PROXY or HTTP_PROXY, except for local addresses and NO_PROXY. */
                    proxy?: {
                        /** `env-proxy`: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as without this setting. `explicit-proxy`: the one in `url`. */
                        mode: 'env-proxy' | 'explicit-proxy';
                        /** For `explicit-proxy`: its URL. */
                        url?: string;
                        /** TLS of the connection to an `https:` proxy. */
                        tls?: {
                            /** Certificates of the authorities to trust, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                            ca?: string;
                            /** The certificate of this client, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                            cert?: string;
                            /** The key of `cert`, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                            key?: string;
                            /** The passphrase of `key`. */
                            passphrase?: string;
                            /** The name that the certificate of the server must have. Default: the host. */
                            serverName?: string;
                            /** Accepted with `false`. Certificates are always checked. */
                            insecureSkipVerify?: boolean;
                        };
                    };
                    /** TLS of the connection to the server. */
                    tls?: {
                        /** Certificates of the authorities to trust, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                        ca?: string;
                        /** The certificate of this client, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                        cert?: string;
                        /** The key of `cert`, as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`. */
                        key?: string;
                        /** The passphrase of `key`. */
                        passphrase?: string;
                        /** The name that the certificate of the server must have. Default: the host. */
                        serverName?: string;
                        /** Accepted with `false`. Certificates are always checked. */
                        insecureSkipVerify?: boolean;
                    };
                    /** Accepted for compatibility, not used by this product. */
                    allowPrivateNetwork?: unknown;
                };
                /** HTTP headers of every request. */
                headers?: {
                    [key: string]: string;
                };
                /** Whether the key is sent as `Authorization: Bearer …`. */
                authHeader?: boolean;
                /** The key for this server: the key itself, `${VARIABLE}`, or the name of an environment variable. Ollama needs none. */
                apiKey?: string;
                /** Timeouts of all models of this provider. */
                timeouts?: {
                    /** Timeout for the connection, in milliseconds. */
                    connectMs?: number;
                    /** Timeout for the first content, in milliseconds. Loading a large model from disk can take minutes. */
                    firstEventMs?: number;
                    /** Idle timeout during an answer, in milliseconds. */
                    idleMs?: number;
                    /** Timeout for the whole answer, in milliseconds. */
                    totalMs?: number;
                };
                /** Timeout for the whole answer, in seconds; the older form of `timeouts.totalMs`. */
                timeoutSeconds?: number;
                /** Maximum concurrent requests to this server, or to each of `endpoints`. Others are queued. */
                maxConcurrent?: number;
                /** Maximum queued requests for this server, or for each of `endpoints`. Further ones are rejected. */
                maxQueued?: number;
                /** The context window of the listed models without one of their own. */
                contextWindow?: number;
                /** A smaller context window to use for the listed models, in tokens. */
                contextTokens?: number;
                /** Maximum length of an answer of the listed models without one of their own. */
                maxTokens?: number;
                /** Additional fields of requests to the listed models. */
                params?: {
                    [key: string]: unknown;
                };
                /** Accepted for compatibility, not used by this product. */
                agentRuntime?: unknown;
                /** Accepted for compatibility, not used by this product. */
                auth?: unknown;
                /** Accepted for compatibility, not used by this product. */
                injectNumCtxForOpenAICompat?: unknown;
                /** Accepted for compatibility, not used by this product. */
                localService?: unknown;
                /** Accepted for compatibility, not used by this product. */
                region?: unknown;
            };
        };
        /** Accepted for compatibility, not used by this product. */
        proxy?: unknown;
        /** Accepted for compatibility, not used by this product. */
        bedrockDiscovery?: unknown;
        /** Accepted for compatibility, not used by this product. */
        catalogRefresh?: unknown;
        /** Accepted for compatibility, not used by this product. */
        pricing?: unknown;
    };
    /** Models and settings of agents. */
    agents: {
        /** Defaults of all agents. */
        defaults: {
            /** The model to use, with or without fallbacks. */
            model?: string | {
                /** The first model to use. */
                primary?: string;
                /** The fallbacks, in order. */
                fallbacks?: string[];
                /** Accepted for compatibility, not used by this product. */
                timeoutMs?: unknown;
            };
            /** The model for messages with images, if the chosen model does not support them. */
            imageModel?: string | {
                /** The first model to use. */
                primary?: string;
                /** The fallbacks, in order. */
                fallbacks?: string[];
                /** Accepted for compatibility, not used by this product. */
                timeoutMs?: unknown;
            };
            /** Settings of models, by reference: `"ollama/gpt-oss:20b"`. */
            models: {
                [key: string]: {
                    /** Another name of the model. Any text; with spaces it must be quoted on a command line. */
                    alias?: string;
                    /** Whether to request a stream from the server. By default, API clients and scripts get whole answers from Ollama and streams from others; `chat`, the page and `agent` on a terminal stream. Clients can stream in all cases. */
                    streaming?: boolean;
                    /** Additional fields of the request, such as `temperature` or `top_p`. */
                    params?: {
                        [key: string]: unknown;
                    };
                    /** Which mistakes of local models are repaired; `false` for none. */
                    repair?: false | {
                        /** Whether tool calls in the text of an answer are repaired. */
                        toolCallsFromText?: boolean;
                        /** Whether `<think>…</think>` in the answer becomes reasoning. */
                        reasoningFromTags?: boolean;
                        /** Whether tool calls at the end of the reasoning are repaired, if the model said nothing else. */
                        callsFromReasoning?: boolean;
                        /** Whether answers may start with reasoning whose opening tag is in the prompt. The start of a stream is then held until `</think>`. On by default for models with `reasoning: true` of servers other than Ollama, and for models of Ollama whose template opens a think block that Ollama does not read. */
                        expectReasoning?: boolean;
                        /** The family of the model, whose forms of tool calls are trusted more than those of others. Default: what Ollama says of the model. */
                        family?: string;
                        /** Whether tool arguments that are not valid JSON are repaired. */
                        argumentsRepair?: boolean;
                    };
                    /** Timeouts of this model. */
                    timeouts?: {
                        /** Timeout for the connection, in milliseconds. */
                        connectMs?: number;
                        /** Timeout for the first content, in milliseconds. Loading a large model from disk can take minutes. */
                        firstEventMs?: number;
                        /** Idle timeout during an answer, in milliseconds. */
                        idleMs?: number;
                        /** Timeout for the whole answer, in milliseconds. */
                        totalMs?: number;
                    };
                    /** Timeout for the first content, in milliseconds, after which the next model is tried. */
                    firstEventLimitMs?: number;
                    /** Accepted for compatibility, not used by this product. */
                    codeMode?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    agentRuntime?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    pickerRuntimes?: unknown;
                };
            };
            /**
             * Timeout of a request with all its fallbacks, in seconds; 0 for no limit.
             * @default 600
             */
            timeoutSeconds: number;
            /** Circuit breakers: how soon a model that failed is tried before its fallbacks again. */
            circuits: {
                /**
                 * Maximum time between the probes of a model or server that failed, in milliseconds. The backoff starts with 2 s and doubles with each failed probe. `Retry-After` of a server replaces it.
                 * @default 30000
                 */
                maxBackoffMs: number;
            };
            /** Retries of the last model. */
            retry: {
                /**
                 * Maximum number of retries of the last model after an overload or a server error.
                 * @default 2
                 */
                maxRetries: number;
                /**
                 * Maximum total backoff between the retries, in milliseconds.
                 * @default 10000
                 */
                budgetMs: number;
            };
            /** Timeout for the first content, in milliseconds, after which the next model is tried. Default: 60000, plus 10 for each token of the prompt. A model that Ollama is loading, or from which a whole answer is due, may take four fifths of the remaining time of the request. */
            firstEventLimitMs?: number;
            /** Accepted for compatibility, not used by this product. */
            maxConcurrent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextTokens?: unknown;
            /** Accepted for compatibility, not used by this product. */
            params?: unknown;
            /** Accepted for compatibility, not used by this product. */
            agentRuntime?: unknown;
            /** Accepted for compatibility, not used by this product. */
            additionalSystemPrompt?: unknown;
            /** Accepted for compatibility, not used by this product. */
            blockStreamingBreak?: unknown;
            /** Accepted for compatibility, not used by this product. */
            blockStreamingChunk?: unknown;
            /** Accepted for compatibility, not used by this product. */
            blockStreamingCoalesce?: unknown;
            /** Accepted for compatibility, not used by this product. */
            blockStreamingDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            bootstrapMaxChars?: unknown;
            /** Accepted for compatibility, not used by this product. */
            bootstrapPromptTruncationWarning?: unknown;
            /** Accepted for compatibility, not used by this product. */
            bootstrapTotalMaxChars?: unknown;
            /** Accepted for compatibility, not used by this product. */
            authInheritance?: unknown;
            /** Accepted for compatibility, not used by this product. */
            cliBackends?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextInjection?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextLimits?: unknown;
            /** Accepted for compatibility, not used by this product. */
            cwd?: unknown;
            /** Accepted for compatibility, not used by this product. */
            decisionModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            embeddedAgent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            experimental?: unknown;
            /** Accepted for compatibility, not used by this product. */
            compaction?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextPruning?: unknown;
            /** Accepted for compatibility, not used by this product. */
            elevatedDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            embeddedPi?: unknown;
            /** Accepted for compatibility, not used by this product. */
            envelopeElapsed?: unknown;
            /** Accepted for compatibility, not used by this product. */
            envelopeTimestamp?: unknown;
            /** Accepted for compatibility, not used by this product. */
            envelopeTimezone?: unknown;
            /** Accepted for compatibility, not used by this product. */
            heartbeat?: unknown;
            /** Accepted for compatibility, not used by this product. */
            humanDelay?: unknown;
            /** Accepted for compatibility, not used by this product. */
            imageGenerationModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            imageMaxDimensionPx?: unknown;
            /** Accepted for compatibility, not used by this product. */
            imageQuality?: unknown;
            /** Accepted for compatibility, not used by this product. */
            mediaGenerationAutoProviderFallback?: unknown;
            /** Accepted for compatibility, not used by this product. */
            mediaModels?: unknown;
            /** Accepted for compatibility, not used by this product. */
            mediaMaxMb?: unknown;
            /** Accepted for compatibility, not used by this product. */
            memorySearch?: unknown;
            /** Accepted for compatibility, not used by this product. */
            modelPolicy?: unknown;
            /** Accepted for compatibility, not used by this product. */
            modelSelectionScope?: unknown;
            /** Accepted for compatibility, not used by this product. */
            musicGenerationModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            pdfMaxBytesMb?: unknown;
            /** Accepted for compatibility, not used by this product. */
            pdfMaxMb?: unknown;
            /** Accepted for compatibility, not used by this product. */
            pdfMaxPages?: unknown;
            /** Accepted for compatibility, not used by this product. */
            pdfModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            promptOverlays?: unknown;
            /** Accepted for compatibility, not used by this product. */
            repoRoot?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runRetries?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runTimeoutSeconds?: unknown;
            /** Accepted for compatibility, not used by this product. */
            sandbox?: unknown;
            /** Accepted for compatibility, not used by this product. */
            sessionStore?: unknown;
            /** Accepted for compatibility, not used by this product. */
            silentReply?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skills?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skipBootstrap?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skipOptionalBootstrapFiles?: unknown;
            /** Accepted for compatibility, not used by this product. */
            startupContext?: unknown;
            /** Accepted for compatibility, not used by this product. */
            subagents?: unknown;
            /** Accepted for compatibility, not used by this product. */
            systemAgent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            thinkingDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            timeFormat?: unknown;
            /** Accepted for compatibility, not used by this product. */
            toolProgressDetail?: unknown;
            /** Accepted for compatibility, not used by this product. */
            typingIntervalSeconds?: unknown;
            /** Accepted for compatibility, not used by this product. */
            typingMode?: unknown;
            /** Accepted for compatibility, not used by this product. */
            userTimezone?: unknown;
            /** Accepted for compatibility, not used by this product. */
            utilityModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            verboseDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            videoGenerationModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            voiceModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            workspace?: unknown;
        };
        /** Agents as a list. */
        list?: Array<{
            /** Whether this is the default agent, which `openclaw` means. */
            default?: boolean;
            /** The display name. */
            name?: string;
            /** The model of this agent, in place of `agents.defaults.model`. */
            model?: string | {
                /** The first model to use. */
                primary?: string;
                /** The fallbacks, in order. */
                fallbacks?: string[];
                /** Accepted for compatibility, not used by this product. */
                timeoutMs?: unknown;
            };
            /** The model of this agent for messages with images. */
            imageModel?: string | {
                /** The first model to use. */
                primary?: string;
                /** The fallbacks, in order. */
                fallbacks?: string[];
                /** Accepted for compatibility, not used by this product. */
                timeoutMs?: unknown;
            };
            /** The id of the agent, as in `openclaw/<id>`. */
            id: string;
            /** Accepted for compatibility, not used by this product. */
            models?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextTokens?: unknown;
            /** Accepted for compatibility, not used by this product. */
            params?: unknown;
            /** Accepted for compatibility, not used by this product. */
            agentRuntime?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextInjection?: unknown;
            /** Accepted for compatibility, not used by this product. */
            contextLimits?: unknown;
            /** Accepted for compatibility, not used by this product. */
            cwd?: unknown;
            /** Accepted for compatibility, not used by this product. */
            decisionModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            embeddedAgent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            experimental?: unknown;
            /** Accepted for compatibility, not used by this product. */
            heartbeat?: unknown;
            /** Accepted for compatibility, not used by this product. */
            humanDelay?: unknown;
            /** Accepted for compatibility, not used by this product. */
            memorySearch?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runRetries?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runTimeoutSeconds?: unknown;
            /** Accepted for compatibility, not used by this product. */
            sandbox?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skills?: unknown;
            /** Accepted for compatibility, not used by this product. */
            subagents?: unknown;
            /** Accepted for compatibility, not used by this product. */
            thinkingDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            toolProgressDetail?: unknown;
            /** Accepted for compatibility, not used by this product. */
            utilityModel?: unknown;
            /** Accepted for compatibility, not used by this product. */
            verboseDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            workspace?: unknown;
            /** Accepted for compatibility, not used by this product. */
            agentDir?: unknown;
            /** Accepted for compatibility, not used by this product. */
            description?: unknown;
            /** Accepted for compatibility, not used by this product. */
            fastModeDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            groupChat?: unknown;
            /** Accepted for compatibility, not used by this product. */
            identity?: unknown;
            /** Accepted for compatibility, not used by this product. */
            reasoningDefault?: unknown;
            /** Accepted for compatibility, not used by this product. */
            runtime?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skillsLimits?: unknown;
            /** Accepted for compatibility, not used by this product. */
            systemPromptOverride?: unknown;
            /** Accepted for compatibility, not used by this product. */
            tools?: unknown;
            /** Accepted for compatibility, not used by this product. */
            tts?: unknown;
        }>;
        /** Agents by id. */
        entries?: {
            [key: string]: {
                /** Whether this is the default agent, which `openclaw` means. */
                default?: boolean;
                /** The display name. */
                name?: string;
                /** The model of this agent, in place of `agents.defaults.model`. */
                model?: string | {
                    /** The first model to use. */
                    primary?: string;
                    /** The fallbacks, in order. */
                    fallbacks?: string[];
                    /** Accepted for compatibility, not used by this product. */
                    timeoutMs?: unknown;
                };
                /** The model of this agent for messages with images. */
                imageModel?: string | {
                    /** The first model to use. */
                    primary?: string;
                    /** The fallbacks, in order. */
                    fallbacks?: string[];
                    /** Accepted for compatibility, not used by this product. */
                    timeoutMs?: unknown;
                };
                /** Accepted for compatibility, not used by this product. */
                models?: unknown;
                /** Accepted for compatibility, not used by this product. */
                contextTokens?: unknown;
                /** Accepted for compatibility, not used by this product. */
                params?: unknown;
                /** Accepted for compatibility, not used by this product. */
                agentRuntime?: unknown;
                /** Accepted for compatibility, not used by this product. */
                contextInjection?: unknown;
                /** Accepted for compatibility, not used by this product. */
                contextLimits?: unknown;
                /** Accepted for compatibility, not used by this product. */
                cwd?: unknown;
                /** Accepted for compatibility, not used by this product. */
                decisionModel?: unknown;
                /** Accepted for compatibility, not used by this product. */
                embeddedAgent?: unknown;
                /** Accepted for compatibility, not used by this product. */
                experimental?: unknown;
                /** Accepted for compatibility, not used by this product. */
                heartbeat?: unknown;
                /** Accepted for compatibility, not used by this product. */
                humanDelay?: unknown;
                /** Accepted for compatibility, not used by this product. */
                memorySearch?: unknown;
                /** Accepted for compatibility, not used by this product. */
                runRetries?: unknown;
                /** Accepted for compatibility, not used by this product. */
                runTimeoutSeconds?: unknown;
                /** Accepted for compatibility, not used by this product. */
                sandbox?: unknown;
                /** Accepted for compatibility, not used by this product. */
                skills?: unknown;
                /** Accepted for compatibility, not used by this product. */
                subagents?: unknown;
                /** Accepted for compatibility, not used by this product. */
                thinkingDefault?: unknown;
                /** Accepted for compatibility, not used by this product. */
                toolProgressDetail?: unknown;
                /** Accepted for compatibility, not used by this product. */
                utilityModel?: unknown;
                /** Accepted for compatibility, not used by this product. */
                verboseDefault?: unknown;
                /** Accepted for compatibility, not used by this product. */
                workspace?: unknown;
                /** Accepted for compatibility, not used by this product. */
                agentDir?: unknown;
                /** Accepted for compatibility, not used by this product. */
                description?: unknown;
                /** Accepted for compatibility, not used by this product. */
                fastModeDefault?: unknown;
                /** Accepted for compatibility, not used by this product. */
                groupChat?: unknown;
                /** Accepted for compatibility, not used by this product. */
                identity?: unknown;
                /** Accepted for compatibility, not used by this product. */
                reasoningDefault?: unknown;
                /** Accepted for compatibility, not used by this product. */
                runtime?: unknown;
                /** Accepted for compatibility, not used by this product. */
                skillsLimits?: unknown;
                /** Accepted for compatibility, not used by this product. */
                systemPromptOverride?: unknown;
                /** Accepted for compatibility, not used by this product. */
                tools?: unknown;
                /** Accepted for compatibility, not used by this product. */
                tts?: unknown;
            };
        };
        /** Accepted for compatibility, not used by this product. */
        ownership?: unknown;
    };
    /** Auth profiles. */
    auth: {
        /** The auth profiles. The keys themselves are stored in `auth-profiles.json`, never here. */
        profiles: {
            [key: string]: {
                /** The provider of the profile. */
                provider: string;
                /** The kind of credential. */
                mode: 'token' | 'api_key' | 'oauth' | 'aws-sdk';
                /** Accepted for compatibility, not used by this product. */
                displayName?: unknown;
                /** Accepted for compatibility, not used by this product. */
                email?: unknown;
            };
        };
        /** The order of the profiles of a provider. */
        order: {
            [key: string]: string[];
        };
        /** Accepted for compatibility, not used by this product. */
        cooldowns?: unknown;
    };
    /** The gateway with the OpenAI-compatible API. */
    gateway: {
        /** Where the gateway runs. Only `local` is supported. */
        mode?: 'local' | 'remote';
        /**
         * The port; 0 selects a free one.
         * @default 18789
         */
        port: number;
        /**
         * The addresses to listen on. Anything but `loopback` needs a token or a password.
         * @default "loopback"
         */
        bind: 'loopback' | 'lan' | 'auto' | 'custom' | 'tailnet';
        /** The address for `bind: "custom"`. */
        customBindHost?: string;
        /** Authentication. */
        auth: {
            /** How clients authenticate. Default: the token or password if one is set, otherwise none, which is only allowed on loopback. The gateway does not start with `trusted-proxy`, a mode of the original. */
            mode?: 'token' | 'password' | 'none' | 'trusted-proxy';
            /** The bearer token. OPENCLAW_GATEWAY_TOKEN does the same. */
            token?: string;
            /** The password, sent as a bearer token. OPENCLAW_GATEWAY_PASSWORD does the same. */
            password?: string;
            /** Clients with tokens of their own, by name. They may use the APIs within their limits, and nothing else: `/status`, the page and the management of models are for the owner of `token`. */
            tokens: {
                [key: string]: {
                    /** The token of this client: the token itself, `${VARIABLE}`, or its hash, `sha256:` and the SHA-256 in hexadecimal digits. `openclaw gateway token add` creates one and stores its hash. */
                    token?: string;
                    /** The models that this client may use: references, in which a `*` stands for any text. Default: all models. */
                    models?: string[];
                    /** Maximum concurrent requests of this client. Further ones get 429. */
                    maxConcurrent?: number;
                    /** The priority of its requests where requests are queued. Default: `interactive`. */
                    priority?: 'interactive' | 'batch';
                    /** Maximum requests to models per minute. Further ones get 429. A minute begins with the first request after the previous one has ended. */
                    requestsPerMinute?: number;
                    /** Maximum tokens per day, input and output together. When they are used up, requests get 429. A day begins with the first request after the previous one has ended. */
                    tokensPerDay?: number;
                };
            };
            /** Limits on failed attempts. */
            rateLimit: {
                /**
                 * Number of failed attempts after which an address is locked out.
                 * @default 10
                 */
                maxAttempts: number;
                /**
                 * Time window of the attempts, in milliseconds.
                 * @default 60000
                 */
                windowMs: number;
                /**
                 * Duration of a lock-out, in milliseconds.
                 * @default 300000
                 */
                lockoutMs: number;
                /**
                 * Whether this machine is exempt from lock-outs.
                 * @default true
                 */
                exemptLoopback: boolean;
            };
            /** Accepted for compatibility, not used by this product. */
            allowTailscale?: unknown;
            /** Accepted for compatibility, not used by this product. */
            trustedProxy?: unknown;
        };
        /** Access for web pages. */
        cors: {
            /**
             * Web origins with access to the gateway. A `*` stands for any text: `http://localhost:*`.
             * @default []
             */
            origins: string[];
        };
        /**
         * Allowed host names in addition to those of this machine.
         * @default []
         */
        allowedHosts: string[];
        /**
         * Addresses of proxies in front of the gateway. Lock-outs then count against the client that `X-Forwarded-For` names.
         * @default []
         */
        trustedProxies: string[];
        /** TLS. Put a proxy that serves it in front of the gateway. */
        tls?: {
            /** The gateway serves plain HTTP only, and does not start if this is `true`. */
            enabled?: boolean;
            /** Accepted for compatibility, not used by this product. */
            autoGenerate?: unknown;
            /** Accepted for compatibility, not used by this product. */
            caPath?: unknown;
            /** Accepted for compatibility, not used by this product. */
            certPath?: unknown;
            /** Accepted for compatibility, not used by this product. */
            keyPath?: unknown;
        };
        /** Resource limits. */
        limits: {
            /**
             * The largest request body in bytes.
             * @default 20971520
             */
            maxBodyBytes: number;
            /**
             * Maximum bytes of all request bodies in memory. Requests that exceed it get 503.
             * @default 134217728
             */
            maxBufferedBytes: number;
            /**
             * Maximum number of client connections. At most half of them may be without a request, and at most half of the file descriptors of the process are used.
             * @default 1024
             */
            maxConnections: number;
            /**
             * Maximum concurrent requests per provider, unless the provider has its own limit.
             * @default 4
             */
            maxConcurrent: number;
            /**
             * Maximum queued requests per provider, unless the provider has its own limit.
             * @default 64
             */
            maxQueued: number;
            /**
             * Timeout for the headers of a request, in milliseconds.
             * @default 15000
             */
            headersTimeoutMs: number;
            /**
             * Timeout for the body of a request, in milliseconds.
             * @default 60000
             */
            bodyTimeoutMs: number;
            /**
             * Idle milliseconds of a stream after which a comment is sent to keep the connection alive; 0 for never.
             * @default 15000
             */
            keepAliveCommentMs: number;
        };
        /** Shares limits, open circuits and affinity with other gateways. Changes need a restart. See docs/scaling.md. */
        cluster?: {
            /** The Redis (6.2 or later) or Valkey server of all gateways; `rediss://` for TLS. */
            url: string;
            /**
             * The start of all keys. Gateways with the same prefix are one cluster.
             * @default "openclaw"
             */
            prefix: string;
            /**
             * How long a request waits for the store, in milliseconds. Then the gateway goes on alone, with its share of each limit.
             * @default 100
             */
            timeoutMs: number;
        };
        /** Ollama's own API (`/api`). */
        ollama: {
            /**
             * Whether clients of the Ollama API may pull, create, copy, push and delete models. The requests go to the Ollama server that has the model.
             * @default false
             */
            manage: boolean;
        };
        /** Reload of this file, `.env` files and stored API keys. */
        reload: {
            /**
             * How changes of this file, of `.env` files or of stored API keys are handled. `hot`: applied. `hybrid`: applied, and changes that need a restart are reported. `restart`: only reported. `off`: ignored.
             * @default "hybrid"
             */
            mode: 'off' | 'hybrid' | 'hot' | 'restart';
            /**
             * How long to wait for further changes, in milliseconds.
             * @default 300
             */
            debounceMs: number;
            /** Accepted for compatibility, not used by this product. */
            deferralTimeoutMs?: unknown;
        };
        /**
         * Timeout for running requests during shutdown, in milliseconds.
         * @default 30000
         */
        shutdownTimeoutMs: number;
        /** HTTP settings of the original OpenClaw. */
        http?: {
            /** Endpoints that the original OpenClaw disables by default. */
            endpoints?: {
                /** `POST /v1/chat/completions`. */
                chatCompletions?: {
                    /** Accepted for compatibility: this endpoint is always available. */
                    enabled?: boolean;
                    /** Accepted for compatibility, not used by this product. */
                    maxBodyBytes?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    files?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    images?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    maxImageParts?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    maxTotalImageBytes?: unknown;
                    /** Accepted for compatibility, not used by this product. */
                    maxUrlParts?: unknown;
                };
                /** Accepted for compatibility, not used by this product. */
                responses?: unknown;
            };
            /** Accepted for compatibility, not used by this product. */
            securityHeaders?: unknown;
        };
        /** Accepted for compatibility, not used by this product. */
        push?: unknown;
        /** Accepted for compatibility, not used by this product. */
        tools?: unknown;
        /** Accepted for compatibility, not used by this product. */
        remote?: unknown;
        /** Accepted for compatibility, not used by this product. */
        allowRealIpFallback?: unknown;
        /** Accepted for compatibility, not used by this product. */
        channelHealthCheckMinutes?: unknown;
        /** Accepted for compatibility, not used by this product. */
        channelMaxRestartsPerHour?: unknown;
        /** Accepted for compatibility, not used by this product. */
        channelStaleEventThresholdMinutes?: unknown;
        /** Accepted for compatibility, not used by this product. */
        cliAgents?: unknown;
        /** Accepted for compatibility, not used by this product. */
        controlUi?: unknown;
        /** Accepted for compatibility, not used by this product. */
        handshakeTimeoutMs?: unknown;
        /** Accepted for compatibility, not used by this product. */
        nodes?: unknown;
        /** Accepted for compatibility, not used by this product. */
        portals?: unknown;
        /** Accepted for compatibility, not used by this product. */
        publicOrigin?: unknown;
        /** Accepted for compatibility, not used by this product. */
        roles?: unknown;
        /** Accepted for compatibility, not used by this product. */
        tailscale?: unknown;
        /** Accepted for compatibility, not used by this product. */
        terminal?: unknown;
        /** Accepted for compatibility, not used by this product. */
        webchat?: unknown;
    };
    /** Environment variables for this product. Variables that are already set have priority. */
    env?: {
        /** Environment variables by name. */
        vars?: {
            [key: string]: string;
        };
        /** Importing variables from the login shell. */
        shellEnv?: {
            /** Whether missing variables are imported from your login shell. OPENCLAW_LOAD_SHELL_ENV=1 does the same. */
            enabled?: boolean;
            /** Timeout of the shell, in milliseconds. Default: 15000. */
            timeoutMs?: number;
        };
    } & {
        [key: string]: string;
    };
    /** Logging. */
    logging: {
        /**
         * Minimum level of log lines.
         * @default "info"
         */
        level: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
        /** A log file with JSON lines. Default: none. */
        file?: string;
        /** Minimum level of lines on the console. Default: `level`. */
        consoleLevel?: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
        /** Format of lines on the console. */
        consoleStyle?: 'pretty' | 'compact' | 'json';
        /** Accepted for compatibility: secrets are never logged. */
        redactSensitive?: 'tools' | 'off';
        /** Regular expressions; matching text is masked in the log. */
        redactPatterns?: string[];
        /**
         * Whether prompts and answers are logged.
         * @default false
         */
        prompts: boolean;
        /** Accepted for compatibility, not used by this product. */
        audit?: unknown;
        /** Accepted for compatibility, not used by this product. */
        maxFileBytes?: unknown;
    };
    /** Conversations of `openclaw chat`. */
    chat: {
        /**
         * Whether conversations are saved, for `openclaw chat --continue`. Only you can read them.
         * @default true
         */
        save: boolean;
    };
    /** Telemetry of the gateway. */
    diagnostics: {
        /** With `false`, no telemetry is exported, whatever `otel` says. */
        enabled?: boolean;
        /** Export of traces and metrics with OpenTelemetry. */
        otel: {
            /** Whether telemetry is exported. Default: whether an endpoint is set, here or by a variable of OpenTelemetry. */
            enabled?: boolean;
            /** The base URL of the collector, to which `/v1/traces` and `/v1/metrics` are added. OTEL_EXPORTER_OTLP_ENDPOINT does the same. Default: `http://localhost:4318`. */
            endpoint?: string;
            /** The whole URL for traces. OTEL_EXPORTER_OTLP_TRACES_ENDPOINT does the same. */
            tracesEndpoint?: string;
            /** The whole URL for metrics. OTEL_EXPORTER_OTLP_METRICS_ENDPOINT does the same. */
            metricsEndpoint?: string;
            /** The protocol. `grpc` is not supported. OTEL_EXPORTER_OTLP_PROTOCOL does the same. Default: `http/protobuf`. */
            protocol?: 'http/protobuf' | 'http/json' | 'grpc';
            /** HTTP headers for the collector. */
            headers?: {
                [key: string]: string;
            };
            /** The name of the service. OTEL_SERVICE_NAME does the same. Default: `openclaw`. */
            serviceName?: string;
            /** Whether traces are exported. Default: true. */
            traces?: boolean;
            /** Whether metrics are exported. Default: true. */
            metrics?: boolean;
            /** The share of traces that begin here and are exported, from 0 to 1. A trace that a client has begun is exported if the client exports it. Default: 1. */
            sampleRate?: number;
            /** How often metrics are exported, in milliseconds. Default: 60000. */
            flushIntervalMs?: number;
            /** Whether requests to model servers carry the trace context (`traceparent`). Default: false. */
            propagate?: boolean;
            /** Accepted for compatibility, not used by this product. */
            captureContent?: unknown;
            /** Accepted for compatibility, not used by this product. */
            logAttributes?: unknown;
            /** Accepted for compatibility, not used by this product. */
            logs?: unknown;
            /** Accepted for compatibility, not used by this product. */
            logsEndpoint?: unknown;
            /** Accepted for compatibility, not used by this product. */
            logsExporter?: unknown;
            /** Accepted for compatibility, not used by this product. */
            metricAttributes?: unknown;
            /** Accepted for compatibility, not used by this product. */
            metricNamePrefix?: unknown;
            /** Accepted for compatibility, not used by this product. */
            skillContentHash?: unknown;
            /** Accepted for compatibility, not used by this product. */
            traceAttributes?: unknown;
        };
        /** Accepted for compatibility, not used by this product. */
        cacheTrace?: unknown;
        /** Accepted for compatibility, not used by this product. */
        flags?: unknown;
        /** Accepted for compatibility, not used by this product. */
        stuckSessionAbortMs?: unknown;
        /** Accepted for compatibility, not used by this product. */
        stuckSessionWarnMs?: unknown;
    };
    /** Secrets in files, or from programs. */
    secrets?: {
        /** Sources of secrets by name. A key or header can be `{ source: "file", provider: "<name>", id: "…" }` in place of text; the same with `exec`. */
        providers?: {
            [key: string]: {
                /** Where the secrets are: environment variables, a file, or a program that prints them. `store` is not supported. */
                source: 'env' | 'file' | 'exec' | 'store';
                /** For `file`: its path. It must be a regular file that only its owner can read. */
                path?: string;
                /** For `file`: `json`: the `id` of a reference is a JSON pointer such as `/openai/apiKey`. `singleValue`: the file is the secret, and `id` is `value`. Default: `json`. */
                mode?: 'json' | 'singleValue';
                /** For `file`: maximum size. Default: 1048576. */
                maxBytes?: number;
                /** For `exec`: absolute path of the program. It is started without a shell. */
                command?: string;
                /** For `exec`: its arguments. */
                args?: string[];
                /** For `exec`: variables of its environment. */
                env?: {
                    [key: string]: string;
                };
                /** For `exec`: names of variables that it gets from this process. */
                passEnv?: string[];
                /** For `exec`: whether its output must be JSON. With `false`, other output is the secret, if a single one is requested. Default: true. */
                jsonOnly?: boolean;
                /** For `exec`: timeout in milliseconds. Default: 5000. */
                timeoutMs?: number;
                /** For `exec`: maximum time without output, in milliseconds. */
                noOutputTimeoutMs?: number;
                /** For `exec`: maximum size of its output. Default: 1048576. */
                maxOutputBytes?: number;
                /** For `exec`: whether `command` may be a symbolic link. Default: false. */
                allowSymlinkCommand?: boolean;
                /** For `exec`: directories that the program must be in. */
                trustedDirs?: string[];
                /** Whether the file may be readable, or the program writable, by other users. Default: false. */
                allowInsecurePath?: boolean;
                /** For `env`: names of variables. Accepted; all variables can be referenced. */
                allowlist?: string[];
                /** Accepted for compatibility, not used by this product. */
                pluginIntegration?: unknown;
            };
        };
        /** The provider of references that name none, by source. */
        defaults?: {
            [key: string]: string;
        };
        /** Accepted for compatibility, not used by this product. */
        resolution?: unknown;
    };
    /** Metadata of the original OpenClaw. */
    meta?: {
        /** The version that last wrote the file. Kept, never written. */
        lastTouchedVersion?: string;
        /** When the file was last written. Kept, never written. */
        lastTouchedAt?: string | number;
        /** Accepted for compatibility, not used by this product. */
        migrations?: unknown;
    };
    /** Accepted for compatibility, not used by this product. */
    audio?: unknown;
    /** Accepted for compatibility, not used by this product. */
    proxy?: unknown;
    /** Accepted for compatibility, not used by this product. */
    skills?: unknown;
    /** Accepted for compatibility, not used by this product. */
    tools?: unknown;
    /** Accepted for compatibility, not used by this product. */
    accessGroups?: unknown;
    /** Accepted for compatibility, not used by this product. */
    acp?: unknown;
    /** Accepted for compatibility, not used by this product. */
    aliases?: unknown;
    /** Accepted for compatibility, not used by this product. */
    approvals?: unknown;
    /** Accepted for compatibility, not used by this product. */
    bindings?: unknown;
    /** Accepted for compatibility, not used by this product. */
    broadcast?: unknown;
    /** Accepted for compatibility, not used by this product. */
    browser?: unknown;
    /** Accepted for compatibility, not used by this product. */
    canvasHost?: unknown;
    /** Accepted for compatibility, not used by this product. */
    channels?: unknown;
    /** Accepted for compatibility, not used by this product. */
    cli?: unknown;
    /** Accepted for compatibility, not used by this product. */
    commands?: unknown;
    /** Accepted for compatibility, not used by this product. */
    crestodian?: unknown;
    /** Accepted for compatibility, not used by this product. */
    cron?: unknown;
    /** Accepted for compatibility, not used by this product. */
    discovery?: unknown;
    /** Accepted for compatibility, not used by this product. */
    hooks?: unknown;
    /** Accepted for compatibility, not used by this product. */
    mcp?: unknown;
    /** Accepted for compatibility, not used by this product. */
    media?: unknown;
    /** Accepted for compatibility, not used by this product. */
    memory?: unknown;
    /** Accepted for compatibility, not used by this product. */
    messages?: unknown;
    /** Accepted for compatibility, not used by this product. */
    nodeHost?: unknown;
    /** Accepted for compatibility, not used by this product. */
    plugins?: unknown;
    /** Accepted for compatibility, not used by this product. */
    session?: unknown;
    /** Accepted for compatibility, not used by this product. */
    surfaces?: unknown;
    /** Accepted for compatibility, not used by this product. */
    talk?: unknown;
    /** Accepted for compatibility, not used by this product. */
    ui?: unknown;
    /** Accepted for compatibility, not used by this product. */
    update?: unknown;
    /** Accepted for compatibility, not used by this product. */
    web?: unknown;
    /** Accepted for compatibility, not used by this product. */
    wizard?: unknown;
}

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
