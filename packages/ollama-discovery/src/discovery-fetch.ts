/** As much of `fetch` as discovery needs: `globalThis.fetch` is one, and so is a handful of lines over `node:http`. */
export type DiscoveryFetch = (url: string, init: DiscoveryFetchInit) => Promise<DiscoveryResponse>;

export interface DiscoveryFetchInit {
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** A redirect is an answer: it is not followed. */
  readonly redirect: 'manual';
}

export interface DiscoveryResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}
