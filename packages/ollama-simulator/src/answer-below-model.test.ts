import { describe, expect, test } from 'vitest';
import { CHAT, HELLO, post, rawRequest, readUntilBroken, start } from '../test/simulator-client.ts';
import { playRecording } from './recording.ts';

describe('failures below the model', () => {
  test.each([
    { http: { status: 429, headers: { 'retry-after': '7' } }, body: '' },
    {
      http: { status: 503, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' },
      body: '<h1>Bad gateway</h1>',
    },
    { http: { status: 200, body: { error: 'not really' } }, body: '{"error":"not really"}' },
    { http: { status: 307, headers: { location: '/elsewhere' } }, body: '' },
  ])('an answer of $http.status with any body and headers', async ({ http, body }) => {
    const { url, enqueue } = await start({ models: ['m'] });
    enqueue({ http });
    const response = await fetch(url + CHAT, {
      method: 'POST',
      redirect: 'manual',
      body: JSON.stringify({ model: 'm', messages: HELLO, stream: true }),
    });
    expect([response.status, await response.text()]).toEqual([http.status, body]);
    expect(Object.fromEntries(response.headers)).toMatchObject('headers' in http ? http.headers : {});
  });

  test('on any path, by an interceptor', async () => {
    const { url } = await start({
      intercept: ({ path }) => (path === '/api/tags' ? { http: { status: 500, body: { error: 'disk' } } } : undefined),
    });
    expect((await fetch(`${url}/api/tags`)).status).toBe(500);
    expect((await fetch(`${url}/api/version`)).status).toBe(200);
  });

  test('a reset before the headers', async () => {
    const { url, enqueue, journal } = await start({ models: ['m'] });
    enqueue({ http: { reset: true } });
    await expect(post(url + CHAT, { model: 'm', messages: HELLO })).rejects.toMatchObject({
      cause: { code: 'ECONNRESET' },
    });
    expect((await journal.waitFor(({ phase }) => phase === 'over')).outcome).toBe('cut');
  });

  test('headers that come when they are released', async () => {
    const simulator = await start({ models: ['m'] });
    simulator.enqueue({ http: { status: 418, headersAfter: true } });
    const answer = post(simulator.url + CHAT, { model: 'm', messages: HELLO });
    const entry = await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    expect(entry.status).toBeUndefined();
    simulator.release();
    expect((await answer).status).toBe(418);
  });
});

describe('recordings', () => {
  const bytes = 'data: {"a":"é🦙"}\n\ndata: [DONE]\n\n';

  test.each([{ slices: 'whole' as const }, { slices: 1 }, { slices: [9, 13] }])(
    'arrive exactly, sliced $slices',
    async ({ slices }) => {
      const { url, enqueue } = await start({ models: ['m'] });
      enqueue(playRecording(bytes, { slices, status: 201, headers: { 'x-recorded': 'yes' } }));
      const response = await post(url + CHAT, { model: 'm', messages: HELLO, stream: true });
      expect([response.status, response.headers.get('x-recorded')]).toEqual([201, 'yes']);
      expect(await response.text()).toBe(bytes);
    },
  );

  test('reach a socket slice by slice', async () => {
    const { port, enqueue } = await start({ models: ['m'] });
    enqueue(playRecording(bytes, { slices: 10 }));
    const body = JSON.stringify({ model: 'm', messages: HELLO, stream: true });
    const answer = await rawRequest(
      port,
      { host: 'localhost', 'content-length': String(body.length) },
      { path: CHAT, body },
    );
    // Each socket write is one chunk of HTTP's chunked encoding: its size in hex stands before it.
    expect(answer.match(/^(a|[0-9])\r$/gm)).toEqual(['a\r', 'a\r', 'a\r', '6\r', '0\r']);
  });

  test('can end in a cut or in silence', async () => {
    const simulator = await start({ models: ['m'] });
    simulator.enqueue(playRecording(bytes, { ending: 'cut' }), playRecording(bytes, { ending: 'stall' }));
    const ask = () => post(simulator.url + CHAT, { model: 'm', messages: HELLO, stream: true });
    expect(await readUntilBroken(await ask())).toMatchObject({ text: bytes, problem: expect.any(Error) });
    const silent = await ask();
    await simulator.journal.waitFor(({ number, phase }) => number === 2 && phase === 'stalled');
    simulator.release();
    expect(await silent.text()).toBe(bytes);
  });
});
