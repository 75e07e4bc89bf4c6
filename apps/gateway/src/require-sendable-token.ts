import { GatewayError } from './gateway-error.ts';

/** A secret that clients are to send, and where it is set. */
export interface NamedToken {
  readonly value: string;
  /** `gateway.auth.token`, `OPENCLAW_GATEWAY_TOKEN`, `--token`. */
  readonly from: string;
}

/**
 * Checks that an `Authorization` header can carry a token: a gateway with another one would refuse every client.
 * @returns the token
 * @throws {GatewayError} `invalid-settings`, which never contains the token
 */
export function requireSendableToken({ value, from }: NamedToken): string {
  const why = problemOf(value);
  if (why === undefined) return value;
  throw new GatewayError(
    'invalid-settings',
    `${from} ${why}, so no client could send it. Set it to printable ASCII characters, for example the output of \`openssl rand -hex 16\`.`,
  );
}

function problemOf(token: string): string | undefined {
  if (token.trim() === '') return 'is blank';
  if (token.trim() !== token) return 'begins or ends with white space';
  return /^[\x20-\x7e]+$/.test(token) ? undefined : 'contains a character that is not printable ASCII';
}
