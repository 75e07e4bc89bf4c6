import { parseModelRequest } from '@openclaw/openai-wire';
import type { PassThroughRequest } from '@openclaw/runtime';
import type { Call } from './call.ts';
import type { FetchContext } from './fetch-context.ts';
import { toByteStream } from './to-byte-stream.ts';

/** `POST /embeddings` and `/completions`: body and response go unchanged between the client and the model's server. */
export async function passThrough(
  { json, signal }: Call,
  { claw, path }: FetchContext & Pick<PassThroughRequest, 'path'>,
): Promise<Response> {
  const { body, model } = parseModelRequest(await json());
  const response = await claw.passThrough({ model, path, body }, { signal });
  const bytes = response.body[Symbol.asyncIterator]();
  const stream = toByteStream({
    async pull() {
      const { done, value } = await bytes.next();
      return done === true ? undefined : value;
    },
    close: () => bytes.return?.(),
  });
  const headers = { 'content-type': response.contentType, 'x-openclaw-model': encodeURI(response.model) };
  return new Response(stream, { status: response.status, headers });
}
