import { estimateTokens } from '@openclaw/runtime/internal';
import { EVENT_STREAM_HEADERS } from '../event-stream-headers.ts';
import type { ModelsEncoder, Surface, TokenCounter } from '../surface.ts';
import { createMessageEncoder } from './create-message-encoder.ts';
import { encodeError } from './encode-error.ts';
import { encodeEvent } from './encode-event.ts';
import { encodeMessage } from './encode-message.ts';
import { encodeModel, encodeModels } from './encode-models.ts';
import type { MessageReply } from './message-reply.ts';
import { parseCountRequest, parseMessagesRequest } from './parse-request.ts';

/** Anthropic's messages, its count of tokens and its list of models. */
export const ANTHROPIC_MESSAGES: Surface<MessageReply> & ModelsEncoder & TokenCounter = {
  parse(body, { unique }) {
    const parsed = parseMessagesRequest(body);
    return { ...parsed, reply: { unique, estimateInputTokens: () => estimateTokens(parsed.request).tokens } };
  },
  encodeAnswer: encodeMessage,
  streamHeaders: EVENT_STREAM_HEADERS,
  createStreamEncoder: (reply) => ({
    ...createMessageEncoder(reply),
    keepAlive: () => PING,
    fail: (failure) => encodeEvent('error', encodeError(failure).body),
  }),
  encodeError,
  requestIdHeader: 'request-id',
  encodeModels,
  encodeModel,
  parseCount: parseCountRequest,
  encodeCount: (tokens) => JSON.stringify({ input_tokens: tokens }),
};

const PING = encodeEvent('ping', '{"type":"ping"}');
