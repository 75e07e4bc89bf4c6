import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { CHAT, HELLO, post, start } from '../test/simulator-client.ts';

describe('the journal', () => {
  test('keeps what was asked, when, and how it ended', async () => {
    const { url, journal } = await start({ models: ['m'], now: () => 42 });
    await (await post(`${url}${CHAT}?a=1`, { model: 'm', messages: HELLO })).text();
    await journal.waitUntilIdle();
    expect(journal.of(CHAT)).toMatchObject([
      {
        number: 1,
        method: 'POST',
        path: `${CHAT}?a=1`,
        body: { model: 'm', messages: HELLO },
        rawBody: JSON.stringify({ model: 'm', messages: HELLO }),
        receivedAt: 42,
        finishedAt: 42,
        concurrency: 1,
        status: 200,
        outcome: 'finished',
      },
    ]);
    expect(journal.inFlight).toBe(0);
    journal.clear();
    expect(journal.entries).toEqual([]);
  });

  test('tells when a client left in the middle of a stream', async () => {
    const { url, journal } = await start({ models: ['m'], reply: () => [{ text: 'a' }, { stall: true }] });
    const leaving = new AbortController();
    const response = await post(url + CHAT, { model: 'm', messages: HELLO, stream: true }, leaving.signal);
    expect(response.status).toBe(200);
    const left = journal.waitForClientLeft(({ path }) => path === CHAT);
    leaving.abort();
    expect(await left).toMatchObject({ number: 1, status: 200, outcome: 'client-left' });
  });

  test('rejects all waiters when the simulator closes', async () => {
    const { journal, close } = await start();
    const never = journal.waitFor(() => false);
    const [outcome] = await Promise.allSettled([never, close()]);
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('closed before') },
    });
  });

  test('tells when a client left before it had sent its body', async () => {
    const { port, journal } = await start();
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"model":');
    const entry = await journal.waitFor(({ phase }) => phase === 'receiving');
    socket.destroy();
    expect(await journal.waitForClientLeft()).toBe(entry);
    expect(entry).not.toHaveProperty('status');
  });
});
