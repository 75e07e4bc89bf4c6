import { parseModelRequest } from '@openclaw/openai-wire';
import type { PassThroughRequest } from '@openclaw/runtime/internal';
import type { RouteHandler } from '../gateway-context.ts';
import { readRequestBody } from '../http/read-request-body.ts';
import { relayBody } from '../http/relay-body.ts';
import { encodeHeaderValue } from '../http/send-reply.ts';

/** `POST /v1/embeddings` and `/v1/completions`: body and answer go as they are between the client and the provider. */
export function passThrough(path: PassThroughRequest['path']): RouteHandler {
  return async (exchange, context) => {
    const { response, headers: common, signal, trace, client } = exchange;
    const { body, model, stream } = parseModelRequest(await readRequestBody(exchange, context));
    trace.asked(model, stream);
    const answer = await context.runtime.passThrough({ ...client, model, path, body }, { signal });
    trace.answeredBy(answer.model);
    if (answer.status >= 400)
      trace.fail(`upstream-${answer.status}`, `${answer.model} answered with status ${answer.status}.`);
    response.writeHead(answer.status, [
      'content-type',
      answer.contentType,
      ...common,
      'x-openclaw-model',
      encodeHeaderValue(answer.model),
    ]);
    await relayBody(answer.body, exchange);
    response.end();
  };
}
