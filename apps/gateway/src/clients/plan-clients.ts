import { createHash } from 'node:crypto';
import type { OpenClawConfig } from '@openclaw/config';
import { GatewayError } from '../gateway-error.ts';
import { requireSendableToken } from '../require-sendable-token.ts';
import type { Client } from './client.ts';
import { createModelFilter } from './create-model-filter.ts';

/** A client, and how its token is recognised. */
export interface KnownClient extends Client {
  /** SHA-256 of its token. */
  readonly digest: Buffer;
  /** The patterns of the models that it may use, as configured. */
  readonly models?: readonly string[];
}

export interface PlanClientsOptions {
  /** The token of the gateway itself. */
  readonly ownerToken: string | undefined;
}

/**
 * The clients of `gateway.auth.tokens`, checked.
 * @throws {GatewayError} `invalid-settings` for a client without a token, a token that no client can send, and a token that two have
 */
export function planClients(
  { mode, tokens }: OpenClawConfig['gateway']['auth'],
  { ownerToken }: PlanClientsOptions,
): readonly KnownClient[] {
  const clients = Object.entries(tokens).map(planClient);
  if (mode === 'none' && clients.length > 0) {
    throw new GatewayError(
      'invalid-settings',
      'gateway.auth.mode is "none", and gateway.auth.tokens has clients, whose limits would count for nothing. Remove the mode, or the clients.',
    );
  }
  refuseSharedTokens(clients, ownerToken);
  return clients;
}

type ClientConfig = OpenClawConfig['gateway']['auth']['tokens'][string];

function planClient([name, config]: [string, ClientConfig]): KnownClient {
  const { token, models, priority, maxConcurrent, requestsPerMinute, tokensPerDay } = config;
  if (token === undefined) {
    throw new GatewayError(
      'invalid-settings',
      `gateway.auth.tokens.${name} has no token. Create one: openclaw gateway token add ${name} --replace`,
    );
  }
  const limits = {
    ...(maxConcurrent !== undefined && { maxConcurrent }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerDay !== undefined && { tokensPerDay }),
  };
  return {
    name,
    isOwner: false,
    digest: digestOf(token, `gateway.auth.tokens.${name}.token`),
    ...(models !== undefined && { models, allows: createModelFilter(models) }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(priority !== undefined && { priority }),
  };
}

function digestOf(token: string, from: string): Buffer {
  const hash = /^sha256:([0-9a-f]{64})$/.exec(token)?.[1];
  return hash === undefined ? sha256(requireSendableToken({ value: token, from })) : Buffer.from(hash, 'hex');
}

/** The hash of a token. Generated tokens are random, so that no dictionary can find them: a slow hash would protect nothing more. */
export function sha256(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function refuseSharedTokens(clients: readonly KnownClient[], ownerToken: string | undefined): void {
  const known = new Map<string, string>();
  if (ownerToken !== undefined) known.set(sha256(ownerToken).toString('hex'), 'the gateway itself');
  for (const { name, digest } of clients) {
    const key = digest.toString('hex');
    const other = known.get(key);
    if (other !== undefined) {
      throw new GatewayError(
        'invalid-settings',
        `gateway.auth.tokens.${name} has the same token as ${other}. Give each client its own: openclaw gateway token add ${name} --replace`,
      );
    }
    known.set(key, `gateway.auth.tokens.${name}`);
  }
}
