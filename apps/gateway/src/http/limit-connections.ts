import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { createInFlightList } from '@openclaw/request-batch';
import type { InFlightEntry } from '@openclaw/request-batch';

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
  let open = 0;
  const silent = createInFlightList<Socket>();
  const silentEntries = new WeakMap<Socket, InFlightEntry>();
  server.maxConnections = maxConnections();

  server.on('connection', (socket) => {
    server.maxConnections = maxConnections();
    open += 1;
    const entry = silent.add(socket);
    silentEntries.set(socket, entry);
    socket.once('close', () => {
      open -= 1;
      entry.remove();
    });
    const oldest = silent.oldest();
    if (oldest === undefined || silent.size <= Math.ceil(server.maxConnections / 2)) return;
    silentEntries.get(oldest)?.remove();
    oldest.destroy();
    onRefused('too-many-silent');
  });
  const speak = ({ socket }: IncomingMessage) => silentEntries.get(socket)?.remove();
  server.on('request', speak);
  server.on('checkExpectation', speak);
  server.on('drop', () => {
    server.maxConnections = maxConnections();
    server.closeIdleConnections();
    onRefused('too-many');
  });

  return () => ({ open, silent: silent.size });
}
