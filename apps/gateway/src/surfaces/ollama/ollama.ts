import type { Surface } from '../surface.ts';
import { CHAT_SHAPE, createLineEncoder, encodeWhole, GENERATE_SHAPE } from './create-reply-encoder.ts';
import type { AnswerShape, OllamaReply } from './create-reply-encoder.ts';
import { encodeError } from './encode-error.ts';
import { parseChat, parseGenerate } from './parse-request.ts';
import type { ParsedChat } from './parse-request.ts';
import type { JsonValue } from '@openclaw/provider';

/** `POST /api/chat` of Ollama's API. */
export const OLLAMA_CHAT = createSurface(parseChat, CHAT_SHAPE);

/** `POST /api/generate` of Ollama's API, for questions that a chat can answer. */
export const OLLAMA_GENERATE = createSurface(parseGenerate, GENERATE_SHAPE);

function createSurface(parse: (body: JsonValue) => ParsedChat, shape: AnswerShape): Surface<OllamaReply> {
  return {
    parse(body, { now, elapsedMs }) {
      const { request, stream } = parse(body);
      return { request, stream, reply: { model: request.model, receivedAt: now, elapsedMs } };
    },
    encodeAnswer: (message, reply) => encodeWhole(message, { reply, shape }),
    streamHeaders: [
      'content-type',
      'application/x-ndjson',
      // Proxies that buffer (nginx) would hold the stream back.
      'x-accel-buffering',
      'no',
    ],
    createStreamEncoder: (reply) => createLineEncoder(reply, shape),
    encodeError,
  };
}
