import { describe, expect, test } from 'vitest';
import { CHAT, frames, HELLO, post, readJson, readUntilBroken, start } from '../test/simulator-client.ts';

describe('scripts', () => {
  test('say the same whole and streamed', async () => {
    const script = {
      steps: [
        { reasoning: 'Let me see. ' },
        { text: 'Here — 🦙 — it is.' },
        { toolCall: { name: 'f', arguments: { a: 1 } } },
      ],
      pieceLength: 3,
    };
    const { url } = await start({ models: ['m'], reply: () => script });
    const whole = (await readJson(post(url + CHAT, { model: 'm', messages: HELLO }))).choices[0];
    const deltas = frames(await (await post(url + CHAT, { model: 'm', messages: HELLO, stream: true })).text());
    const join = (key: 'content' | 'reasoning') => deltas.map((delta) => delta.choices[0].delta[key] ?? '').join('');
    expect(whole.message).toMatchObject({ content: 'Here — 🦙 — it is.', reasoning: 'Let me see. ' });
    expect([join('content'), join('reasoning')]).toEqual([whole.message.content, whole.message.reasoning]);
    const calls = deltas.flatMap((delta) => delta.choices[0].delta.tool_calls ?? []);
    expect(calls.map((call) => call.function)).toEqual(
      whole.message.tool_calls.map((call: typeof whole) => call.function),
    );
    expect(deltas.at(-1).choices[0].finish_reason).toBe(whole.finish_reason);
  });

  test('come from the queue first, then from reply, then from the model', async () => {
    const simulator = await start({
      models: [{ name: 'm', reply: 'of the model' }],
      reply: ({ lastMessage }) => (lastMessage === 'hello' ? 'of reply' : undefined),
    });
    simulator.enqueue('of the queue');
    const say = async (content: string) => {
      const response = await post(simulator.url + CHAT, { model: 'm', messages: [{ role: 'user', content }] });
      return (await readJson(response)).choices[0].message.content;
    };
    expect([await say('hello'), await say('hello'), await say('else')]).toEqual([
      'of the queue',
      'of reply',
      'of the model',
    ]);
  });

  test('may give arguments that are no JSON, an id and an index', async () => {
    const call = { name: 'f', arguments: '{"a":', id: 'call_x', index: 7 };
    const { url } = await start({ models: ['m'], reply: () => [{ toolCall: call }] });
    const answer = await readJson(post(url + CHAT, { model: 'm', messages: HELLO }));
    expect(answer.choices[0].message.tool_calls).toEqual([
      { id: 'call_x', index: 7, type: 'function', function: { name: 'f', arguments: '{"a":' } },
    ]);
  });

  test.each([
    { version: '0.12.9', pattern: /^call_[a-z0-9]{8}$/ },
    { version: '0.32.15', pattern: /^[a-z0-9]{32}$/ },
  ])('have calls with unlike ids in the form of $version', async ({ version, pattern }) => {
    const calls = Array.from({ length: 200 }, () => ({ name: 'f' }));
    const { url } = await start({ version, models: ['m'], reply: () => [{ toolCalls: calls }] });
    const answer = await readJson(post(url + CHAT, { model: 'm', messages: HELLO }));
    const ids: string[] = answer.choices[0].message.tool_calls.map(({ id }: { id: string }) => id);
    expect(ids.every((id) => pattern.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(200);
  });

  test('drop reasoning when thinking is off, and put it into the text of a model that cannot think', async () => {
    const { url } = await start({
      models: ['m', { name: 'plain', capabilities: ['completion'] }],
      reply: () => [{ reasoning: 'hm' }, { text: 'yes' }],
    });
    const say = async (body: object) =>
      (await readJson(post(url + CHAT, { messages: HELLO, ...body }))).choices[0].message;
    expect(await say({ model: 'm', reasoning_effort: 'none' })).toEqual({ role: 'assistant', content: 'yes' });
    expect(await say({ model: 'plain' })).toEqual({ role: 'assistant', content: '<think>\nhm\n</think>\n\nyes' });
  });

  test('that say nothing still open a stream with a role', async () => {
    const { url } = await start({ models: ['m'], reply: () => [] });
    const chunks = frames(await (await post(url + CHAT, { model: 'm', messages: HELLO, stream: true })).text());
    expect(chunks.map((chunk) => chunk.choices[0].delta)).toEqual([{ role: 'assistant', content: '' }, {}]);
  });

  test('keep length with calls since 0.32.6, and not before', async () => {
    const finish = async (version: string) => {
      const steps = [{ toolCall: { name: 'f' } }];
      const { url } = await start({ version, models: ['m'], reply: () => ({ steps, finishReason: 'length' }) });
      const chunks = frames(await (await post(url + CHAT, { model: 'm', messages: HELLO, stream: true })).text());
      return chunks.at(-1).choices[0].finish_reason;
    };
    expect([await finish('0.32.6'), await finish('0.32.5')]).toEqual(['length', 'tool_calls']);
  });

  test('give legacy completions too, with a usage in every chunk', async () => {
    const { url } = await start({
      models: ['m'],
      reply: ({ lastMessage }) => [{ text: `${lastMessage}` }, { text: '!' }],
    });
    const ask = (stream: boolean) =>
      post(`${url}/v1/completions`, { model: 'm', prompt: 'once', stream, stream_options: { include_usage: true } });
    expect(await readJson(ask(false))).toMatchObject({
      object: 'text_completion',
      choices: [{ text: 'once!', index: 0, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 },
    });
    const chunks = frames(await (await ask(true)).text());
    expect(chunks.map(({ choices }) => choices[0]?.text)).toEqual(['once', '!', '', undefined]);
    expect(chunks.map(({ usage }) => usage.total_tokens)).toEqual([0, 0, 0, 4]);
  });

  test('fail with a status and the message as long as nothing was said', async () => {
    const { url } = await start({ models: ['m'], reply: () => [{ error: { status: 503, message: 'no memory' } }] });
    for (const stream of [true, false]) {
      const response = await post(url + CHAT, { model: 'm', messages: HELLO, stream });
      expect([response.status, (await readJson(response)).error.message]).toEqual([503, 'no memory']);
    }
  });

  test('hide an early failure in a 200 stream before 0.12.6, but not in a whole reply', async () => {
    const { url } = await start({ version: '0.12.5', models: ['m'], reply: () => [{ error: 'runner gone' }] });
    const streamed = await post(url + CHAT, { model: 'm', messages: HELLO, stream: true });
    const text = await streamed.text();
    expect(streamed.status).toBe(200);
    expect(frames(text)).toMatchObject([{ model: '', choices: [{ finish_reason: null }] }]);
    expect(text).not.toMatch(/DONE|runner gone/);
    expect((await post(url + CHAT, { model: 'm', messages: HELLO })).status).toBe(500);
  });

  test('can end cleanly without a finish reason', async () => {
    const { url } = await start({ models: ['m'], reply: () => [{ text: 'on and on' }, { end: true }] });
    const text = await (await post(url + CHAT, { model: 'm', messages: HELLO, stream: true })).text();
    expect(text).not.toContain('DONE');
    expect(frames(text).map(({ choices }) => choices[0].finish_reason)).toEqual([null]);
    expect(await readJson(post(url + CHAT, { model: 'm', messages: HELLO }))).toMatchObject({
      choices: [{ finish_reason: null, message: { content: 'on and on' } }],
      usage: { total_tokens: 0 },
    });
  });

  test('can cut the connection, and what came before arrives', async () => {
    const { url, journal } = await start({ models: ['m'], reply: () => [{ text: 'half' }, { cut: true }] });
    const { text, problem } = await readUntilBroken(
      await post(url + CHAT, { model: 'm', messages: HELLO, stream: true }),
    );
    expect(text).toContain('half');
    expect(problem).toBeInstanceOf(Error);
    await expect(post(url + CHAT, { model: 'm', messages: HELLO })).rejects.toThrow('fetch failed');
    await journal.waitUntilIdle();
    expect(journal.entries.map(({ outcome }) => outcome)).toEqual(['cut', 'cut']);
  });

  test('can send bytes that are no chunk, in both kinds of reply', async () => {
    const { url } = await start({
      models: ['m'],
      reply: () => [{ text: 'a' }, { raw: 'data: {"id":\n\n' }, { text: 'b' }],
    });
    const streamed = await (await post(url + CHAT, { model: 'm', messages: HELLO, stream: true })).text();
    expect(streamed.split('\n\n')[1]).toBe('data: {"id":');
    expect(await (await post(url + CHAT, { model: 'm', messages: HELLO })).text()).toMatch(/^data: \{"id":\n\n\{/);
  });

  test('can stall until released, without having sent the rest', async () => {
    const simulator = await start({ models: ['m'], reply: () => [{ text: 'a' }, { stall: true }, { text: 'b' }] });
    const response = await post(simulator.url + CHAT, { model: 'm', messages: HELLO, stream: true });
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"content":"a"');
    await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    simulator.release();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"content":"b"');
    await reader.cancel();
  });

  test('wait by the injected clock, as long as they say', async () => {
    const waits: number[] = [];
    const { url } = await start({
      models: [{ name: 'm', loadMs: 60_000 }],
      sleep: async (ms) => void waits.push(ms),
      reply: () => ({
        steps: [{ text: 'abcd' }, { stallMs: 30_000 }, { text: 'ef' }],
        promptMs: 9000,
        pauseMs: 50,
        pieceLength: 2,
      }),
    });
    const answer = await readJson(post(url + CHAT, { model: 'm', messages: HELLO }));
    expect(answer.choices[0].message.content).toBe('abcdef');
    expect(waits).toEqual([60_000, 9000, 50, 30_000, 50]);
  });

  test('tell the client of a reply function that threw', async () => {
    const { url } = await start({
      models: ['m'],
      reply: () => {
        throw new Error('no such scene');
      },
    });
    const response = await post(url + CHAT, { model: 'm', messages: HELLO });
    expect([response.status, await response.text()]).toEqual([
      500,
      '{"error":"the simulator failed: Error: no such scene"}',
    ]);
  });
});
