import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../gateway-error.ts';
import { isLoopback } from '../gateway-settings.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import { findClientAddress } from './find-client-address.ts';

/** Lets clients in, or throws. */
export interface Authorizer {
  /**
   * Whether the request may see what only the owner may. Never throws; what it tells is counted and limited as below, or
   * it would be the place to guess at.
   */
  knows(request: IncomingMessage): boolean;
  /** @throws {GatewayError} `unauthorized`, `too-many-attempts` */
  check(request: IncomingMessage): void;
}

export interface AuthorizerOptions {
  /** Settings in force. Failed attempts are remembered when they change. */
  readonly settings: () => Pick<GatewaySettings, 'token' | 'rateLimit' | 'trustedProxies'>;
  /** Milliseconds, for durations; must never jump, as the time of day does. @default performance.now */
  readonly now?: (() => number) | undefined;
}

/**
 * Compares tokens in constant time and counts wrong ones by address. An address with too many is locked out: it gets
 * no more than that answer, until it sends the right token, which always counts: others may share its address. A missing
 * token is no guess. This machine may be exempt, but web pages on it are not: what a browser sends is counted on its own.
 */
export function createAuthorizer({ settings, now = () => performance.now() }: AuthorizerOptions): Authorizer {
  const attempts = new Map<string, Attempts>();
  let expected: { readonly token: string; readonly digest: Buffer } | undefined;

  function isRight(given: string, token: string): boolean {
    if (expected?.token !== token) expected = { token, digest: digest(token) };
    return timingSafeEqual(digest(given), expected.digest);
  }

  function recordFailure(client: string): void {
    const { rateLimit } = settings();
    const time = now();
    const known = attempts.get(client);
    const failures = known !== undefined && time - known.since < rateLimit.windowMs ? known : { count: 0, since: time };
    const count = failures.count + 1;
    // Taken out and put back, so that the oldest entry stands first and can be forgotten at the bound.
    attempts.delete(client);
    if (attempts.size >= MAX_CLIENTS) attempts.delete(attempts.keys().next().value ?? '');
    const lockedUntil = count >= rateLimit.maxAttempts ? time + rateLimit.lockoutMs : 0;
    attempts.set(client, { count, since: failures.since, lockedUntil });
  }

  function judge(request: IncomingMessage): Verdict {
    const { token, rateLimit, trustedProxies } = settings();
    if (token === undefined) return { type: 'owner' };
    const given = sentTokens(request);
    if (given.some((one) => isRight(one, token))) return { type: 'owner' };
    const client = clientOf(request, { exemptLoopback: rateLimit.exemptLoopback, trustedProxies });
    const waitMs = client === undefined ? 0 : (attempts.get(client)?.lockedUntil ?? 0) - now();
    if (waitMs > 0) return { type: 'locked-out', waitMs };
    if (given.length === 0) return { type: 'no-token' };
    if (client !== undefined) recordFailure(client);
    return { type: 'wrong-token' };
  }

  return {
    knows: (request) => judge(request).type === 'owner',
    check(request) {
      const verdict = judge(request);
      if (verdict.type === 'owner') return;
      throw verdict.type === 'locked-out'
        ? new GatewayError('too-many-attempts', REFUSALS[verdict.type], { retryAfterMs: verdict.waitMs })
        : new GatewayError('unauthorized', REFUSALS[verdict.type], {
            headers: { 'www-authenticate': 'Bearer realm="openclaw"' },
          });
    },
  };
}

type Verdict =
  | { readonly type: 'owner' | 'no-token' | 'wrong-token' }
  | { readonly type: 'locked-out'; readonly waitMs: number };

const REFUSALS: Record<Exclude<Verdict['type'], 'owner'>, string> = {
  'no-token':
    'This gateway wants a token. Send it as `Authorization: Bearer <token>` or `x-api-key: <token>` (the api key of your client).',
  'wrong-token': 'The token is wrong. Send the one that the gateway was started with.',
  'locked-out': 'Too many wrong tokens from this address. Send the right one.',
};

interface Attempts {
  readonly count: number;
  /** When the window of these attempts began. */
  readonly since: number;
  readonly lockedUntil: number;
}

/** Addresses that are remembered. Beyond that, the one that failed longest ago is forgotten. */
const MAX_CLIENTS = 4096;

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Anthropic's clients send `x-api-key`, all others a bearer token. Claude Code may send both. */
function sentTokens({ headers }: IncomingMessage): readonly string[] {
  const bearer = /^Bearer +(\S.*)$/i.exec(headers.authorization ?? '')?.[1];
  return [bearer, headers['x-api-key']].flatMap((token) => (typeof token === 'string' ? token.trim() || [] : []));
}

/** The client that failures are counted for; `undefined` when they are not counted. */
function clientOf(
  request: IncomingMessage,
  { exemptLoopback, trustedProxies }: { readonly exemptLoopback: boolean; readonly trustedProxies: readonly string[] },
): string | undefined {
  const address = findClientAddress(request, trustedProxies);
  if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined)
    return `browser at ${address}`;
  return exemptLoopback && isLoopback(address) ? undefined : address;
}
