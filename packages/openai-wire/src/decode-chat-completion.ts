import { createEventStream } from '@openclaw/provider';
import type { EventStream } from '@openclaw/provider';
import { createChunkDecoder } from './chunk-decoder.ts';
import { decodeBody } from './decode-body.ts';
import { createFailures } from '@openclaw/upstream-errors';
import { generateCallId } from './generate-call-id.ts';
import { createChunkReader, DEFAULT_LIMITS } from './read-chunks.ts';
import type { BodyLimits } from './read-chunks.ts';
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
  return createEventStream(decodeBody(body, { decoder, reader: createChunkReader(decoder, limits) }));
}
