import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * The address of the client: that of the connection, or, if a trusted proxy made it, the last address in
 * `X-Forwarded-For` that is not a trusted proxy. What stands before it is the client's own claim.
 */
export function findClientAddress(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  trustedProxies: readonly string[],
): string {
  const remote = plainAddress(socket.remoteAddress ?? '');
  const forwarded = headers['x-forwarded-for'];
  if (trustedProxies.length === 0 || forwarded === undefined) return remote;
  const isTrusted = networksOf(trustedProxies);
  if (!isTrusted(remote)) return remote;
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded).split(',').map((hop) => plainAddress(hop));
  const client = hops.findLast((hop) => !isTrusted(hop));
  return client === undefined || isIP(client) === 0 ? remote : client;
}

/** Without a port, brackets, and the prefix of an IPv4 address on an IPv6 socket. */
function plainAddress(text: string): string {
  const address = text.trim().replace(/^::ffff:/i, '');
  if (isIP(address) !== 0) return address;
  return address.replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
}

/** Built once for each configuration. */
const known = new WeakMap<readonly string[], (address: string) => boolean>();

function networksOf(proxies: readonly string[]): (address: string) => boolean {
  const made = known.get(proxies);
  if (made !== undefined) return made;
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  known.set(proxies, isTrusted);
  return isTrusted;
}
