import { Socket } from 'node:net';
import type { TcpNetConnectOpts } from 'node:net';
import type { Agent, buildConnector, Dispatcher } from 'undici';

export interface ConnectionPoolOptions {
  /** Most connections to one server. Requests past it wait, and the connect clock counts that wait. @default unlimited */
  readonly connections?: number | undefined;
  /** How sockets are opened: certificates, local address, name lookup. */
  readonly connect?: (buildConnector.BuildOptions & Pick<TcpNetConnectOpts, 'lookup'>) | undefined;
  /** Other settings of undici's Agent. Its own timeouts stay off, as requests have clocks of their own. */
  readonly agent?: Omit<Agent.Options, 'connect' | 'connections'> | undefined;
}

/** A request to a server. */
export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The connection that a request waits for. */
export interface PendingConnection {
  socket?: Socket;
}

let pendingConnection: PendingConnection | undefined;

/**
 * Opens a pool of connections whose requests can be aborted at once in every state, while connecting too, which
 * undici's own Agent cannot: it goes on connecting for a request that nobody waits for.
 * undici is loaded here and not before, since it is most of what starting this package costs.
 */
export async function openConnectionPool({
  connections,
  connect,
  agent,
}: ConnectionPoolOptions = {}): Promise<Dispatcher> {
  // The default export: inside a bundle a CommonJS module that is loaded late has no other.
  const {
    default: { Agent: UndiciAgent, buildConnector: build },
  } = await import('undici');
  const open = build({ allowH2: false, timeout: 0, ...connect });
  return new UndiciAgent({
    headersTimeout: 0,
    bodyTimeout: 0,
    ...agent,
    ...(connections !== undefined && { connections }),
    connect(options, callback) {
      const socket: unknown = open(options, callback);
      if (pendingConnection !== undefined && socket instanceof Socket) pendingConnection.socket = socket;
    },
  });
}

/**
 * Sends a request and learns which socket is opened for it: an idle connection is taken or a new one begun before
 * `dispatch` returns, and while it is being opened a connection serves no other request.
 */
export function dispatchRequest(
  dispatcher: Dispatcher,
  {
    request: { url, headers, body },
    handler,
    pending,
  }: { request: HttpRequest; handler: Dispatcher.DispatchHandler; pending: PendingConnection },
): void {
  pendingConnection = pending;
  try {
    const path = `${url.pathname}${url.search}`;
    dispatcher.dispatch({ origin: url.origin, path, method: 'POST', headers, body }, handler);
  } finally {
    pendingConnection = undefined;
  }
}
