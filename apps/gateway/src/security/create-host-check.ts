import { hostname, networkInterfaces } from 'node:os';
import { GatewayError } from '../gateway-error.ts';
import { isLoopback } from '../gateway-settings.ts';
import type { GatewaySettings } from '../gateway-settings.ts';

/** @throws {GatewayError} `host-not-allowed` */
export type HostCheck = (host: string) => void;

export interface HostCheckOptions extends Pick<GatewaySettings, 'host' | 'allowedHosts'> {
  /** Names and addresses of this machine. */
  readonly ownNames?: (() => readonly string[]) | undefined;
}

/**
 * Refuses requests that call this machine by a name it does not have: a page whose name was bound anew to 127.0.0.1 (DNS
 * rebinding) still sends its own name. Allowed are loopback, this machine's names and addresses, and
 * `gateway.allowedHosts`.
 */
export function createHostCheck({
  host: bound,
  allowedHosts,
  ownNames = namesOfThisMachine,
}: HostCheckOptions): HostCheck {
  const configured = new Set([bound, ...allowedHosts].map((name) => nameOf(name.toLowerCase())));
  let allowed = new Set<string>();
  return (host) => {
    if (allowed.has(host)) return;
    const name = nameOf(host.toLowerCase());
    const ours =
      isLoopback(name) ||
      name.endsWith('.localhost') ||
      configured.has(name) ||
      ownNames().some((own) => own.toLowerCase() === name);
    if (!ours) {
      throw new GatewayError(
        'host-not-allowed',
        `The request calls this gateway ${JSON.stringify(host.slice(0, 100))}, which is not a name of this machine. Add it to gateway.allowedHosts if it is meant.`,
      );
    }
    // The name as it came is remembered, so that the next request costs one look; a handful is all there can be in earnest.
    if (allowed.size >= 64) allowed = new Set();
    allowed.add(host);
  };
}

/** The name without its port and brackets. */
function nameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(host)?.[1];
  if (bracketed !== undefined) return bracketed;
  // An IPv6 address without brackets, as people write it in a configuration.
  if (host.split(':').length > 2) return host;
  return host.replace(/:\d*$/, '').replace(/\.$/, '');
}

function namesOfThisMachine(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  const name = hostname();
  return [...addresses, name, `${name}.local`];
}
