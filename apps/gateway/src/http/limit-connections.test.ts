import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { limitConnections } from './limit-connections.ts';

/** A server whose limit is four connections, two of them silent. */
async function open() {
  const refused: string[] = [];
  const server = createServer((_request, response) => response.end('ok'));
  const load = limitConnections(server, { maxConnections: () => 4, onRefused: (reason) => refused.push(reason) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  /** A connection that the server has accepted. */
  const dial = async (): Promise<Socket> => {
    const accepted = once(server, 'connection');
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    onTestFinished(() => void socket.destroy());
    await accepted;
    return socket;
  };
  /** A connection that is kept alive after a request. */
  const use = async (): Promise<Agent> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const [response] = await once(get({ port, host: '127.0.0.1', agent }), 'response');
    response.resume();
    await once(response, 'end');
    return agent;
  };
  return { server, port, refused, load, dial, use };
}

test('closes the oldest silent connection when more than half of all are silent, and serves the newest', async () => {
  const { refused, load, dial, use } = await open();
  const oldest = await dial();
  await dial();
  const closed = once(oldest, 'close');
  await dial();
  await closed;
  expect(refused).toEqual(['too-many-silent']);
  expect(load().silent).toBe(2);
  // A new connection is silent until its request has arrived.
  await use();
  expect(load()).toEqual({ open: 2, silent: 1 });
});

test('refuses a connection beyond the limit, and closes those that are kept alive without a request', async () => {
  const { server, port, refused, load, use } = await open();
  for (let number = 0; number < 4; number++) await use();
  expect(load()).toEqual({ open: 4, silent: 0 });
  const dropped = once(server, 'drop');
  const tooMany = connect(port, '127.0.0.1').on('error', () => {});
  await dropped;
  await once(tooMany, 'close');
  expect(refused).toEqual(['too-many']);
  await use();
  expect(load().open).toBeLessThan(4);
});
