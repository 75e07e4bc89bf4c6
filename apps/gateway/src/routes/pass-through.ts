import { parseModelRequest } from '@openclaw/openai-wire';
import type { PassThroughRequest } from '@openclaw/runtime';
import type { RouteHandler } from '../gateway-context.ts';
import { readJsonBody } from '../http/read-json-body.ts';
import { writable } from '../http/writable.ts';
import { encodeHeaderValue } from '../http/send-reply.ts';
import { JSON_LIMITS } from '../openai-api/limits.ts';

/** `POST /v1/embeddings` and `/v1/completions`: body and answer go as they are between the client and the provider. */
export function passThrough(path: PassThroughRequest['path']): RouteHandler {
  return async (exchange, { runtime, settings, bodyMemory: memory }) => {
    const { response, headers: common, signal, trace, client } = exchange;
    const value = await readJsonBody(exchange, { maxBytes: settings().limits.maxBodyBytes, memory, ...JSON_LIMITS });
    const { body, model, stream } = parseModelRequest(value);
    trace.asked(model, stream);
    const answer = await runtime.passThrough({ model, path, body, client }, { signal });
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
    for await (const chunk of answer.body) {
      if (!response.write(chunk)) await writable(response);
    }
    response.end();
  };
}
