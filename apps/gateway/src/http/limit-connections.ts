import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Why a connection was closed without an answer: there were too many, or too many without a request. */
export type ConnectionRefusal = 'too-many' | 'too-many-silent';

export interface ConnectionLimitOptions {
  readonly maxConnections: () => number;
  readonly onRefused: (reason: ConnectionRefusal) => void;
}

/** Connections that are open now. */
export interface ConnectionLoad {
  readonly open: number;
  /** Those on which no request has arrived yet. */
  readonly silent: number;
}

/**
 * Bounds open connections. At most half of them may be silent: one more, and the oldest silent one is closed. So silent
 * clients cannot keep out others. When there are too many connections, those that are kept alive without a request are
 * closed, and the next client finds room.
 */
export function limitConnections(
  server: Server,
  { maxConnections, onRefused }: ConnectionLimitOptions,
): () => ConnectionLoad {
  const open = new Set<Socket>();
  const silent = new Set<Socket>();
  server.maxConnections = maxConnections();

  server.on('connection', (socket) => {
    server.maxConnections = maxConnections();
    open.add(socket);
    silent.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      silent.delete(socket);
    });
    const [oldest] = silent;
    if (oldest === undefined || silent.size <= Math.ceil(server.maxConnections / 2)) return;
    silent.delete(oldest);
    oldest.destroy();
    onRefused('too-many-silent');
  });
  const speak = ({ socket }: IncomingMessage) => silent.delete(socket);
  server.on('request', speak);
  server.on('checkExpectation', speak);
  server.on('drop', () => {
    server.maxConnections = maxConnections();
    server.closeIdleConnections();
    onRefused('too-many');
  });

  return () => ({ open: open.size, silent: silent.size });
}
