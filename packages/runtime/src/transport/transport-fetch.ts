import type { DiscoveryFetch } from '@openclaw/ollama-discovery';
import type { HttpClient } from '../http-client.ts';
import type { ProviderSetup } from '../provider-setup.ts';

export interface TransportFetchOptions {
  /** For servers with a plain connection. */
  readonly fetch: DiscoveryFetch;
  readonly http: HttpClient;
  readonly setups: () => readonly ProviderSetup[];
}

/**
 * The `fetch` of discovery that reaches each server as its provider does: through its proxy, with its TLS. Of several
 * providers at one address, the first decides.
 */
export function createTransportFetch({ fetch, http, setups }: TransportFetchOptions): DiscoveryFetch {
  return async (url, init) => {
    const transport = setups().find((setup) => isBelow(url, setup))?.transport;
    if (transport === undefined) return fetch(url, init);
    const [{ default: undici }, dispatcher] = await Promise.all([
      import('undici/index.js'),
      http.dispatcher(transport),
    ]);
    const { method, headers, body = null, signal } = init;
    const response = await undici.request(url, { dispatcher, method, headers, body, signal });
    return {
      status: response.statusCode,
      headers: { get: (name) => response.headers[name.toLowerCase()]?.toString() ?? null },
      body: response.body,
    };
  };
}

function isBelow(url: string, { nativeUrl, baseUrl }: ProviderSetup): boolean {
  return [nativeUrl, baseUrl].some((root) => root !== undefined && new URL(url).origin === new URL(root).origin);
}
