import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { openEventStream } from '@openclaw/provider';
import { expect, onTestFinished, test } from 'vitest';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';

test('bytes that came while the process was stopped are read before a limit is taken for run out', async () => {
  // The server writes from a thread of its own while this one is blocked for longer than the limit.
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const server = new Worker(SERVER, { eval: true, workerData: shared });
  onTestFinished(() => server.terminate().then(() => undefined));
  const [port]: unknown[] = await once(server, 'message');
  const baseUrl = `http://127.0.0.1:${String(port)}/v1`;
  const provider = createOpenAICompatProvider({ id: 'local', baseUrl, timeouts: { idleMs: 500 } });
  onTestFinished(() => provider.close());
  const events = openEventStream(provider.stream({ model: 'm', messages: [{ role: 'user', content: 'Hello?' }] }));
  const types = (await events.pull()).map(({ type }) => type);
  const rest = events.pull();
  stopUntilWritten(shared, { stoppedMs: 1_000 });

  expect(types).toEqual(['start', 'text-delta']);
  expect(await rest).toMatchObject([{ type: 'text-delta', text: 'and on' }, { type: 'finish' }]);
});

const SERVER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const chunk = (content, finish) => 'data: ' + JSON.stringify({ model: 'm', choices: [{ delta: { content }, finish_reason: finish }] }) + '\\n\\n';
  const server = require('node:http').createServer((request, response) => {
    response.write(chunk('On '));
    request.resume();
    Atomics.waitAsync(workerData, 0, 0).value.then(() => {
      response.end(chunk('and on', 'stop') + 'data: [DONE]\\n\\n', () => {
        Atomics.store(workerData, 0, 2);
        Atomics.notify(workerData, 0);
      });
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Blocks this thread as a stopped process is: no timer fires and no socket is read. */
function stopUntilWritten(shared: Int32Array, { stoppedMs }: { readonly stoppedMs: number }): void {
  const until = performance.now() + stoppedMs;
  Atomics.store(shared, 0, 1);
  Atomics.notify(shared, 0);
  Atomics.wait(shared, 0, 1, 60_000);
  Atomics.wait(shared, 0, 2, Math.max(0, until - performance.now()));
}
