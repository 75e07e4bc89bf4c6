import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../gateway-error.ts';
import type { RequestTarget } from './parse-request-target.ts';

/**
 * The name, with its port, by which a request calls this gateway: that of its target, which then counts in place of the
 * `Host` header, or else that header (RFC 9112, 3.2.2).
 * @throws {GatewayError} `invalid-request` when there is none, one that is no name, or more than one header
 */
export function readAuthority(
  { headers: { host }, rawHeaders, httpVersion }: IncomingMessage,
  { authority }: Pick<RequestTarget, 'authority'>,
): string {
  // HTTP/1.1 requires the header; HTTP/1.0 does not have it.
  if (host === undefined && (authority === undefined || httpVersion !== '1.0')) {
    throw new GatewayError('invalid-request', 'The request has no `Host` header. Send one.');
  }
  // A proxy in front of this gateway may have used the other one, so such a request is refused (RFC 9112, 3.2).
  if (namesSeveralHosts(rawHeaders)) {
    throw new GatewayError('invalid-request', 'The request has more than one host in its `Host` header. Send one.');
  }
  // A user's name in front (`http://localhost@evil.example`) makes one host look like another.
  if (authority !== undefined && (authority === '' || authority.includes('@'))) {
    throw new GatewayError(
      'invalid-request',
      `${JSON.stringify(authority.slice(0, 100))} is not a host. Ask for a path, or for http://<host>:<port>/<path>.`,
    );
  }
  return authority ?? host ?? '';
}

/** Reads the raw lines, since Node keeps the first of two without an error. */
function namesSeveralHosts(rawHeaders: readonly string[]): boolean {
  let lines = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length !== 4 || name.toLowerCase() !== 'host') continue;
    lines++;
    if (lines > 1 || /[,\s]/.test(rawHeaders[index + 1] ?? '')) return true;
  }
  return false;
}
