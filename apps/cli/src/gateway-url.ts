import type { LoadedConfig } from '@openclaw/config';

/** Where clients on this machine reach the gateway of a configuration. */
export function gatewayUrl(loaded: LoadedConfig): string {
  const { bind, customBindHost } = loaded.config.gateway;
  const address = bind === 'custom' && customBindHost !== undefined ? customBindHost : '127.0.0.1';
  return `http://${address}:${gatewayPort(loaded)}`;
}

/** The environment wins over the configuration. */
export function gatewayPort({ config, env }: LoadedConfig): number {
  return Number(env['OPENCLAW_GATEWAY_PORT']?.trim() || config.gateway.port);
}
