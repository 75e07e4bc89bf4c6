import { createEventStream, isProviderError } from '@openclaw/provider';
import type {
  EventStream,
  EventStreamSource,
  ProviderRequest,
  StreamEvent,
  StreamOptions,
  Timeouts,
} from '@openclaw/provider';
import type { Dispatcher } from 'undici';
import {
  createChunkDecoder,
  createChunkReader,
  decodeBody,
  decodeWhole,
  encodeRequest,
  findUnfetchableImage,
} from '@openclaw/openai-wire';
import type { BodyLimits, ChunkDecoder, ModelDefaults, ServerQuirks } from '@openclaw/openai-wire';
import type { Failures } from '@openclaw/upstream-errors';
import { encodingOf, fetchWhole, isCompressed, LEFT, readBodyText, sendRequest } from '@openclaw/upstream-http';
import type { HttpRequest } from '@openclaw/upstream-http';

/** What all chat requests of a provider have in common. */
export interface ChatEndpoint {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly quirks: ServerQuirks;
  readonly limits: BodyLimits;
  readonly pool: () => Promise<Dispatcher> | Dispatcher;
  readonly modelDefaults:
    | ((model: string) => ModelDefaults | undefined | Promise<ModelDefaults | undefined>)
    | undefined;
  readonly failuresFor: (model: string) => Failures;
  /** The clocks of a request; a whole body has more time for its first event. */
  readonly timeoutsOf: (given: Partial<Timeouts> | undefined, options: { readonly streaming: boolean }) => Timeouts;
  readonly generateId: () => string;
}

/** Whom a chat request goes to, and how. */
interface ChatCall {
  readonly endpoint: ChatEndpoint;
  readonly options: StreamOptions;
}

/** Asks, and tells what is said as it comes. Whatever `request.streaming` is, so is the server asked. */
export function streamChat(request: ProviderRequest, call: ChatCall): EventStream {
  const left = new AbortController();
  let answer: EventStreamSource | undefined;
  return createEventStream({
    async pull() {
      try {
        answer ??= await openAnswer(request, { ...call, left: left.signal });
      } catch (error) {
        return [tellFailure(error)];
      }
      // Who left in the very moment in which it was opened left before there was anything to close.
      if (left.signal.aborted) await answer.close();
      return answer.pull();
    },
    close: () => (answer === undefined ? left.abort(LEFT) : answer.close()),
  });
}

/** Asks for one body, and tells everything at once. */
export async function answerChat(
  request: ProviderRequest,
  { endpoint, options: { signal, timeouts } }: ChatCall,
): Promise<readonly StreamEvent[]> {
  const failures = () => endpoint.failuresFor(request.model);
  const asked = request.streaming === false ? request : { ...request, streaming: false };
  try {
    // Waits only for what is not there yet, as each wait costs something.
    const pool = endpoint.pool();
    const dispatcher = 'then' in pool ? await pool : pool;
    const encoded = encodeChat(asked, { endpoint, failures });
    const response = await fetchWhole(dispatcher, {
      request: 'then' in encoded ? await encoded : encoded,
      failures,
      timeouts: endpoint.timeoutsOf(timeouts, { streaming: false }),
      signal,
      maxBytes: endpoint.limits.maxBodyBytes,
    });
    const { status, bytes, failure } = response;
    // An abort is not about the response.
    if (isProviderError(failure) && failure.code === 'aborted') throw failure;
    if (isRefusal(status))
      throw failures().response({ ...response, body: isCompressed(response) ? '' : excerptOf(bytes) });
    if (isCompressed(response)) throw failures().compressed(encodingOf(response));
    return decodeWhole(response, {
      decoder: createDecoder(status, { endpoint, request, failures }),
      limits: endpoint.limits,
    });
  } catch (error) {
    return [tellFailure(error)];
  }
}

function tellFailure(error: unknown): StreamEvent {
  if (isProviderError(error)) return { type: 'error', error };
  throw error;
}

async function openAnswer(
  request: ProviderRequest,
  { endpoint, options: { signal, timeouts }, left }: ChatCall & { readonly left: AbortSignal },
): Promise<EventStreamSource> {
  const failures = () => endpoint.failuresFor(request.model);
  const sent = sendRequest(await endpoint.pool(), {
    request: await encodeChat(request, { endpoint, failures }),
    failures,
    timeouts: endpoint.timeoutsOf(timeouts, { streaming: request.streaming ?? true }),
    signals: [signal, left],
  });
  try {
    const head = await sent.head;
    if (isRefusal(head.status)) {
      const body = isCompressed(head) ? '' : await readBodyText(sent);
      throw failures().response({ ...head, body });
    }
    if (isCompressed(head)) throw failures().compressed(encodingOf(head));
    const decoder = createDecoder(head.status, { endpoint, request, failures });
    const reader = createChunkReader(decoder, endpoint.limits);
    return decodeBody(sent.body, { reader, decoder, watch: sent.clocks, onOver: sent.finish });
  } catch (error) {
    sent.finish();
    throw error;
  }
}

interface EncodeOptions {
  readonly endpoint: ChatEndpoint;
  readonly failures: () => Failures;
}

/** @throws {ProviderError} `unsupported` for what the server cannot take */
function encodeChat(
  request: ProviderRequest,
  { endpoint, failures }: EncodeOptions,
): HttpRequest | Promise<HttpRequest> {
  if (findUnfetchableImage(request.messages, { quirks: endpoint.quirks }) !== undefined) {
    throw failures().refused(
      'unsupported',
      'it does not fetch images. Send them as data: URLs in place of http(s): ones.',
      'images',
    );
  }
  const defaults = endpoint.modelDefaults?.(request.model);
  return defaults !== undefined && 'then' in defaults
    ? defaults.then((known) => encodeBody(request, endpoint, known))
    : encodeBody(request, endpoint, defaults);
}

function encodeBody(
  request: ProviderRequest,
  { url, headers, quirks }: ChatEndpoint,
  modelDefaults: ModelDefaults | undefined,
): HttpRequest {
  return { url, headers, body: encodeRequest(request, { quirks, modelDefaults }) };
}

function createDecoder(
  status: number,
  {
    endpoint: { quirks, limits, generateId },
    request,
    failures,
  }: EncodeOptions & { readonly request: ProviderRequest },
): ChunkDecoder {
  return createChunkDecoder({
    model: request.model,
    failures,
    generateId,
    toolCallStyle: quirks.toolCallStyle,
    hidesErrorsInEmptyChunk: quirks.hidesErrorsInEmptyChunk,
    maxArgumentsLength: limits.maxBodyBytes,
    status,
  });
}

function isRefusal(status: number): boolean {
  return status < 200 || status >= 300;
}

/** As much of a refusal as anybody wants to read. */
function excerptOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, MOST_READ_OF_A_REFUSAL));
}

const MOST_READ_OF_A_REFUSAL = 64 * 1024;
