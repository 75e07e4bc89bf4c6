import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { DiscoveryFetch } from '@openclaw/ollama-discovery';

/** HTTP client of discovery. */
export interface LightFetch {
  readonly fetch: DiscoveryFetch;
  /** Closes idle connections. */
  close(): void;
}

/**
 * The part of `fetch` that discovery needs, over `node:http`. Loading Node's `fetch` takes longer than requesting a
 * list, and would dominate the time of a command that only lists models.
 */
export function createLightFetch(): LightFetch {
  let agent: Agent | undefined;
  return {
    async fetch(url, { method, headers, body, signal }) {
      const options = { method, signal, headers: body === undefined ? headers : withLength(headers, body) };
      // `import 'node:http'` would load undici, too: it reads every export, and one of them (`WebSocket`) is undici's.
      const http = process.getBuiltinModule('node:http');
      agent ??= new http.Agent({ keepAlive: true });
      const request = url.startsWith('https:')
        ? process.getBuiltinModule('node:https').request(url, options)
        : http.request(url, { ...options, agent });
      const response = await send(request, body);
      return {
        status: response.statusCode ?? 0,
        headers: { get: (name) => response.headers[name.toLowerCase()]?.toString() ?? null },
        body: response,
      };
    },
    close: () => agent?.destroy(),
  };
}

function send(request: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
}

/** Some servers do not accept chunked bodies. */
function withLength(headers: Record<string, string>, body: string): Record<string, string> {
  return { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}
