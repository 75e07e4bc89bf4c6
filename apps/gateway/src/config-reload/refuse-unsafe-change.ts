import type { LoadedConfig } from '@openclaw/config';
import { GatewayError } from '../gateway-error.ts';
import type { GatewaySettings } from '../gateway-settings.ts';

/**
 * Refuses changes that are probably accidents and would take the token or the providers away: a configuration that is gone, a
 * file that lost everything in it, an `.env` file that cannot be read any more. A restart puts them in force.
 * @throws {GatewayError} `invalid-settings`
 */
export function refuseUnsafeChange(next: LoadedConfig, { inForce }: { readonly inForce: LoadedConfig }): void {
  if (inForce.exists && !next.exists) {
    throw refusal(`${next.path} is gone. Put it back, or restart the gateway to go on without it.`);
  }
  const emptied = next.emptyFiles.find((file) => inForce.files.includes(file) && !inForce.emptyFiles.includes(file));
  if (emptied !== undefined) {
    throw refusal(`${emptied} is empty now. Put its settings back, or restart the gateway to go on without them.`);
  }
  const known = unreadable(inForce).map(({ file }) => file);
  const lost = unreadable(next).find(({ file }) => !known.includes(file));
  if (lost) {
    throw refusal(`${lost.file} ${lost.message}. Put it right, or restart the gateway to go on without it.`);
  }
}

/**
 * Refuses settings that would leave a gateway without the token or password that it has.
 * @throws {GatewayError} `token-required`
 */
export function refuseLossOfToken(next: GatewaySettings, { inForce }: { readonly inForce: GatewaySettings }): void {
  if (!inForce.requiresToken || next.requiresToken) return;
  throw new GatewayError(
    'token-required',
    'This change would leave the running gateway without a token or a password, so that every program on this machine could use it. ' +
      'Set gateway.auth.token or OPENCLAW_GATEWAY_TOKEN again, or restart the gateway to go on without.',
  );
}

function unreadable({ warnings }: LoadedConfig): LoadedConfig['warnings'] {
  return warnings.filter(({ code }) => code === 'unreadable-env-file');
}

function refusal(message: string): GatewayError {
  return new GatewayError('invalid-settings', message);
}
