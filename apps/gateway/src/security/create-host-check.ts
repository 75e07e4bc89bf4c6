import { isIP, isIPv4, isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { GatewayError } from '../gateway-error.ts';
import type { GatewaySettings } from '../gateway-settings.ts';

/** @throws {GatewayError} `host-not-allowed` */
export type HostCheck = (host: string) => void;

export interface HostCheckOptions extends Pick<GatewaySettings, 'host' | 'allowedHosts' | 'requiresToken'> {
  /** Names of this machine. */
  readonly ownNames?: (() => readonly string[]) | undefined;
}

/**
 * Refuses requests that call this machine by a name it does not have: a page whose name was bound anew to 127.0.0.1 (DNS
 * rebinding) still sends its own name. Such a page sends no token, so that a gateway with a token takes every name.
 * Without one these are allowed: addresses, which no page can bind; names that no page on the Internet can have
 * (`.localhost`, `.local`, `.internal`); this machine's names; and `gateway.allowedHosts`.
 */
export function createHostCheck({
  host: bound,
  allowedHosts,
  requiresToken,
  ownNames = namesOfThisMachine,
}: HostCheckOptions): HostCheck {
  const configured = new Set([bound, ...allowedHosts].map((name) => withoutPort(name.toLowerCase())));
  let allowed = new Set<string>();
  return (host) => {
    if (allowed.has(host)) return;
    const name = parseHost(host.toLowerCase());
    const ours =
      name !== undefined &&
      (requiresToken ||
        isIP(name) !== 0 ||
        name === 'localhost' ||
        PRIVATE_NAME.test(name) ||
        configured.has(name) ||
        ownNames().some((own) => own.toLowerCase() === name));
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

/** The name or address in a `Host` header (RFC 9110, 7.2), in lower case; `undefined` for what is neither. */
function parseHost(host: string): string | undefined {
  const { address, name } = HOST.exec(host)?.groups ?? {};
  if (address !== undefined) return isIPv6(address) ? address : undefined;
  // What consists of numbers is an address, or nothing: no name ends with a number (RFC 1123, 2.1).
  return name !== undefined && /(^|\.)\d+$/.test(name) && !isIPv4(name) ? undefined : name;
}

/** Reserved for machines of a network (RFC 6761, RFC 6762, and `.internal` of ICANN), as Ollama takes them, too. */
const PRIVATE_NAME = /\.(?:localhost|local|internal)$/;

/** Labels may hold underscores: containers are called so. */
const HOST =
  /^(?:\[(?<address>[0-9a-f:.]+)\]|(?<name>[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_][a-z0-9_-]*)*)\.?)(?::\d{0,5})?$/;

/** The name or address in a configuration: with or without a port, and IPv6 with or without brackets. */
function withoutPort(host: string): string {
  if (isIPv6(host)) return host;
  return host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function namesOfThisMachine(): readonly string[] {
  return [hostname()];
}
