import type { EarlyReply } from '../http/create-sse-writer.ts';
import { encodeHeaderValue } from '../http/send-reply.ts';
import type { RequestTrace } from '../observe/request-journal.ts';

/**
 * For a reply whose headers went out before anything was known of the answer: who answered, and after how many attempts, told
 * in trailers. HTTP/1.0 knows none, and is told nothing.
 */
export function tellLater(trace: RequestTrace, { httpVersion }: { readonly httpVersion: string }): EarlyReply {
  if (httpVersion === '1.0') return { headers: [], trailers: () => ({}) };
  return {
    headers: ['trailer', 'x-openclaw-model, x-openclaw-attempts, x-openclaw-repairs'],
    trailers() {
      const { model, attempts } = trace;
      const count = model === undefined ? attempts.length : Math.max(1, attempts.length);
      return {
        ...(model !== undefined && { 'x-openclaw-model': encodeHeaderValue(model) }),
        ...(count > 0 && { 'x-openclaw-attempts': String(count) }),
      };
    },
  };
}
