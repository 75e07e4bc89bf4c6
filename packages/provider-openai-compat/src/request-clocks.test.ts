import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import type { TimeoutClock, Timeouts } from '@openclaw/provider';
import { openEventStream } from '@openclaw/provider';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';
import { startRequestClocks } from './request-clocks.ts';
import type { RequestClocks } from './request-clocks.ts';

const LIMITS: Timeouts = { connectMs: 1_000, firstEventMs: 10_000, idleMs: 2_000, totalMs: 60_000 };

describe('clocks', () => {
  afterEach(() => vi.useRealTimers());

  test('a limit that is longer than timers can be set for does not run out at once', async () => {
    const longMs = 2 ** 31;
    const { clocks, expired } = start({ connectMs: longMs, firstEventMs: longMs, idleMs: longMs, totalMs: longMs });
    clocks.connected();
    clocks.wait();
    // A timer that overflows fires after a millisecond.
    await vi.advanceTimersByTimeAsync(60_000);

    expect(expired).toEqual([]);
  });

  test('a connection that is opened again has the limit for connecting again, and then that for the first event', async () => {
    const { clocks, expired } = start(LIMITS);
    clocks.connected();
    await vi.advanceTimersByTimeAsync(9_000);
    clocks.reconnecting();
    await vi.advanceTimersByTimeAsync(900);
    clocks.connected();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(expired).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(expired).toEqual(['first-event']);
  });

  test('a connection that is not opened again in time', async () => {
    const { clocks, expired } = start(LIMITS);
    clocks.connected();
    clocks.reconnecting();
    await vi.advanceTimersByTimeAsync(1_100);

    expect(expired).toEqual(['connect']);
  });

  test('nothing is left running of a connection that was opened twice', async () => {
    const { clocks, expired } = start(LIMITS);
    clocks.connected();
    clocks.reconnecting();
    clocks.connected();
    clocks.event();
    clocks.stop();

    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(expired).toEqual([]);
  });

  test('what is read in the turn in which a limit runs out counts', async () => {
    const { clocks, expired } = start(LIMITS);
    clocks.connected();
    clocks.event();
    // The timer fires before the sockets are read: their bytes come in the same turn.
    setTimeout(() => setImmediate(() => clocks.event()), LIMITS.idleMs);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(expired).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(expired).toEqual(['idle']);
  });
});

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

function start(timeouts: Timeouts): { readonly clocks: RequestClocks; readonly expired: TimeoutClock[] } {
  vi.useFakeTimers();
  const expired: TimeoutClock[] = [];
  const clocks = startRequestClocks(timeouts, {
    expire(clock) {
      expired.push(clock);
      clocks.stop();
    },
  });
  return { clocks, expired };
}
