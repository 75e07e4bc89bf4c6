import { UpstreamOptions } from '@openclaw/upstream-http';
export { ConnectionPoolOptions, DEFAULT_TIMEOUTS, DEFAULT_WHOLE_BODY_MS, openConnectionPool } from '@openclaw/upstream-http';
import { Provider, Embeddings, PassThrough, Closable, StreamOptions, PassedResponse } from '@openclaw/provider';
import { BodyLimits } from '@openclaw/upstream-wire';

interface OllamaProviderOptions extends Omit<UpstreamOptions, 'path' | 'server'> {
    /** `http://127.0.0.1:11434`. A `/v1` or `/api` at its end is dropped. */
    readonly baseUrl: string;
    /**
     * Whether models are asked for a stream or for a whole answer when a request does not say: for all models, or by
     * model. `undefined` for a model means the default.
     * @default false, since older releases break tool calls in streams
     */
    readonly streaming?: boolean | ((model: string) => boolean | undefined) | undefined;
    /** Bounds on what is held of an incomplete answer. */
    readonly limits?: Partial<Pick<BodyLimits, 'maxBodyBytes'>> | undefined;
    /** Names tool calls to which the server gave no id. */
    readonly generateId?: (() => string) | undefined;
}
/** A provider for one Ollama server, through its native API. */
interface OllamaProvider extends Provider, Embeddings, PassThrough, Closable {
    /** Without credentials and query. */
    readonly baseUrl: string;
    /**
     * Passes a request through to the server's OpenAI API: `post('embeddings', body)` goes to `/v1/embeddings`. See `passThrough` of
     * `@openclaw/upstream-http`.
     * @throws {ProviderError} when there is no answer
     */
    post(path: string, body: unknown, options?: StreamOptions): Promise<PassedResponse>;
}
/**
 * Creates a provider. Nothing is sent and nothing loaded before the first request.
 * @throws {ProviderError} `invalid-request` for a base URL or header that cannot be sent, or a dispatcher that cannot send.
 */
declare function createOllamaProvider({ streaming, limits: { maxBodyBytes }, generateId, ...options }: OllamaProviderOptions): OllamaProvider;

export { createOllamaProvider };
export type { OllamaProvider, OllamaProviderOptions };
