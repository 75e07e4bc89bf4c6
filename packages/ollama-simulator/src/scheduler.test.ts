import { describe, expect, test } from 'vitest';
import { CHAT, HELLO, post, readJson, running, start } from '../test/simulator-client.ts';

describe('loading', () => {
  test('is silent: no headers, and listed in /api/ps as the release does', async () => {
    for (const [version, listed] of [
      ['0.24.0', 1],
      ['0.30.0', 0],
    ] as const) {
      const simulator = await start({ version, models: [{ name: 'm', load: true }] });
      const answer = post(simulator.url + CHAT, { model: 'm', messages: HELLO, stream: true });
      const entry = await simulator.journal.waitFor(({ phase }) => phase === 'loading');
      expect(await running(simulator.url)).toHaveLength(listed);
      expect(entry.status).toBeUndefined();
      simulator.release();
      expect((await answer).status).toBe(200);
      expect(await running(simulator.url)).toMatchObject([{ name: 'm:latest', context_length: 4096 }]);
    }
  });

  test('begins with the start of the runner, during which releases from 0.11.5 list nothing', async () => {
    for (const [version, listed] of [
      ['0.6.5', 1],
      ['0.12.6', 0],
      ['0.17.4', 0],
    ] as const) {
      const simulator = await start({ version, models: [{ name: 'm', start: true }] });
      const answer = post(simulator.url + CHAT, { model: 'm', messages: HELLO });
      await simulator.journal.waitFor(({ phase }) => phase === 'loading');
      expect(await running(simulator.url)).toHaveLength(listed);
      simulator.release();
      expect((await answer).status).toBe(200);
    }
  });

  test('is aborted when the client that began it leaves, and starts from zero', async () => {
    const simulator = await start({ models: [{ name: 'm', load: true }] });
    const impatient = new AbortController();
    const first = post(simulator.url + CHAT, { model: 'm', messages: HELLO }, impatient.signal);
    await simulator.journal.waitFor(({ phase }) => phase === 'loading');
    impatient.abort();
    await expect(first).rejects.toThrow('aborted');
    const left = await simulator.journal.waitForClientLeft();
    expect(left).toMatchObject({ outcome: 'client-left', loadAborted: true });
    const second = post(simulator.url + CHAT, { model: 'm', messages: HELLO });
    await simulator.journal.waitFor(({ number, phase }) => number === 2 && phase === 'loading');
    simulator.release();
    expect((await second).status).toBe(200);
  });

  test('goes over to the next in line when the client that began it leaves', async () => {
    const simulator = await start({ models: [{ name: 'm', load: true }] });
    const impatient = new AbortController();
    const first = post(simulator.url + CHAT, { model: 'm', messages: HELLO }, impatient.signal);
    await simulator.journal.waitFor(({ phase }) => phase === 'loading');
    const second = post(simulator.url + CHAT, { model: 'm', messages: HELLO });
    await simulator.journal.waitFor(({ number, phase }) => number === 2 && phase === 'queued');
    impatient.abort();
    await expect(first).rejects.toThrow('aborted');
    await simulator.journal.waitFor(({ number, phase }) => number === 2 && phase === 'loading');
    simulator.release();
    expect((await second).status).toBe(200);
  });

  test('happens once, ends with keep-alive, and can be asked for by a script', async () => {
    const loads: number[] = [];
    let time = 1_000_000;
    const simulator = await start({
      models: [{ name: 'm', loadMs: 5000, keepAliveMs: 60_000 }],
      now: () => time,
      sleep: async (ms) => void loads.push(ms),
    });
    const ask = async () => (await post(simulator.url + CHAT, { model: 'm', messages: HELLO })).text();
    await ask();
    await ask();
    expect(loads).toEqual([5000]);
    time += 60_001;
    expect(await running(simulator.url)).toEqual([]);
    await ask();
    simulator.enqueue({ steps: [{ text: 'anew' }], loadMs: 7000 });
    await ask();
    expect(loads).toEqual([5000, 5000, 7000]);
    simulator.unload('M');
    expect(await running(simulator.url)).toEqual([]);
    simulator.load('M');
    expect(await running(simulator.url)).toHaveLength(1);
  });
});

describe('concurrency', () => {
  test('past the slots is silent waiting, however many requests wait for a slot of a loaded model', async () => {
    const simulator = await start({
      models: [{ name: 'm', loaded: true }],
      parallel: 1,
      maxQueue: 1,
      reply: ({ number }) => (number === 1 ? [{ stall: true }, { text: 'first' }] : 'later'),
    });
    const ask = () => post(simulator.url + CHAT, { model: 'm', messages: HELLO });
    const first = ask();
    await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    const others = [ask(), ask(), ask()];
    await simulator.journal.waitFor(({ number, phase }) => number === 4 && phase === 'queued');
    simulator.release();
    expect((await readJson(first)).choices[0].message.content).toBe('first');
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(simulator.journal.maxConcurrent).toBe(4);
  });

  test('while a model loads, a request past the queue gets 503', async () => {
    const simulator = await start({ models: [{ name: 'm', load: true }], maxQueue: 1 });
    const ask = () => post(simulator.url + CHAT, { model: 'm', messages: HELLO });
    const first = ask();
    await simulator.journal.waitFor(({ phase }) => phase === 'loading');
    const second = ask();
    await simulator.journal.waitFor(({ phase }) => phase === 'queued');
    const third = await ask();
    expect([third.status, (await readJson(third)).error.message]).toEqual([
      503,
      'server busy, please try again.  maximum pending requests exceeded',
    ]);
    simulator.release();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
  });

  test('a cancelled request frees its place in the queue or its slot', async () => {
    const simulator = await start({
      models: ['m'],
      parallel: 1,
      maxQueue: 1,
      reply: ({ number }) => (number === 1 ? [{ stall: true }] : 'served'),
    });
    const leaving = new AbortController();
    const ask = (signal?: AbortSignal) => post(simulator.url + CHAT, { model: 'm', messages: HELLO }, signal);
    const first = ask(leaving.signal);
    await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    const queued = new AbortController();
    const second = ask(queued.signal);
    await simulator.journal.waitFor(({ phase }) => phase === 'queued');
    queued.abort();
    await expect(second).rejects.toThrow('aborted');
    await simulator.journal.waitForClientLeft(({ number }) => number === 2);
    const third = ask();
    await simulator.journal.waitFor(({ number, phase }) => number === 3 && phase === 'queued');
    leaving.abort();
    await expect(first).rejects.toThrow('aborted');
    expect((await third).status).toBe(200);
  });
});
