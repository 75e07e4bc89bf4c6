import { Socket } from 'node:net';
import type { TcpNetConnectOpts } from 'node:net';
import type { Agent, buildConnector, Dispatcher } from 'undici';
import { skipContinueResponses } from './skip-continue-responses.ts';

export interface ConnectionPoolOptions {
  /** Most connections to one server. Requests past it wait, and the connect clock counts that wait. @default unlimited */
  readonly connections?: number | undefined;
  /** How sockets are opened: certificates, local address, name lookup. */
  readonly connect?: (buildConnector.BuildOptions & Pick<TcpNetConnectOpts, 'lookup'>) | undefined;
  /** Other settings of undici's Agent. Its own timeouts stay off, as requests have clocks of their own. */
  readonly agent?: Omit<Agent.Options, 'connect' | 'connections'> | undefined;
}

/** The connection that a request waits for. */
export interface PendingConnection {
  socket?: Socket;
}

const pools = new WeakSet<Dispatcher>();
let pendingConnection: PendingConnection | undefined;
let insideConnect = false;

/**
 * Opens a pool of connections whose requests can be aborted at once in every state, while connecting too, which
 * undici's own Agent cannot: it goes on connecting for a request that was aborted.
 * undici is loaded here and not before, since it is most of what starting this package costs. It is named by its file,
 * because Bun replaces the module `undici` with a part of it that cannot dispatch.
 */
export async function openConnectionPool({
  connections,
  connect,
  agent,
}: ConnectionPoolOptions = {}): Promise<Dispatcher> {
  // The default export: inside a bundle a CommonJS module that is loaded late has no other.
  const {
    default: { Agent: UndiciAgent, buildConnector: build },
  } = await import('undici/index.js');
  const open = build({ allowH2: false, timeout: 0, ...connect });
  const pool = new UndiciAgent({
    headersTimeout: 0,
    bodyTimeout: 0,
    ...agent,
    ...(connections !== undefined && { connections }),
    connect(options, callback) {
      const socket: unknown = open(options, (...result) => {
        const [, connected] = result;
        if (connected instanceof Socket) skipContinueResponses(connected);
        insideConnect = true;
        try {
          callback(...result);
        } finally {
          insideConnect = false;
        }
      });
      if (pendingConnection !== undefined && socket instanceof Socket) pendingConnection.socket = socket;
    },
  });
  pools.add(pool);
  return pool;
}

/**
 * Runs a dispatch and notes the socket that it opens: undici takes an idle connection or begins a new one before `dispatch`
 * returns, and while it is being opened a connection serves no other request.
 */
export function trackConnection(pending: PendingConnection, dispatch: () => void): void {
  pendingConnection = pending;
  try {
    dispatch();
  } finally {
    pendingConnection = undefined;
  }
}

/**
 * Whether a request that is being written goes out on a connection that was idle in the pool. To be asked in `onRequestStart`: on a
 * new connection undici writes the request inside the callback of `connect`, on an idle one always later. `false` for
 * other dispatchers, of which this is not known.
 */
export function isConnectionReused(dispatcher: Dispatcher): boolean {
  return !insideConnect && pools.has(dispatcher);
}
