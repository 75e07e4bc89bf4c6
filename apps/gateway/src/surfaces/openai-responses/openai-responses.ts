import { EVENT_STREAM_HEADERS } from '../event-stream-headers.ts';
import type { Surface } from '../surface.ts';
import { createResponseEncoder } from './create-response-encoder.ts';
import { encodeResponseError } from './encode-response-error.ts';
import { encodeOutput, encodeResponse } from './encode-response.ts';
import { parseResponseRequest } from './parse-response-request.ts';
import type { ResponseReply, StoredItem } from './response-reply.ts';
import type { ResponseStores } from './response-stores.ts';

/** OpenAI's Responses API. The stores have the responses that later requests of the same client may refer to. */
export function createOpenAIResponses(stores: ResponseStores): Surface<ResponseReply> {
  const keep = (
    { id, client, kept }: ResponseReply,
    { body, output }: { body: string; output: readonly StoredItem[] },
  ): void => {
    if (kept !== undefined) stores.of(client).add({ ...kept, id, body, output });
  };
  return {
    parse: (body, origin) => parseResponseRequest(body, { origin, store: stores.of(origin.client) }),
    encodeAnswer(message, reply) {
      const { model, finishReason: reason, usage } = message;
      const output = encodeOutput(message, reply).map((item) => ({ id: item.id, text: JSON.stringify(item) }));
      const body = encodeResponse({ model, output: output.map(({ text }) => text), end: { reason, usage } }, reply);
      keep(reply, { body, output });
      return body;
    },
    streamHeaders: EVENT_STREAM_HEADERS,
    createStreamEncoder: (reply) =>
      createResponseEncoder(reply, { onEnd: (body, output) => keep(reply, { body, output }) }),
    encodeError: encodeResponseError,
  };
}
