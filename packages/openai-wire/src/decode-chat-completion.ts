import { createEventStream } from '@openclaw/provider';
import type { EventStream, EventStreamSource, StreamEvent } from '@openclaw/provider';
import { createBodyDecoder } from './body-decoder.ts';
import { createChunkDecoder } from './chunk-decoder.ts';
import { createFailures } from '@openclaw/upstream-errors';
import { DEFAULT_LIMITS, generateCallId } from '@openclaw/upstream-wire';
import type { BodyDecoder, BodyLimits } from '@openclaw/upstream-wire';
import { SERVER_QUIRKS } from './server-quirks.ts';
import type { ServerKind } from '@openclaw/upstream-errors';
import type { ServerQuirks } from './server-quirks.ts';

export interface DecodeChatCompletionOptions {
  /** For messages. @default 'recording' */
  readonly provider?: string | undefined;
  /** The requested model, in case the answer names none. @default '' */
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
 * Decodes the body of a successful response from any source: a recording, `fetch`, a proxy. Server-sent events, JSON by
 * lines and one JSON body are detected by their content.
 */
export function decodeChatCompletion(
  body: AsyncIterable<Uint8Array>,
  {
    provider = 'recording',
    model = '',
    url = 'about:blank',
    server = 'unknown',
    quirks: givenQuirks = {},
    limits: givenLimits = {},
    generateId = generateCallId,
  }: DecodeChatCompletionOptions = {},
): EventStream {
  const quirks = { ...SERVER_QUIRKS[server], ...givenQuirks };
  const limits = { ...DEFAULT_LIMITS, ...givenLimits };
  const failures = () => createFailures({ provider, server, model, url, capability: 'chat', secrets: [] });
  const decoder = createChunkDecoder({
    model,
    failures,
    generateId,
    toolCallStyle: quirks.toolCallStyle,
    hidesErrorsInEmptyChunk: quirks.hidesErrorsInEmptyChunk,
    maxArgumentsLength: limits.maxBodyBytes,
  });
  return createEventStream(new DecodedBody(body, createBodyDecoder(decoder, { limits })));
}

/** Bytes in, events out. A body that fails with anything but a ProviderError is a bug of its source. */
class DecodedBody implements EventStreamSource {
  readonly #reads: AsyncIterator<Uint8Array>;
  readonly #decoder: BodyDecoder;
  #closed = false;

  constructor(body: AsyncIterable<Uint8Array>, decoder: BodyDecoder) {
    this.#reads = body[Symbol.asyncIterator]();
    this.#decoder = decoder;
  }

  async pull(): Promise<readonly StreamEvent[]> {
    try {
      while (!this.#closed) {
        const { done = false, value = NOTHING } = await this.#reads.next();
        const events = this.#decoder.decode({ bytes: value, done });
        if (events.length > 0) return events;
      }
      return [];
    } catch (failure) {
      return this.#decoder.decode({ bytes: NOTHING, done: true, failure });
    }
  }

  close(): Promise<unknown> | undefined {
    this.#closed = true;
    return this.#reads.return?.();
  }
}

const NOTHING = new Uint8Array();
