import { Timeouts, Provider, ProviderRequest, StreamOptions, StreamEvent, EventStream } from '@openclaw/provider';
import { Dispatcher, buildConnector, Agent } from 'undici';
import { TcpNetConnectOpts } from 'node:net';

/**
 * Clocks that suit local models. Aborting a request to Ollama also aborts the load that it caused, so a limit shorter
 * than the load means that the model never gets loaded; and while a tool call or a whole body is being written, no byte
 * comes. Nothing is said of a whole body before its end, hence its own limit for the first event.
 */
declare const DEFAULT_TIMEOUTS: Timeouts;
/** The limit for the first event of an answer in one body, where none was configured: load, prompt and the whole answer are inside it. */
declare const DEFAULT_WHOLE_BODY_MS = 1800000;

/**
 * How a server cuts its tool calls: every entry a `whole` call (Ollama), `fragments` joined by `index` (OpenAI), or
 * `by-content`: told apart by what arrives, since a call is over when its arguments are.
 */
type ToolCallStyle = 'by-content' | 'fragments' | 'whole';

/** Servers whose ways are known. `unknown` gets what nearly all understand. */
type ServerKind = 'ollama' | 'openai' | 'vllm' | 'llama-cpp' | 'lm-studio' | 'openrouter' | 'unknown';
/** Where a server departs from the others that speak chat completions. */
interface ServerQuirks {
    /** How it cuts its tool calls. @default 'by-content' */
    readonly toolCallStyle: ToolCallStyle;
    /** Under which name it takes the most tokens to say. */
    readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
    /** Whether token counts can be asked for in a stream (`stream_options.include_usage`). */
    readonly usageInStream: boolean;
    /** Which role instructions have. */
    readonly instructionsRole: 'system' | 'developer';
    /**
     * Whether an assistant message with tool calls must have `content: null`: Ollama before 0.11.4 loses the calls beside
     * a text. Text that stood there goes into a message of its own in front, so nothing is lost.
     */
    readonly nullContentBesideToolCalls: boolean;
    /** Under which name it takes an assistant's earlier reasoning back; `undefined` when it does not, or refuses it. */
    readonly reasoningField: 'reasoning' | 'reasoning_content' | undefined;
    /** What `tool_choice` may be. `ignored`: tools are left out for `none`, and all but the named one for a name. */
    readonly toolChoice: 'any' | 'words' | 'ignored';
    /** Whether arguments in the history must be the JSON of an object; what is not is sent wrapped in one. */
    readonly parsesArguments: boolean;
    /** Whether parts of one message become messages of their own; texts are joined into one then. */
    readonly splitsParts: boolean;
    /** Whether the server fetches images from `http(s):` URLs. */
    readonly fetchesImages: boolean;
    /** Whether `image_url` is an object or the URL itself. */
    readonly imageForm: 'object' | 'string';
    /** Whether it knows the response format `json_object`; otherwise any object is asked for by a schema. */
    readonly jsonObjectFormat: boolean;
    /** Reasoning efforts that have another name there. */
    readonly reasoningEfforts: Readonly<Record<string, string>>;
    /** Whether `none` must (also) be said to the chat template: `chat_template_kwargs.enable_thinking: false`. */
    readonly templateSwitchesReasoning: boolean;
    /** Whether absent `temperature` and `top_p` override the model's own values (Ollama's /v1 sets both to 1.0). */
    readonly overridesAbsentSampling: boolean;
    /** Whether a chunk with an empty `model` and an empty delta is a failure whose text was lost (Ollama's /v1, all releases). */
    readonly masksErrors: boolean;
}
/** What is known of each server. */
declare const SERVER_QUIRKS: Readonly<Record<ServerKind, ServerQuirks>>;
/** Tells a server by its well-known host, the provider's id (`ollama`, `lm-studio`, `llama.cpp`, …) or its usual port, in this order. */
declare function detectServer(id: string, { baseUrl }: {
    readonly baseUrl: URL;
}): ServerKind;

/** A model's own sampling values, for servers that would override them when they are absent. */
interface ModelDefaults {
    readonly temperature?: number | undefined;
    readonly topP?: number | undefined;
}

/** Bounds on what is held of an answer while it is not complete, in bytes. */
interface BodyLimits {
    /** Of one event of a stream. @default 8 MiB */
    readonly maxEventBytes: number;
    /** Of a whole body, and of the arguments of an answer's tool calls together. @default 64 MiB */
    readonly maxBodyBytes: number;
}

interface OpenAICompatProviderOptions {
    /** As in the configuration and in references: `ollama`. */
    readonly id: string;
    /** `http://127.0.0.1:11434/v1`. For Ollama `/v1` is added when it is missing. */
    readonly baseUrl: string;
    /** Sent as a bearer token. Ollama needs none. */
    readonly apiKey?: string | undefined;
    /** Sent with every request; they win over the headers that the provider sets. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
    /** Through which connections. @default a pool of its own, opened at the first request */
    readonly dispatcher?: Dispatcher | undefined;
    /** Clocks of every request; those left out are `DEFAULT_TIMEOUTS`. A whole body has 30 minutes for its first event unless `firstEventMs` is given. */
    readonly timeouts?: Partial<Timeouts> | undefined;
    /** Which server it is. @default told by host, id and port: see `detectServer` */
    readonly server?: ServerKind | undefined;
    /** Departures from what is known of that server. */
    readonly quirks?: Partial<ServerQuirks> | undefined;
    /**
     * A model's own `temperature` and `top_p` (Ollama: the PARAMETERs of its Modelfile, see `/api/show`). They are sent
     * when the caller gives none and the server would override them: Ollama's /v1 sets both to 1.0 when they are absent.
     */
    readonly modelDefaults?: ((model: string) => ModelDefaults | undefined | Promise<ModelDefaults | undefined>) | undefined;
    /** Bounds on what is held of an incomplete answer. */
    readonly limits?: Partial<BodyLimits> | undefined;
    /** Names tool calls to which the server gave no id. */
    readonly generateId?: (() => string) | undefined;
}
/** A provider for one server that speaks OpenAI chat completions. */
interface OpenAICompatProvider extends Provider {
    /** Without credentials and query. */
    readonly baseUrl: string;
    readonly server: ServerKind;
    readonly quirks: ServerQuirks;
    answer(request: ProviderRequest, options?: StreamOptions): Promise<readonly StreamEvent[]>;
    /**
     * Passes a request through, for what is not chat: `post('embeddings', body)`. A success or an error status is passed on; the secrets
     * of the request, which some servers repeat, are replaced in headers and body. The body of an error ends at 64 KiB.
     * @throws {ProviderError} when there is no answer: connection, clocks, abort (while the body is read, too), a redirect, a body that
     *   is compressed.
     */
    post(path: string, body: unknown, options?: StreamOptions): Promise<PassedResponse>;
    /** Closes the connections that the provider opened itself. */
    close(): Promise<void>;
}
/** An answer as the server gave it. */
interface PassedResponse {
    readonly status: number;
    readonly contentType: string;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: AsyncIterable<Uint8Array>;
}
/**
 * Creates a provider. Nothing is sent and nothing loaded before the first request.
 * @throws {ProviderError} `invalid-request` for a base URL or header that cannot be sent.
 */
declare function createOpenAICompatProvider({ id, baseUrl, apiKey, headers, dispatcher, timeouts, server: givenServer, quirks: givenQuirks, modelDefaults, limits: givenLimits, generateId, }: OpenAICompatProviderOptions): OpenAICompatProvider;

interface DecodeChatCompletionOptions {
    /** For messages. @default 'recording' */
    readonly provider?: string | undefined;
    /** The model that was asked, in case the answer names none. @default '' */
    readonly model?: string | undefined;
    /** For messages. @default 'about:blank' */
    readonly url?: string | undefined;
    /** @default 'unknown' */
    readonly server?: ServerKind | undefined;
    readonly quirks?: Partial<ServerQuirks> | undefined;
    readonly limits?: Partial<BodyLimits> | undefined;
    readonly generateId?: (() => string) | undefined;
}
/**
 * Decodes the body of a successful answer that somebody else received: a recording, a fetch response, a proxied stream.
 * Server-sent events, JSON by lines and one JSON body are told apart by themselves.
 */
declare function decodeChatCompletion(body: AsyncIterable<Uint8Array>, { provider, model, url, server, quirks: givenQuirks, limits: givenLimits, generateId, }?: DecodeChatCompletionOptions): EventStream;

interface ConnectionPoolOptions {
    /** Most connections to one server. Requests past it wait, and the connect clock counts that wait. @default unlimited */
    readonly connections?: number | undefined;
    /** How sockets are opened: certificates, local address, name lookup. */
    readonly connect?: (buildConnector.BuildOptions & Pick<TcpNetConnectOpts, 'lookup'>) | undefined;
    /** Other settings of undici's Agent. Its own timeouts stay off, as requests have clocks of their own. */
    readonly agent?: Omit<Agent.Options, 'connect' | 'connections'> | undefined;
}
/**
 * Opens a pool of connections whose requests can be aborted at once in every state, while connecting too, which
 * undici's own Agent cannot: it goes on connecting for a request that nobody waits for.
 * undici is loaded here and not before, since it is most of what starting this package costs.
 */
declare function openConnectionPool({ connections, connect, agent, }?: ConnectionPoolOptions): Promise<Dispatcher>;

export { DEFAULT_TIMEOUTS, DEFAULT_WHOLE_BODY_MS, SERVER_QUIRKS, createOpenAICompatProvider, decodeChatCompletion, detectServer, openConnectionPool };
export type { BodyLimits, ConnectionPoolOptions, DecodeChatCompletionOptions, ModelDefaults, OpenAICompatProvider, OpenAICompatProviderOptions, PassedResponse, ServerKind, ServerQuirks, ToolCallStyle };
