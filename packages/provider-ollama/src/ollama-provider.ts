import { checkChatRequest } from '@openclaw/provider';
import type { Closable, Embeddings, PassedResponse, PassThrough, Provider, StreamOptions } from '@openclaw/provider';
import { createUpstream, passThrough, streamAnswer } from '@openclaw/upstream-http';
import type { UpstreamOptions } from '@openclaw/upstream-http';
import { DEFAULT_LIMITS, generateCallId } from '@openclaw/upstream-wire';
import type { BodyLimits } from '@openclaw/upstream-wire';
import { embed } from './embed.ts';
import { createNativeChat } from './native-chat.ts';
import type { ChatEndpoint } from './native-chat.ts';

export interface OllamaProviderOptions extends Omit<UpstreamOptions, 'path' | 'server'> {
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
export interface OllamaProvider extends Provider, Embeddings, PassThrough, Closable {
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
export function createOllamaProvider({
  streaming,
  limits: { maxBodyBytes = DEFAULT_LIMITS.maxBodyBytes } = {},
  generateId = generateCallId,
  ...options
}: OllamaProviderOptions): OllamaProvider {
  const upstream = createUpstream({
    ...options,
    server: 'ollama',
    path: (given) => given.replace(/\/(?:v1|api)$/, ''),
  });
  const endpoint: ChatEndpoint = { upstream, maxBodyBytes, generateId };

  return {
    id: upstream.id,
    baseUrl: upstream.baseUrl,
    stream(request, streamOptions = {}) {
      checkChatRequest(request, { caller: 'stream' });
      return streamAnswer(
        createNativeChat({ ...request, streaming: request.streaming ?? streamingOf(request.model) }, endpoint),
        { ...streamOptions, upstream },
      );
    },
    embed: (request, embedOptions = {}) => embed(request, { ...embedOptions, upstream, maxBodyBytes }),
    post: (path, body, postOptions = {}) =>
      passThrough(upstream, { ...postOptions, path: `v1/${path.replace(/^\/+/, '')}`, body }),
    close: () => upstream.close(),
  };

  function streamingOf(model: string): boolean {
    return (typeof streaming === 'function' ? streaming(model) : streaming) ?? false;
  }
}
