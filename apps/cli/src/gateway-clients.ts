import { getConfigValue, type LoadedConfig, type OpenClawConfig } from '@openclaw/config';

type ClientConfig = OpenClawConfig['gateway']['auth']['tokens'][string];

/** A client of the gateway, without its token. */
export interface ListedClient extends Omit<ClientConfig, 'token'> {
  readonly name: string;
  /** How its token is stored: as a hash, as text, as a variable or another reference, or not at all. */
  readonly stored: 'hash' | 'text' | 'reference' | 'missing';
}

/** The clients of `gateway.auth.tokens`. */
export function listClients({ authored, config }: LoadedConfig): readonly ListedClient[] {
  return Object.entries(config.gateway.auth.tokens).map(([name, { token: _token, ...settings }]) => {
    const token = getConfigValue(authored, `gateway.auth.tokens["${name}"].token`);
    return { name, stored: formOf(token), ...settings };
  });
}

function formOf(token: unknown): ListedClient['stored'] {
  if (token === undefined) return 'missing';
  if (typeof token !== 'string' || token.includes('${')) return 'reference';
  return token.startsWith('sha256:') ? 'hash' : 'text';
}

/** One line for people. */
export function renderClient(client: ListedClient): string {
  const { name, stored, models, maxConcurrent, priority, requestsPerMinute, tokensPerDay } = client;
  const facts = [
    ...(stored === 'text' ? ['token stored as text'] : stored === 'missing' ? ['no token'] : []),
    models === undefined ? 'all models' : models.join(', ') || 'no models',
    ...(maxConcurrent === undefined ? [] : [`${maxConcurrent} concurrent`]),
    ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} requests per minute`]),
    ...(tokensPerDay === undefined ? [] : [`${tokensPerDay} tokens per day`]),
    ...(priority === undefined ? [] : [priority]),
  ];
  return `${name}: ${facts.join('; ')}`;
}

/** Whether the gateway has a token or password of its own. */
export function hasOwnerToken({ config: { gateway }, env }: LoadedConfig): boolean {
  const { token, password } = gateway.auth;
  return [env['OPENCLAW_GATEWAY_TOKEN'], token, env['OPENCLAW_GATEWAY_PASSWORD'], password].some(
    (secret) => secret !== undefined && secret !== '',
  );
}
