/** Which endpoint served a conversation last. */
export interface ServedEndpoints {
  /** The endpoint, unless it is too long ago. */
  get(key: string): string | undefined;
  set(key: string, endpoint: string): void;
}

export interface ServedEndpointsOptions {
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Beyond it, the conversation that was served longest ago is forgotten. @default 10_000, about 2 MB */
  readonly maxKeys?: number | undefined;
  /** Afterwards a server has other prompts in memory. @default one hour */
  readonly maxAgeMs?: number | undefined;
}

/** Creates an empty table. */
export function createServedEndpoints({
  now,
  maxKeys = 10_000,
  maxAgeMs = 3_600_000,
}: ServedEndpointsOptions): ServedEndpoints {
  /** The one that was served longest ago is first. */
  const served = new Map<string, { readonly endpoint: string; readonly at: number }>();
  return {
    get(key) {
      const entry = served.get(key);
      return entry !== undefined && now() - entry.at < maxAgeMs ? entry.endpoint : undefined;
    },
    set(key, endpoint) {
      served.delete(key);
      served.set(key, { endpoint, at: now() });
      for (const [oldest, { at }] of served) {
        if (served.size <= maxKeys && now() - at < maxAgeMs) break;
        served.delete(oldest);
      }
    },
  };
}
