import { describe, expect, test } from 'vitest';
import { CHAT, HELLO, lines, NATIVE_CHAT, post, readJson, running, start } from '../test/simulator-client.ts';

/** One token each. */
const WORD = 'word';
const user = (tokens: number) => ({ role: 'user', content: WORD.repeat(tokens) });

describe('the window of a model', () => {
  test.each([
    ['0.6.5', {}, {}, 2048],
    ['0.12.6', {}, {}, 4096],
    ['0.12.6', { contextLength: 8192 }, {}, 8192],
    ['0.12.6', { contextLength: 8192, parameters: 'num_ctx                        512' }, {}, 512],
    ['0.12.6', { contextLength: 8192, parameters: 'num_ctx 512' }, { num_ctx: 1024 }, 1024],
    ['0.12.6', {}, { num_ctx: 1 }, 4],
    ['0.12.6', {}, { num_ctx: 262_144 }, 262_144],
    ['0.17.4', {}, { num_ctx: 262_144 }, 131_072],
  ])(
    'in %s, with %o and options %o, is %i tokens',
    async (version, { contextLength, parameters }: any, options, window) => {
      const model = { name: 'm', contextLength: 131_072, ...(parameters === undefined ? {} : { parameters }) };
      const simulator = await start({ version, contextLength, models: [model] });
      const body = { model: 'm', messages: [user(300_000)], stream: false, options };
      const answer = await readJson(post(simulator.url + NATIVE_CHAT, body));
      expect(answer).toMatchObject({ done_reason: 'stop', prompt_eval_count: window });
      const [listed]: any[] = await running(simulator.url);
      expect(listed.context_length).toBe(version === '0.6.5' ? undefined : window);
    },
  );

  test('has a minimum for models that see images', async () => {
    const simulator = await start({ models: [{ name: 'm', capabilities: ['completion', 'vision'] }] });
    await post(simulator.url + NATIVE_CHAT, { model: 'm', messages: [], options: { num_ctx: 16 } });
    expect(await running(simulator.url)).toMatchObject([{ context_length: 2048 }]);
  });

  test('cannot be chosen on /v1, where the prompt is cut in silence', async () => {
    const simulator = await start({ version: '0.17.4', models: ['m'] });
    const body = { model: 'm', messages: [user(5000)], options: { num_ctx: 8192 }, truncate: false };
    expect((await readJson(post(simulator.url + CHAT, body))).usage.prompt_tokens).toBe(4096);
  });

  test('loads the model again when it changes, which takes time', async () => {
    const loads: number[] = [];
    const simulator = await start({
      models: [{ name: 'm', loadMs: 700 }],
      sleep: async (ms) => void loads.push(ms),
    });
    const ask = async (numCtx: number) => {
      const body = { model: 'm', messages: HELLO, stream: false, options: { num_ctx: numCtx } };
      return (await readJson(post(simulator.url + NATIVE_CHAT, body))).load_duration / 1e6;
    };
    expect(await ask(8192)).toBeGreaterThanOrEqual(700);
    expect(await ask(8192)).toBeLessThan(700);
    expect(loads).toEqual([700]);
    expect(await ask(16_384)).toBeGreaterThanOrEqual(700);
    await post(simulator.url + CHAT, { model: 'm', messages: HELLO });
    expect(loads).toEqual([700, 700, 700]);
    expect(await running(simulator.url)).toMatchObject([{ context_length: 4096 }]);
  });

  test('changes only after the answers that use the old one', async () => {
    const simulator = await start({
      models: ['m'],
      reply: ({ number }) => (number === 1 ? [{ stall: true }] : 'Yes.'),
    });
    const ask = (numCtx: number) =>
      post(simulator.url + NATIVE_CHAT, { model: 'm', messages: HELLO, stream: false, options: { num_ctx: numCtx } });
    const first = ask(4096);
    await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    const second = ask(8192);
    await simulator.journal.waitFor(({ number, phase }) => number === 2 && phase === 'queued');
    expect(await running(simulator.url)).toMatchObject([{ context_length: 4096 }]);
    simulator.release();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(await running(simulator.url)).toMatchObject([{ context_length: 8192 }]);
  });
});

describe('a prompt that is longer than the window', () => {
  const ask = async (body: object, { version = '0.17.4' } = {}) => {
    const simulator = await start({ version, models: [{ name: 'm', parameters: 'num_ctx 512' }] });
    return post(simulator.url + NATIVE_CHAT, { model: 'm', stream: false, ...body });
  };

  test('loses its oldest messages, but no system message and not the last one', async () => {
    const system = { role: 'system', content: WORD.repeat(100) };
    const messages = [system, user(200), user(200), user(199)];
    expect((await readJson(ask({ messages }))).prompt_eval_count).toBe(499);
    expect((await readJson(ask({ messages: [system, user(200), user(600)] }))).prompt_eval_count).toBe(512);
  });

  test.each(['0.12.6', '0.17.4'])('is refused with `truncate: false` by %s', async (version) => {
    const response = await ask({ messages: [user(600)], truncate: false }, { version });
    expect([response.status, await readJson(response)]).toEqual([
      400,
      { error: 'the input length exceeds the context length' },
    ]);
  });

  test('is cut by 0.12.5 whatever `truncate` says', async () => {
    const answer = await readJson(ask({ messages: [user(600)], truncate: false }, { version: '0.12.5' }));
    expect(answer.prompt_eval_count).toBe(512);
  });
});

describe('a window that is full during the answer', () => {
  const ask = async (body: object, { version = '0.17.4', parallel = 1 } = {}) => {
    const endless = Array.from({ length: 50_000 }, (_, n) => ({ text: `${n} ` }));
    const simulator = await start({
      version,
      parallel,
      models: [{ name: 'm', parameters: 'num_ctx 64' }],
      reply: () => endless,
    });
    const request = { model: 'm', messages: [user(10)], stream: false, ...body };
    return readJson(post(simulator.url + NATIVE_CHAT, request));
  };

  test('slides, until ten windows are written', async () => {
    expect(await ask({})).toMatchObject({ done_reason: 'length', prompt_eval_count: 10, eval_count: 640 });
    expect(await ask({ options: { num_predict: 5000 } })).toMatchObject({ eval_count: 640 });
    expect(await ask({}, { version: '0.6.5', parallel: 4 })).toMatchObject({ eval_count: 2560 });
  });

  test('ends the answer with `shift: false`', async () => {
    expect(await ask({ shift: false })).toMatchObject({ done_reason: 'length', eval_count: 55 });
    expect(await ask({ shift: false, messages: [user(100)] })).toMatchObject({ prompt_eval_count: 64, eval_count: 1 });
    expect(await ask({ shift: false }, { version: '0.12.5' })).toMatchObject({ eval_count: 640 });
  });
});

test('the tokens of a prompt include tools, calls and images', async () => {
  const simulator = await start({ models: [{ name: 'm', contextLength: 8192, parameters: 'num_ctx 8192' }] });
  const count = async (body: object) =>
    lines(await (await post(simulator.url + NATIVE_CHAT, { model: 'm', ...body })).text()).at(-1).prompt_eval_count;
  const plain = await count({ messages: HELLO });
  expect(await count({ messages: HELLO, tools: [{ type: 'function', function: { name: 'x' } }] })).toBeGreaterThan(
    plain,
  );
  expect(await count({ messages: [{ ...HELLO[0], images: ['AAAA'] }] })).toBe(plain + 768);
});
