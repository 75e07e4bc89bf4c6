import type { Exchange } from '../gateway-context.ts';

export interface ReplyOptions {
  /** @default 200 */
  readonly status?: number | undefined;
  /** @default 'application/json; charset=utf-8' */
  readonly contentType?: string | undefined;
  /** Further headers, as name, value, name, value. */
  readonly headers?: readonly string[] | undefined;
  readonly body: string | Uint8Array;
}

/** Sends a whole reply. `HEAD` gets the headers that `GET` would. */
export function sendReply(
  { request, response, headers: common }: Pick<Exchange, 'request' | 'response' | 'headers'>,
  { status = 200, contentType = 'application/json; charset=utf-8', headers = [], body }: ReplyOptions,
): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  response.writeHead(status, ['content-type', contentType, 'content-length', String(length), ...common, ...headers]);
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Header values are printable ASCII; a model's name may be anything. */
export function encodeHeaderValue(value: string): string {
  if (/^[\x21-\x7e]*$/.test(value)) return value;
  return value.toWellFormed().replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent);
}
