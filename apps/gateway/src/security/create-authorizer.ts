import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { OWNER } from '../clients/client.ts';
import type { Client } from '../clients/client.ts';
import { sha256 } from '../clients/plan-clients.ts';
import { GatewayError } from '../gateway-error.ts';
import { isLoopback } from '../gateway-settings.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import { findClientAddress } from './find-client-address.ts';

/** Finds out who sends a request. */
export interface Authorizer {
  /**
   * Who sends a request; `undefined` without a valid token. Never throws; what it tells is counted and limited as below,
   * or it would be the place to guess at.
   */
  identify(request: IncomingMessage): Client | undefined;
  /** @throws {GatewayError} `unauthorized`, `too-many-attempts` */
  check(request: IncomingMessage): Client;
}

export interface AuthorizerOptions {
  /** Settings in force. Failed attempts are remembered when they change. */
  readonly settings: () => Pick<GatewaySettings, 'token' | 'clients' | 'rateLimit' | 'trustedProxies'>;
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

  /** Compares with every client, so that the time does not tell which one a token resembles. */
  function clientWith(given: string): Client | undefined {
    const { token, clients } = settings();
    const digest = sha256(given);
    const [found] = clients.filter((client) => timingSafeEqual(digest, client.digest));
    if (token === undefined) return found;
    if (expected?.token !== token) expected = { token, digest: sha256(token) };
    return timingSafeEqual(digest, expected.digest) ? OWNER : found;
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
    const { token, clients, rateLimit, trustedProxies } = settings();
    if (token === undefined && clients.length === 0) return { type: 'known', client: OWNER };
    const given = sentTokens(request);
    const known = given.map(clientWith).filter((one) => one !== undefined);
    const [first] = known;
    if (first !== undefined) return { type: 'known', client: known.find(({ isOwner }) => isOwner) ?? first };
    const client = clientOf(request, { exemptLoopback: rateLimit.exemptLoopback, trustedProxies });
    const waitMs = client === undefined ? 0 : (attempts.get(client)?.lockedUntil ?? 0) - now();
    if (waitMs > 0) return { type: 'locked-out', waitMs };
    if (given.length === 0) return { type: 'no-token' };
    if (client !== undefined) recordFailure(client);
    return { type: 'wrong-token' };
  }

  return {
    identify(request) {
      const verdict = judge(request);
      return verdict.type === 'known' ? verdict.client : undefined;
    },
    check(request) {
      const verdict = judge(request);
      if (verdict.type === 'known') return verdict.client;
      throw verdict.type === 'locked-out'
        ? new GatewayError('too-many-attempts', REFUSALS[verdict.type], { retryAfterMs: verdict.waitMs })
        : new GatewayError('unauthorized', REFUSALS[verdict.type], {
            headers: { 'www-authenticate': 'Bearer realm="openclaw"' },
          });
    },
  };
}

type Verdict =
  | { readonly type: 'known'; readonly client: Client }
  | { readonly type: 'no-token' | 'wrong-token' }
  | { readonly type: 'locked-out'; readonly waitMs: number };

const REFUSALS: Record<Exclude<Verdict['type'], 'known'>, string> = {
  'no-token':
    'This gateway wants a token. Send it as `Authorization: Bearer <token>` or `x-api-key: <token>` (the api key of your client).',
  'wrong-token':
    'The token is wrong. Send the one that the gateway was started with, or that of a client of gateway.auth.tokens.',
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
