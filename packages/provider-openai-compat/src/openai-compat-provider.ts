import { checkChatRequest } from '@openclaw/provider';
import type { Closable, PassedResponse, PassThrough, Provider, StreamOptions } from '@openclaw/provider';
import { quirksOf } from '@openclaw/openai-wire';
import type { ModelDefaults, ServerQuirks } from '@openclaw/openai-wire';
import type { ServerKind } from '@openclaw/upstream-errors';
import { createUpstream, passThrough, streamAnswer } from '@openclaw/upstream-http';
import type { UpstreamOptions } from '@openclaw/upstream-http';
import { DEFAULT_LIMITS, generateCallId } from '@openclaw/upstream-wire';
import type { BodyLimits } from '@openclaw/upstream-wire';
import { createChatCompletion } from './chat-completion.ts';
import type { ChatEndpoint } from './chat-completion.ts';

export interface OpenAICompatProviderOptions extends Omit<UpstreamOptions, 'path'> {
  /** `http://127.0.0.1:11434/v1`. For Ollama `/v1` is added when it is missing. */
  readonly baseUrl: string;
  /**
   * Whether models are asked for a stream or for a whole answer when a request does not say: for all models, or by
   * model. `undefined` for a model means the default.
   * @default false for Ollama, whose older releases break tool calls in streams; true for other servers
   */
  readonly streaming?: boolean | ((model: string) => boolean | undefined) | undefined;
  /** Departures from what is known of that server. */
  readonly quirks?: Partial<ServerQuirks> | undefined;
  /**
   * A model's own `temperature` and `top_p` (Ollama: the PARAMETERs of its Modelfile, see `/api/show`). They are sent
   * when the caller gives none and the server would override them: Ollama's /v1 sets both to 1.0 when they are absent.
   */
  readonly modelDefaults?:
    | ((model: string) => ModelDefaults | undefined | Promise<ModelDefaults | undefined>)
    | undefined;
  /** Bounds on what is held of an incomplete answer. */
  readonly limits?: Partial<BodyLimits> | undefined;
  /** Names tool calls to which the server gave no id. */
  readonly generateId?: (() => string) | undefined;
}

/** A provider for one server that speaks OpenAI chat completions. */
export interface OpenAICompatProvider extends Provider, PassThrough, Closable {
  /** Without credentials and query. */
  readonly baseUrl: string;
  readonly server: ServerKind;
  readonly quirks: ServerQuirks;
  /**
   * Passes a request through, for what is not chat: `post('embeddings', body)`. A success or an error status is passed on; the secrets
   * of the request, which some servers repeat, are replaced in headers and body. The body of an error ends at 64 KiB.
   * @throws {ProviderError} when there is no answer: connection, clocks, abort (while the body is read, too), a redirect, a body that
   *   is compressed.
   */
  post(path: string, body: unknown, options?: StreamOptions): Promise<PassedResponse>;
}

/**
 * Creates a provider. Nothing is sent and nothing loaded before the first request.
 * @throws {ProviderError} `invalid-request` for a base URL or header that cannot be sent, or a dispatcher that cannot send.
 */
export function createOpenAICompatProvider({
  streaming,
  quirks: givenQuirks = {},
  modelDefaults,
  limits = {},
  generateId = generateCallId,
  ...options
}: OpenAICompatProviderOptions): OpenAICompatProvider {
  const upstream = createUpstream({
    ...options,
    path: (given, { server }) => (server === 'ollama' ? withOllamaPath(given) : given),
  });
  const { id, baseUrl, server } = upstream;
  const quirks = { ...quirksOf(server, { baseUrl: upstream.url }), ...givenQuirks };
  const endpoint: ChatEndpoint = {
    upstream,
    quirks,
    limits: { ...DEFAULT_LIMITS, ...limits },
    modelDefaults,
    generateId,
  };

  return {
    id,
    baseUrl,
    server,
    quirks,
    stream(request, streamOptions = {}) {
      checkChatRequest(request, { caller: 'stream' });
      return streamAnswer(
        createChatCompletion({ ...request, streaming: request.streaming ?? streamingOf(request.model) }, endpoint),
        { ...streamOptions, upstream },
      );
    },
    post: (path, body, postOptions = {}) => passThrough(upstream, { ...postOptions, path, body }),
    close: () => upstream.close(),
  };

  function streamingOf(model: string): boolean {
    return (typeof streaming === 'function' ? streaming(model) : streaming) ?? server !== 'ollama';
  }
}

/** Ollama's OpenAI API is under `/v1`, which base URLs often leave out. */
function withOllamaPath(given: string): string {
  return given.endsWith('/v1') ? given : `${given}/v1`;
}
