import { ProviderError } from '@openclaw/provider';
import type { ConnectionFailure } from '@openclaw/provider';
import type { Failures } from '@openclaw/upstream-errors';

interface Failure {
  readonly connection: ConnectionFailure;
  readonly message: string;
}

const REFUSED: Failure = {
  connection: 'refused',
  message: 'could not be reached: connection refused. Nothing listens there; is the server running?',
};
const RESET: Failure = { connection: 'reset', message: 'cut the connection (reset) before the answer was complete.' };
const CLOSED: Failure = { connection: 'closed', message: 'closed the connection before the answer was complete.' };
const UNREACHABLE: Failure = {
  connection: 'unreachable',
  message: 'could not be reached: there is no way to that host from here.',
};
const DNS: Failure = {
  connection: 'dns',
  message: 'could not be reached: the host name is not known (DNS). Check the base URL.',
};

const BY_CODE: ReadonlyMap<string, Failure> = new Map(
  Object.entries({
    ECONNREFUSED: REFUSED,
    ECONNRESET: RESET,
    EPIPE: RESET,
    ECONNABORTED: RESET,
    UND_ERR_SOCKET: CLOSED,
    UND_ERR_CLOSED: CLOSED,
    UND_ERR_DESTROYED: CLOSED,
    EHOSTUNREACH: UNREACHABLE,
    EHOSTDOWN: UNREACHABLE,
    ENETUNREACH: UNREACHABLE,
    ENETDOWN: UNREACHABLE,
    EADDRNOTAVAIL: UNREACHABLE,
    ETIMEDOUT: UNREACHABLE,
    ENOTFOUND: DNS,
    EAI_AGAIN: DNS,
    EAI_FAIL: DNS,
    EAI_NODATA: DNS,
    EAI_NONAME: DNS,
  }),
);

const TLS_CODE =
  /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/** Turns what a connection broke with into a ProviderError. What is not recognised is given back: it may be a bug. */
export function translateConnectionError(
  error: unknown,
  { failures: failuresOfRequest }: { readonly failures: () => Failures },
): unknown {
  if (error instanceof ProviderError || !(error instanceof Error)) return error;
  const failures = failuresOfRequest();
  const code = readCode(error);
  if (TLS_CODE.test(code)) {
    const message = `could not be reached: the TLS connection failed (${code}). Check the certificate, and whether the base URL should be http: or https:.`;
    return failures.failed('connection-failed', message, { connection: 'tls', cause: error });
  }
  if (error.name === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return failures.failed(
      'invalid-response',
      `answered with something that is not HTTP (${code || error.message}). Check host and port of the base URL.`,
      { cause: error },
    );
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return failures.truncated('it is shorter than its content-length says');
  // The clocks of a dispatcher that somebody else made.
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return foreignTimeout('connect');
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return foreignTimeout('first-event');
  if (code === 'UND_ERR_BODY_TIMEOUT') return foreignTimeout('idle');
  const failure = BY_CODE.get(code);
  return failure === undefined
    ? error
    : failures.failed('connection-failed', failure.message, { connection: failure.connection, cause: error });

  function foreignTimeout(clock: 'connect' | 'first-event' | 'idle'): ProviderError {
    return failures.failed('timeout', `took too long: the dispatcher's own ${clock} timeout ran out.`, {
      clock,
      cause: error,
    });
  }
}

/** The code of an error; of several attempts (IPv6, then IPv4), that of the first that has one. */
function readCode(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  const attempts: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  for (const attempt of attempts) {
    const code = attempt instanceof Error ? readCode(attempt) : '';
    if (code !== '') return code;
  }
  return '';
}
