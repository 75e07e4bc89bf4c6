import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A reply; `never` is none at all. */
export type ScriptedReply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** An object is sent as JSON. */
      readonly body: unknown;
    }
  | 'never';

export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly {
    readonly method: string | undefined;
    readonly path: string | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: unknown;
  }[];
  /** Resolves when this many requests have come. */
  reached(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A server that gives these replies, one to each request. */
export async function startScriptedServer(replies: readonly ScriptedReply[]): Promise<ScriptedServer> {
  const requests: ScriptedServer['requests'][number][] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const reply = replies[requests.length] ?? { status: 500, body: 'no reply is left' };
      const { method, url: path, headers } = request;
      requests.push({ method, path, headers, body });
      for (const { count, resolve } of waiting) if (requests.length >= count) resolve();
      if (reply === 'never') return;
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    reached: async (count) => {
      if (requests.length < count) await new Promise<void>((resolve) => void waiting.push({ count, resolve }));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
