import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFailures } from '@openclaw/upstream-errors';
import { expect, onTestFinished, test } from 'vitest';
import { openConnectionPool } from './connection-pool.ts';
import type { HttpExchange } from './http-exchange.ts';
import { DEFAULT_TIMEOUTS } from './request-clocks.ts';
import { sendRequest } from './send-request.ts';
import type { SendRequestOptions } from './send-request.ts';

test('the first read of a whole body returns all of it', async () => {
  const exchange = await ask((_request, response) => response.write('one ', () => response.end('two')), {
    wholeBodyBytes: 100,
  });
  const { bytes, ...read } = await exchange.read();

  expect([exchange.head?.status, Buffer.from(bytes).toString(), read]).toEqual([200, 'one two', { done: true }]);
});

test('a whole body past its limit fails', async () => {
  const exchange = await ask((_request, response) => response.write('x'.repeat(200)), { wholeBodyBytes: 100 });

  expect(await exchange.read()).toMatchObject({ done: true, failure: { code: 'invalid-response' } });
});

test('a refusal is read at once, and no further than 64 KiB', async () => {
  const exchange = await ask((_request, response) => response.writeHead(503).write('x'.repeat(100_000)));
  const { bytes, done } = await exchange.read();

  expect([exchange.head?.status, bytes.length, done]).toEqual([503, 64 * 1024, true]);
});

test('an abort ends the read that is waited for, and every later one', async () => {
  const aborter = new AbortController();
  const exchange = await ask((_request, response) => response.write('half'), { signal: aborter.signal });
  while ((await exchange.read()).bytes.length === 0);
  const pending = exchange.read();
  aborter.abort();

  expect(await pending).toMatchObject({ done: true, failure: { code: 'aborted' } });
  expect(await exchange.read()).toMatchObject({ done: true, failure: { code: 'aborted' } });
});

async function ask(listener: RequestListener, options: Partial<SendRequestOptions> = {}): Promise<HttpExchange> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dispatcher = await openConnectionPool();
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}/v1`);
  const context = { provider: 'p', server: 'unknown', url: url.href, capability: 'chat', secrets: [] } as const;
  const request = { url, headers: {}, body: '{}' };
  const failures = () => createFailures(context);
  return sendRequest(dispatcher, { request, failures, timeouts: DEFAULT_TIMEOUTS, ...options });
}
