import { Agent, request as requestHttp } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { DiscoveryFetch } from '@openclaw/ollama-discovery';

/** Requests of lists of models. */
export interface LightFetch {
  readonly fetch: DiscoveryFetch;
  /** Closes idle connections. */
  close(): void;
}

/**
 * As much of `fetch` as discovery needs, over `node:http`: Node's own `fetch` takes longer to load than a list takes to come,
 * which a command that only lists models would spend most of its time with.
 */
export function createLightFetch(): LightFetch {
  const agent = new Agent({ keepAlive: true });
  return {
    async fetch(url, { method, headers, body, signal }) {
      const options = { method, signal, headers: body === undefined ? headers : withLength(headers, body) };
      const start = url.startsWith('https:') ? await requestHttps() : { request: requestHttp, agent };
      const response = await send(start.request(url, { ...options, agent: start.agent }), body);
      return {
        status: response.statusCode ?? 0,
        headers: { get: (name) => response.headers[name.toLowerCase()]?.toString() ?? null },
        body: response,
      };
    },
    close: () => agent.destroy(),
  };
}

interface Start {
  readonly request: (url: string, options: RequestOptions) => ClientRequest;
  readonly agent: Agent | undefined;
}

/** Loads TLS for those who need it. Its idle connections do not keep a process alive. */
async function requestHttps(): Promise<Start> {
  const { request } = await import('node:https');
  return { request, agent: undefined };
}

function send(request: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
}

/** Some servers do not take a body in pieces. */
function withLength(headers: Record<string, string>, body: string): Record<string, string> {
  return { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}
