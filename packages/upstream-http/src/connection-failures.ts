import { isProviderError } from '@openclaw/provider';
import type { ConnectionFailure, ProviderError } from '@openclaw/provider';
import type { Failures } from '@openclaw/upstream-errors';
import { INVALID_STATUS } from './dispatch-request.ts';

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
    UND_ERR_INFO: CLOSED,
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

/** What this machine has run out of, whichever server was to be asked. */
const SHORTAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    EMFILE: 'the process has no file descriptor left (raise `ulimit -n`, or allow fewer connections)',
    ENFILE: 'the system has no file descriptor left',
    ENOBUFS: 'the system has no network buffer left',
    ENOMEM: 'the system has no memory left',
    EAGAIN: 'the system has no local port left',
  }),
);

/** What a syscall failed for, when its code is none of those above. */
const BY_SYSCALL: ReadonlyMap<string, ConnectionFailure> = new Map(
  Object.entries({ getaddrinfo: 'dns', read: 'reset', write: 'reset', shutdown: 'reset' }),
);

/** Undici's words for a 100 or 101 that no request asked for. */
const UNEXPECTED_STATUS = /^bad (?:response|upgrade)$/;

const TLS_CODE =
  /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/**
 * Turns the error of a connection into a ProviderError: whatever undici or a syscall names. Anything else is returned as it
 * is, since it is a bug.
 */
export function translateConnectionError(
  error: unknown,
  { failures: failuresOfRequest }: { readonly failures: () => Failures },
): unknown {
  if (isProviderError(error) || !(error instanceof Error)) return error;
  const failures = failuresOfRequest();
  const { code, syscall } = readOrigin(error);
  const shortage = SHORTAGES.get(code);
  if (shortage !== undefined) {
    return failures.failed('local-overload', `was not asked: ${shortage}. Try again later.`, { cause: error });
  }
  if (TLS_CODE.test(code)) {
    const message = `could not be reached: the TLS connection failed (${code}). Check the certificate, and whether the base URL should be http: or https:.`;
    return failures.failed('connection-failed', message, { connection: 'tls', cause: error });
  }
  if (code === INVALID_STATUS) {
    return failures.failed(
      'invalid-response',
      `answered with a status that HTTP does not have (${error.message}). Check host and port of the base URL.`,
      { cause: error },
    );
  }
  if (code === 'UND_ERR_SOCKET' && UNEXPECTED_STATUS.test(error.message)) {
    return failures.failed(
      'invalid-response',
      'answered with an interim response (100 or 101) that was not asked for. Switch that off in the server, or in the proxy before it.',
      { cause: error },
    );
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
  const failure = BY_CODE.get(code) ?? describeSyscall(code, syscall);
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

/** Codes that this table does not know still tell that a connection failed: EACCES and EPERM of a firewall, EINVAL, and so on. */
function describeSyscall(code: string, syscall: string): Failure | undefined {
  if (syscall === '') return undefined;
  const connection = BY_SYSCALL.get(syscall) ?? 'unreachable';
  return connection === 'reset'
    ? { connection, message: `lost the connection before the answer was complete (${syscall} ${code}).` }
    : { connection, message: `could not be reached: the system refused the connection (${syscall} ${code}).` };
}

interface ErrorOrigin {
  readonly code: string;
  readonly syscall: string;
}

/** Code and syscall of an error; of several attempts (IPv6, then IPv4), those of the first that has a code. */
function readOrigin(error: Error): ErrorOrigin {
  if ('code' in error && typeof error.code === 'string') {
    return { code: error.code, syscall: 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : '' };
  }
  const attempts: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  for (const attempt of attempts) {
    const origin = attempt instanceof Error ? readOrigin(attempt) : NO_ORIGIN;
    if (origin.code !== '') return origin;
  }
  return NO_ORIGIN;
}

const NO_ORIGIN: ErrorOrigin = { code: '', syscall: '' };
