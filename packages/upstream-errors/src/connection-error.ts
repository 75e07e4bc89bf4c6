import type { ConnectionFailure } from '@openclaw/provider';

/** What happened to a connection: how it failed, or what else an error of Node or undici says about it. */
export type ConnectionErrorKind =
  | ConnectionFailure
  /** This machine has run out of something, whichever server was to be asked. */
  | 'shortage'
  /** The proxy on the way could not be reached, or refused. */
  | 'proxy'
  /** What came is not HTTP. */
  | 'not-http'
  /** The body is shorter than its content-length says. */
  | 'truncated'
  /** The timeouts of undici itself. */
  | 'connect-timeout'
  | 'headers-timeout'
  | 'body-timeout';

/** The meaning of an error of a connection. */
export interface ConnectionError {
  readonly kind: ConnectionErrorKind;
  /** The code of Node or undici; empty when the error has none. */
  readonly code: string;
  /** The system call that failed, when only that tells the kind: its code is none of the usual ones. */
  readonly syscall?: string;
}

const KIND_BY_CODE: ReadonlyMap<string, ConnectionErrorKind> = new Map(
  Object.entries({
    ECONNREFUSED: 'refused',
    ECONNRESET: 'reset',
    EPIPE: 'reset',
    ECONNABORTED: 'reset',
    UND_ERR_SOCKET: 'closed',
    UND_ERR_CLOSED: 'closed',
    UND_ERR_DESTROYED: 'closed',
    UND_ERR_INFO: 'closed',
    EHOSTUNREACH: 'unreachable',
    EHOSTDOWN: 'unreachable',
    ENETUNREACH: 'unreachable',
    ENETDOWN: 'unreachable',
    EADDRNOTAVAIL: 'unreachable',
    ETIMEDOUT: 'unreachable',
    ENOTFOUND: 'dns',
    EAI_AGAIN: 'dns',
    EAI_FAIL: 'dns',
    EAI_NODATA: 'dns',
    EAI_NONAME: 'dns',
    EMFILE: 'shortage',
    ENFILE: 'shortage',
    ENOBUFS: 'shortage',
    ENOMEM: 'shortage',
    EAGAIN: 'shortage',
    UND_ERR_PRX_CONN: 'proxy',
    UND_ERR_PRX_TLS: 'proxy',
    UND_ERR_HEADERS_OVERFLOW: 'not-http',
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'truncated',
    UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
    UND_ERR_HEADERS_TIMEOUT: 'headers-timeout',
    UND_ERR_BODY_TIMEOUT: 'body-timeout',
  } satisfies Record<string, ConnectionErrorKind>),
);

/** What a system call failed for, when its code is none of those above. */
const KIND_BY_SYSCALL: ReadonlyMap<string, ConnectionErrorKind> = new Map(
  Object.entries({ getaddrinfo: 'dns', read: 'reset', write: 'reset', shutdown: 'reset' } satisfies Record<
    string,
    ConnectionErrorKind
  >),
);

const TLS_CODE =
  /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/** undici gives the refusal of a proxy the code of an aborted request, or that of a wrong argument. */
const PROXY_REFUSAL = /^Proxy (?:response \(|Authentication Required)/;

/** How deep causes are followed. */
const MAX_DEPTH = 4;

/**
 * Tells what an error of a connection means: one of Node's sockets, of undici, or of a `fetch` over either. `undefined` for
 * everything else, which is a bug.
 */
export function classifyConnectionError(error: unknown): ConnectionError | undefined {
  const { code, syscall, name, message } = readOrigin(error, 0);
  if (PROXY_REFUSAL.test(message)) return { kind: 'proxy', code };
  // undici's parser leaves the code out when what came is nothing like HTTP.
  if (name === 'HTTPParserError' || code.startsWith('HPE_')) return { kind: 'not-http', code };
  if (TLS_CODE.test(code)) return { kind: 'tls', code };
  const kind = KIND_BY_CODE.get(code);
  if (kind !== undefined) return { kind, code };
  // Codes that this table does not know still tell that a connection failed: EACCES and EPERM of a firewall, EINVAL, and so on.
  return syscall === '' ? undefined : { kind: KIND_BY_SYSCALL.get(syscall) ?? 'unreachable', code, syscall };
}

interface ErrorOrigin {
  readonly code: string;
  readonly syscall: string;
  readonly name: string;
  readonly message: string;
}

const NO_ORIGIN: ErrorOrigin = { code: '', syscall: '', name: '', message: '' };

/** Code, system call, name and message of an error, or of its cause; of several attempts (IPv6, then IPv4), those of the first that has them. */
function readOrigin(error: unknown, depth: number): ErrorOrigin {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return NO_ORIGIN;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const name = 'name' in error && typeof error.name === 'string' ? error.name : '';
  if (code !== '' || name === 'HTTPParserError') {
    const syscall = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : '';
    return { code, name, syscall, message: error instanceof Error ? error.message : '' };
  }
  const attempts: readonly unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  for (const inner of [...attempts, 'cause' in error ? error.cause : undefined]) {
    const origin = readOrigin(inner, depth + 1);
    if (origin !== NO_ORIGIN) return origin;
  }
  return NO_ORIGIN;
}
