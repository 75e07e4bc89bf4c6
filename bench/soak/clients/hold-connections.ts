import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Random } from '../create-random.ts';

/** The bytes that a held connection sends before it stalls. */
export type HeldStart = 'silent' | 'half-sent' | 'garbage';

export interface HoldOptions {
  readonly port: number;
  readonly count: number;
  readonly start: HeldStart;
  readonly random: Random;
}

/**
 * Opens connections that never close from this side: they send what `start` says, ignore the end that the gateway sends
 * (`allowHalfOpen`), and every second one does not read either.
 */
export function holdConnections({ port, count, start, random }: HoldOptions): Socket[] {
  return Array.from({ length: count }, (_, number) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    // The gateway may reset such a connection, which is as good as any other end.
    socket.on('error', () => {});
    if (number % 2 === 0) socket.resume();
    const bytes = firstBytes(start, random);
    if (bytes.length > 0) socket.write(bytes);
    return socket;
  });
}

const HALF_REQUESTS = [
  'P',
  'POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n',
  'POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{"mess',
  'POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{',
  'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /healthz HTTP/1.1\r\nHo',
];

function firstBytes(start: HeldStart, random: Random): Buffer {
  switch (start) {
    case 'silent':
      return Buffer.alloc(0);
    case 'half-sent':
      return Buffer.from(random.pick(HALF_REQUESTS));
    case 'garbage':
      return Buffer.from(Array.from({ length: random.between(1, 4096) }, () => random.between(0, 255)));
  }
}
