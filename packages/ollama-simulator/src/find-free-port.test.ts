import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { findFreePort } from './find-free-port.ts';
import { startOllamaSimulator } from './start-ollama-simulator.ts';

const chosen = vi.hoisted((): number[] => []);
vi.mock(import('node:crypto'), async (importOriginal) => {
  const crypto = await importOriginal();
  return { ...crypto, randomInt: (min: number) => chosen.shift() ?? crypto.randomInt(min, min + 1_000) };
});

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

test('two simulators that choose the same port at once get two', async () => {
  const port = await findFreePort();
  chosen.push(port, port, port + 1);

  const simulators = await Promise.all([startOllamaSimulator(), startOllamaSimulator()]);

  const ports = simulators.map((simulator) => simulator.port);
  for (const simulator of simulators) await simulator.close();
  expect(ports).toContain(port);
  expect(new Set(ports).size).toBe(2);
});
