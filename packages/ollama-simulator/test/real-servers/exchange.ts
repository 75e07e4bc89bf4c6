import { request as httpRequest } from 'node:http';

/** A request of the recordings. A body that is a text is sent as it stands. */
export interface RecordedRequest {
  name: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A response as it arrived: header names in lower case, one entry for each header line. */
export interface ReceivedResponse {
  status: number;
  headers: readonly (readonly [string, string])[];
  body: string;
}

/** One exchange on a connection of its own. */
export function exchange(
  url: string,
  { method, path, headers = {}, body }: RecordedRequest,
): Promise<ReceivedResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<ReceivedResponse>();
  const request = httpRequest(
    url + path,
    { method, agent: false, headers: bodyHeaders(method, headers) },
    (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const lines = response.rawHeaders;
        resolve({
          status: response.statusCode ?? 0,
          headers: lines.flatMap((name, position) =>
            position % 2 === 0 ? [[name.toLowerCase(), lines[position + 1] ?? ''] as const] : [],
          ),
          body: Buffer.concat(parts).toString('utf8'),
        });
      });
    },
  );
  request.on('error', reject);
  request.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  return promise;
}

function bodyHeaders(method: string, headers: Record<string, string>): Record<string, string> {
  return method === 'POST' ? { 'content-type': 'application/json', ...headers } : headers;
}
