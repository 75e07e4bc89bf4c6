import type { RequestSnapshot } from '../observe/request-trace.ts';

/** What one client has used since the start of the gateway, with requests to models. */
export interface ClientUsage {
  readonly requests: number;
  /** Requests that got an error, and of these those that exceeded a limit of the client. */
  readonly failed: number;
  readonly limited: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What all clients have used. */
export interface ClientUsages {
  /** Counts a request that ended. */
  count(request: Pick<RequestSnapshot, 'client' | 'asksModels' | 'status' | 'errorCode' | 'usage'>): void;
  of(name: string): ClientUsage;
}

/** Counts by the names of clients. */
export function createClientUsages(): ClientUsages {
  const usages = new Map<string, ClientUsage>();
  const of = (name: string) => usages.get(name) ?? NOTHING;
  return {
    count({ client, asksModels, status = 0, errorCode, usage }) {
      if (!asksModels || client === '') return;
      const { requests, failed, limited, inputTokens, outputTokens } = of(client);
      usages.set(client, {
        requests: requests + 1,
        failed: failed + (status >= 400 || errorCode !== undefined ? 1 : 0),
        limited: limited + (errorCode === 'client-limit' ? 1 : 0),
        inputTokens: inputTokens + (usage?.inputTokens ?? 0),
        outputTokens: outputTokens + (usage?.outputTokens ?? 0),
      });
    },
    of,
  };
}

const NOTHING: ClientUsage = { requests: 0, failed: 0, limited: 0, inputTokens: 0, outputTokens: 0 };
