import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../gateway-error.ts';
import type { RequestTarget } from './parse-request-target.ts';

/**
 * The name, with its port, by which a request calls this gateway: that of its target, which then counts in place of the
 * `Host` header, or else that header (RFC 9112, 3.2.2).
 * @throws {GatewayError} `invalid-request` when there is none, or one that is no name
 */
export function readAuthority(
  { headers: { host }, httpVersion }: IncomingMessage,
  { authority }: Pick<RequestTarget, 'authority'>,
): string {
  // HTTP/1.1 wants the header in any case; HTTP/1.0 did not know it.
  if (host === undefined && (authority === undefined || httpVersion !== '1.0')) {
    throw new GatewayError('invalid-request', 'The request has no `Host` header. Send one.');
  }
  const name = authority ?? host ?? '';
  // A user's name in front (`http://localhost@evil.example`) makes one host look like another.
  if (authority !== undefined && (authority === '' || authority.includes('@'))) {
    throw new GatewayError(
      'invalid-request',
      `${JSON.stringify(name.slice(0, 100))} is not a host. Ask for a path, or for http://<host>:<port>/<path>.`,
    );
  }
  return name;
}
