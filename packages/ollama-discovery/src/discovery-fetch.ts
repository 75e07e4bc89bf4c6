/**
 * The part of `fetch` that discovery needs. `globalThis.fetch` implements it; a small adapter over `node:http` can,
 * too.
 */
export type DiscoveryFetch = (url: string, init: DiscoveryFetchInit) => Promise<DiscoveryResponse>;

export interface DiscoveryFetchInit {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Redirects are returned, not followed. */
  readonly redirect: 'manual';
}

export interface DiscoveryResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}
