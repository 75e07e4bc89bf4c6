import { isProviderError } from '@openclaw/provider';
import type { ConnectionFailure } from '@openclaw/provider';
import { classifyConnectionError } from './connection-error.ts';
import type { ConnectionError } from './connection-error.ts';
import type { Failures } from './failures.ts';

const MESSAGES: Readonly<Record<ConnectionFailure, string>> = {
  refused: 'could not be reached: connection refused. Nothing listens there; is the server running?',
  reset: 'cut the connection (reset) before the answer was complete.',
  closed: 'closed the connection before the answer was complete.',
  unreachable: 'could not be reached: there is no way to that host from here.',
  dns: 'could not be reached: the host name is not known (DNS). Check the base URL.',
  tls: 'could not be reached: the TLS connection failed. Check the certificate, and whether the base URL should be http: or https:. For a private certificate authority, set NODE_EXTRA_CA_CERTS to the file of its certificate.',
};

const SHORTAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    EMFILE: 'the process has no file descriptor left (raise `ulimit -n`, or allow fewer connections)',
    ENFILE: 'the system has no file descriptor left',
    ENOBUFS: 'the system has no network buffer left',
    ENOMEM: 'the system has no memory left',
    EAGAIN: 'the system has no local port left',
  }),
);

/** The timeouts of a dispatcher that the caller made. */
const CLOCKS = { 'connect-timeout': 'connect', 'headers-timeout': 'first-event', 'body-timeout': 'idle' } as const;

/** Undici's words for a 100 or 101 that no request asked for. */
const UNEXPECTED_STATUS = /^bad (?:response|upgrade)$/;

/**
 * Turns the error of a connection into a ProviderError: one of Node's sockets, of undici, or of a `fetch` over either.
 * Returns everything else as it is, since it is a bug.
 */
export function translateConnectionError(
  error: unknown,
  { failures: failuresOfRequest }: { readonly failures: () => Failures },
): unknown {
  if (isProviderError(error) || !(error instanceof Error)) return error;
  const classified = classifyConnectionError(error);
  return classified === undefined ? error : toProviderError(classified, { error, failures: failuresOfRequest() });
}

function toProviderError(
  classified: ConnectionError,
  { error, failures }: { readonly error: Error; readonly failures: Failures },
): unknown {
  const { kind, code } = classified;
  switch (kind) {
    case 'shortage': {
      const what = SHORTAGES.get(code) ?? code;
      return failures.failed('local-overload', `was not asked: ${what}. Try again later.`, { cause: error });
    }
    case 'not-http':
      return failures.failed(
        'invalid-response',
        `answered with something that is not HTTP (${code || error.message}). Check host and port of the base URL.`,
        { cause: error },
      );
    case 'proxy':
      return failures.failed(
        'connection-failed',
        `could not be reached through the proxy: ${error.message}. Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or \`request.proxy\`.`,
        { connection: 'unreachable', cause: error },
      );
    case 'truncated':
      return failures.truncated('it is shorter than its content-length says');
    case 'connect-timeout':
    case 'headers-timeout':
    case 'body-timeout': {
      const clock = CLOCKS[kind];
      const message = `took too long: the dispatcher's own ${clock} timeout ran out.`;
      return failures.failed('timeout', message, { clock, cause: error });
    }
    case 'closed':
      if (UNEXPECTED_STATUS.test(error.message)) {
        return failures.failed(
          'invalid-response',
          'answered with an interim response (100 or 101) that was not asked for. Switch that off in the server, or in the proxy before it.',
          { cause: error },
        );
      }
      return failures.failed('connection-failed', MESSAGES[kind], { connection: kind, cause: error });
    case 'refused':
    case 'reset':
    case 'unreachable':
    case 'dns':
    case 'tls':
      return failures.failed('connection-failed', describe(kind, classified), { connection: kind, cause: error });
  }
}

function describe(kind: ConnectionFailure, { code, syscall }: ConnectionError): string {
  if (kind === 'tls') return MESSAGES.tls.replace('failed.', `failed (${code}).`);
  if (syscall === undefined) return MESSAGES[kind];
  return kind === 'reset'
    ? `lost the connection before the answer was complete (${syscall} ${code}).`
    : `could not be reached: the system refused the connection (${syscall} ${code}).`;
}
