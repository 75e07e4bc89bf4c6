import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findFreePort, listenOnFreePort } from './find-free-port.ts';

test('a port that can be listened on, and that no system gives to another program', async () => {
  const port = await findFreePort();

  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(32_768);
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
});

test('an address that is not of this machine is refused', async () => {
  await expect(findFreePort({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
});

test('another port is tried when the chosen one is taken', async () => {
  const host = '127.0.0.1';
  const [first, second] = [createServer(), createServer()];
  const taken = await listenOnFreePort(first, { host });
  const free = await findFreePort();
  const chosen = [taken, taken, free];

  const port = await listenOnFreePort(second, { host, choosePort: () => chosen.shift() ?? 0 });

  expect(port).toBe(free);
  expect(second.address()).toMatchObject({ port: free });
  first.close();
  second.close();
});

test('no other port is tried when the address is wrong', async () => {
  let attempts = 0;
  const choosePort = () => 20_000 + attempts++;

  await expect(listenOnFreePort(createServer(), { host: '192.0.2.1', choosePort })).rejects.toMatchObject({
    code: 'EADDRNOTAVAIL',
  });
  expect(attempts).toBe(1);
});
