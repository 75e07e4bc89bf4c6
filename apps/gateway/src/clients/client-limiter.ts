import { retryAfterSeconds } from '@openclaw/upstream-errors';
import { GatewayError } from '../gateway-error.ts';
import type { Client, ClientLimits } from './client.ts';
import type { UsageCounters, UsageReading } from './usage-counters.ts';

/** Enforces the limits of `gateway.auth.tokens`. */
export interface ClientLimiter {
  /**
   * Admits a request of a client.
   * @returns a function to call with the used tokens when the request has ended
   * @throws {GatewayError} `client-limit`
   */
  admit(client: Client): Promise<ReleaseClient>;
  /** What a client uses now. */
  load(client: Client): Promise<ClientLoad>;
}

export type ReleaseClient = (usedTokens: number) => void;

/** What a client uses now of each of its limits. */
export interface ClientLoad {
  readonly running: number;
  readonly minute?: UsageReading;
  readonly day?: UsageReading;
}

export interface ClientLimiterOptions {
  readonly counters: UsageCounters;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The concurrency of each client is counted here, requests and tokens in the counters. */
export function createClientLimiter({ counters }: ClientLimiterOptions): ClientLimiter {
  const running = new Map<string, number>();

  function addRunning(name: string, change: 1 | -1): void {
    const count = (running.get(name) ?? 0) + change;
    if (count === 0) running.delete(name);
    else running.set(name, count);
  }

  const countRequests = (name: string, amount: number) =>
    counters.add(`requests:${name}`, { amount, windowMs: MINUTE_MS });
  const countTokens = (name: string, amount: number) => counters.add(`tokens:${name}`, { amount, windowMs: DAY_MS });

  async function checkCounters(name: string, { requestsPerMinute, tokensPerDay }: ClientLimits): Promise<void> {
    if (tokensPerDay !== undefined) {
      const { used, endsInMs } = await countTokens(name, 0);
      if (used >= tokensPerDay) throw limitReached(`${name} has used its ${tokensPerDay} tokens of the day`, endsInMs);
    }
    if (requestsPerMinute === undefined) return;
    const { used, endsInMs } = await countRequests(name, 1);
    if (used > requestsPerMinute)
      throw limitReached(`${name} has sent its ${requestsPerMinute} requests of the minute`, endsInMs);
  }

  return {
    async admit({ name, limits = {} }) {
      const { maxConcurrent = Infinity, tokensPerDay } = limits;
      if ((running.get(name) ?? 0) >= maxConcurrent)
        throw limitReached(`${name} has ${maxConcurrent} requests running, its maximum`, CONCURRENCY_RETRY_MS);
      addRunning(name, 1);
      try {
        await checkCounters(name, limits);
      } catch (error) {
        addRunning(name, -1);
        throw error;
      }
      return (usedTokens) => {
        addRunning(name, -1);
        if (tokensPerDay !== undefined && usedTokens > 0) void countTokens(name, usedTokens);
      };
    },
    async load({ name, limits: { requestsPerMinute, tokensPerDay } = {} }) {
      return {
        running: running.get(name) ?? 0,
        ...(requestsPerMinute !== undefined && { minute: await countRequests(name, 0) }),
        ...(tokensPerDay !== undefined && { day: await countTokens(name, 0) }),
      };
    },
  };
}

/** When a running request ends is not known. */
const CONCURRENCY_RETRY_MS = 1_000;

function limitReached(fact: string, retryAfterMs: number): GatewayError {
  const message = `The client ${fact}. Try again in ${retryAfterSeconds(retryAfterMs)} s. The limit is in gateway.auth.tokens.`;
  return new GatewayError('client-limit', message, { retryAfterMs });
}
