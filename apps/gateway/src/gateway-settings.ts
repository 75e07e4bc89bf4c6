import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { formatConfigIssue } from '@openclaw/config';
import type { LoadedConfig, OpenClawConfig } from '@openclaw/config';
import { planClients } from './clients/plan-clients.ts';
import type { KnownClient } from './clients/plan-clients.ts';
import { GatewayError } from './gateway-error.ts';
import { requireSendableToken } from './require-sendable-token.ts';
import type { NamedToken } from './require-sendable-token.ts';

/** The `gateway` section of the configuration, checked and with its defaults. */
export type GatewayConfig = OpenClawConfig['gateway'];

/** Which addresses to listen on, in the configuration's words. */
export type GatewayBind = GatewayConfig['bind'];

/** Options of the command line. They override the environment, which overrides the configuration. */
export interface GatewayOverrides {
  /** An address to listen on, `127.0.0.1`; wins over `bind`. */
  readonly host?: string | undefined;
  readonly bind?: GatewayBind | undefined;
  /** `0` takes a free port. */
  readonly port?: number | undefined;
  readonly token?: string | undefined;
}

/** Everything that the gateway goes by. */
export interface GatewaySettings {
  readonly host: string;
  readonly port: number;
  /** What the owner sends as a bearer token. */
  readonly token: string | undefined;
  /** Clients with tokens of their own. */
  readonly clients: readonly KnownClient[];
  /** Whether requests need a token. Without one, every program on this machine is the owner. */
  readonly requiresToken: boolean;
  readonly rateLimit: GatewayConfig['auth']['rateLimit'];
  readonly origins: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly limits: GatewayConfig['limits'];
  /** What clients of Ollama's API may do. */
  readonly ollama: GatewayConfig['ollama'];
  readonly reload: GatewayConfig['reload'];
  readonly shutdownTimeoutMs: number;
  /** Whether prompts and answers are logged. */
  readonly logPrompts: boolean;
}

/**
 * The settings: the command line, then `OPENCLAW_GATEWAY_PORT`, `OPENCLAW_GATEWAY_TOKEN` and
 * `OPENCLAW_GATEWAY_PASSWORD`, then the configuration.
 * @throws {GatewayError} `invalid-settings`; `token-required` for an address that others can reach, without a token.
 */
export function planGatewaySettings(
  { config: { gateway, logging }, env, warnings }: Pick<LoadedConfig, 'config' | 'env' | 'warnings'>,
  overrides: GatewayOverrides = {},
): GatewaySettings {
  refuseUnsetVariables(warnings, { env, overrides });
  if (gateway.tls?.enabled === true) {
    throw new GatewayError(
      'invalid-settings',
      'gateway.tls.enabled is true, and this gateway serves plain HTTP only: tokens would be sent in clear text. Set it to false, and put a proxy that serves TLS (Caddy, nginx) in front of the gateway.',
    );
  }
  const host = overrides.host ?? hostOf(overrides.bind ?? gateway.bind, gateway);
  const port = overrides.port ?? portFrom(env) ?? gateway.port;
  const token =
    overrides.token === undefined
      ? tokenFrom(gateway, env)
      : requireSendableToken({ value: overrides.token, from: '--token' });
  const clients = planClients(gateway.auth, { ownerToken: token });
  const requiresToken = token !== undefined || clients.length > 0;
  if (!requiresToken && !isLoopback(host)) {
    throw new GatewayError(
      'token-required',
      `Refusing to listen on ${host}:${port} without a token: anyone who reaches this address could use your models. ` +
        'Set gateway.auth.token or OPENCLAW_GATEWAY_TOKEN, or pass --token; or listen on loopback only (gateway.bind: "loopback").',
    );
  }
  return {
    host,
    port,
    token,
    clients,
    requiresToken,
    rateLimit: gateway.auth.rateLimit,
    origins: gateway.cors.origins,
    allowedHosts: gateway.allowedHosts,
    trustedProxies: gateway.trustedProxies,
    limits: gateway.limits,
    ollama: gateway.ollama,
    reload: gateway.reload,
    shutdownTimeoutMs: gateway.shutdownTimeoutMs,
    logPrompts: logging.prompts,
  };
}

/**
 * The rest of the product works without a setting whose variable is not set. The gateway does not: it could be its token.
 * @throws {GatewayError} `invalid-settings`
 */
function refuseUnsetVariables(
  warnings: LoadedConfig['warnings'],
  { env, overrides }: { readonly env: LoadedConfig['env']; readonly overrides: GatewayOverrides },
): void {
  const replaced = [
    ...(overrides.token !== undefined ? ['gateway.auth.token', 'gateway.auth.password'] : []),
    ...(env['OPENCLAW_GATEWAY_TOKEN'] ? ['gateway.auth.token'] : []),
    ...(env['OPENCLAW_GATEWAY_PASSWORD'] ? ['gateway.auth.password'] : []),
    ...(overrides.port !== undefined ? ['gateway.port'] : []),
    ...(overrides.bind !== undefined || overrides.host !== undefined ? ['gateway.bind', 'gateway.customBindHost'] : []),
  ];
  const unset = warnings.filter(
    ({ code, path }) =>
      (code === 'missing-variable' || code === 'unresolved-secret') &&
      path.startsWith('gateway.') &&
      !replaced.includes(path),
  );
  if (unset.length > 0) throw new GatewayError('invalid-settings', unset.map(formatConfigIssue).join('\n'));
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return (isIPv4(host) && host.startsWith('127.')) || host === '::1' || host === 'localhost';
}

function hostOf(bind: GatewayBind, { customBindHost }: GatewayConfig): string {
  switch (bind) {
    case 'loopback':
      return '127.0.0.1';
    case 'lan':
    case 'auto':
      return '0.0.0.0';
    case 'custom':
      if (customBindHost !== undefined) return customBindHost;
      throw new GatewayError(
        'invalid-settings',
        'gateway.bind is "custom": set gateway.customBindHost to the address to listen on.',
      );
    case 'tailnet':
      return tailnetAddress();
  }
}

/** Tailscale gives each machine an address of 100.64.0.0/10 (RFC 6598). */
function tailnetAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const found = addresses.find(({ address, family }) => {
    const [first, second] = address.split('.').map(Number);
    return family === 'IPv4' && first === 100 && second !== undefined && second >= 64 && second <= 127;
  });
  if (found !== undefined) return found.address;
  throw new GatewayError(
    'invalid-settings',
    'gateway.bind is "tailnet", and this machine has no Tailscale address. Start Tailscale, or choose another bind.',
  );
}

function portFrom(env: LoadedConfig['env']): number | undefined {
  const text = env['OPENCLAW_GATEWAY_PORT']?.trim();
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new GatewayError(
    'invalid-settings',
    `OPENCLAW_GATEWAY_PORT must be a port (0 to 65535), and is ${JSON.stringify(text)}.`,
  );
}

function tokenFrom({ auth }: GatewayConfig, env: LoadedConfig['env']): string | undefined {
  if (auth.mode === 'none') return undefined;
  if (auth.mode === 'trusted-proxy') {
    throw new GatewayError(
      'invalid-settings',
      'gateway.auth.mode is "trusted-proxy", which this gateway does not support. Set it to "token" or "password", and let the proxy send it.',
    );
  }
  const token = firstSet([
    { from: 'OPENCLAW_GATEWAY_TOKEN', value: env['OPENCLAW_GATEWAY_TOKEN'] },
    { from: 'gateway.auth.token', value: auth.token },
  ]);
  const password = firstSet([
    { from: 'OPENCLAW_GATEWAY_PASSWORD', value: env['OPENCLAW_GATEWAY_PASSWORD'] },
    { from: 'gateway.auth.password', value: auth.password },
  ]);
  if (auth.mode === undefined && token && password) {
    throw new GatewayError(
      'invalid-settings',
      'Both a token and a password are set. Say which one counts: gateway.auth.mode "token" or "password".',
    );
  }
  const secret = auth.mode === 'password' ? password : auth.mode === 'token' ? token : (token ?? password);
  if (secret) return requireSendableToken(secret);
  if (auth.mode === undefined || Object.keys(auth.tokens).length > 0) return undefined;
  const variable = auth.mode === 'token' ? 'OPENCLAW_GATEWAY_TOKEN' : 'OPENCLAW_GATEWAY_PASSWORD';
  throw new GatewayError(
    'invalid-settings',
    `gateway.auth.mode is "${auth.mode}", and no ${auth.mode} is set. Set gateway.auth.${auth.mode} or ${variable}.`,
  );
}

/** A variable that is set to nothing counts as not set. */
function firstSet(places: readonly { from: string; value: string | undefined }[]): NamedToken | undefined {
  return places.flatMap(({ from, value }) => (value ? [{ from, value }] : []))[0];
}
