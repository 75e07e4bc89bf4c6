import { answeringEndpoint } from '../observe/answering-endpoint.ts';
import type { RequestTrace } from '../observe/request-trace.ts';
import type { EarlyReply } from './create-stream-writer.ts';
import { encodeHeaderValue } from './send-reply.ts';

/**
 * For a stream that was opened before its answer began: the model and the number of attempts are sent in trailers. HTTP/1.0 has
 * no trailers, and gets neither.
 */
export function trailersForEarlyReply(
  trace: RequestTrace,
  { httpVersion }: { readonly httpVersion: string },
): EarlyReply {
  if (httpVersion === '1.0') return { headers: [], trailers: () => ({}) };
  return {
    headers: [
      'trailer',
      'x-openclaw-model, x-openclaw-endpoint, x-openclaw-attempts, x-openclaw-repairs, x-openclaw-warnings',
    ],
    trailers() {
      const { model, attempts } = trace;
      const endpoint = answeringEndpoint(trace);
      const count = model === undefined ? attempts.length : Math.max(1, attempts.length);
      return {
        ...(model !== undefined && { 'x-openclaw-model': encodeHeaderValue(model) }),
        ...(endpoint !== undefined && { 'x-openclaw-endpoint': encodeHeaderValue(endpoint) }),
        ...(count > 0 && { 'x-openclaw-attempts': String(count) }),
      };
    },
  };
}
