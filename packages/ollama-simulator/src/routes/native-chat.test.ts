import { describe, expect, test } from 'vitest';
import type { OllamaSimulatorOptions } from '../index.ts';
import { CHAT, HELLO, lines, NATIVE_CHAT, post, readJson, running, start } from '../../test/simulator-client.ts';

const TOOLS = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } }];

/** One request to a simulator of its own. */
async function ask(body: object, options: OllamaSimulatorOptions = {}): Promise<Response> {
  const simulator = await start({ models: ['m'], ...options });
  return post(simulator.url + NATIVE_CHAT, { model: 'm', messages: HELLO, ...body });
}

describe('a streamed answer', () => {
  test('is lines, with thoughts, text, calls, and metrics on the last line', async () => {
    const response = await ask(
      { tools: TOOLS },
      {
        version: '0.17.4',
        reply: () => [
          { reasoning: 'Hm.' },
          { text: 'I look.' },
          { toolCall: { name: 'get_weather', arguments: { city: 'Oslo' } } },
        ],
      },
    );
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const received = lines(await response.text());
    expect(received.map(({ message }) => message)).toEqual([
      { role: 'assistant', content: '', thinking: 'Hm.' },
      { role: 'assistant', content: 'I look.' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: expect.stringMatching(/^call_[a-z0-9]{8}$/),
            function: { index: 0, name: 'get_weather', arguments: { city: 'Oslo' } },
          },
        ],
      },
      { role: 'assistant', content: '' },
    ]);
    expect(received.map(({ done }) => done)).toEqual([false, false, false, true]);
    expect(received.at(-1)).toMatchObject({
      model: 'm',
      done_reason: 'stop',
      prompt_eval_count: expect.any(Number),
      eval_count: 4,
      total_duration: expect.any(Number),
      load_duration: expect.any(Number),
      prompt_eval_duration: expect.any(Number),
      eval_duration: expect.any(Number),
    });
  });

  test.each([
    ['0.6.5', { function: { name: 'get_weather', arguments: {} } }],
    ['0.12.6', { function: { index: 0, name: 'get_weather', arguments: {} } }],
    ['0.17.4', { id: expect.any(String), function: { index: 0, name: 'get_weather', arguments: {} } }],
  ])('has a tool call as %s writes it', async (version, call) => {
    const response = await ask(
      { tools: TOOLS, stream: false },
      { version, reply: () => [{ toolCall: { name: 'get_weather' } }] },
    );
    expect((await readJson(response)).message.tool_calls).toEqual([call]);
  });

  test('reports an error in its middle as a line', async () => {
    const response = await ask({}, { reply: () => [{ text: 'First' }, { error: 'the runner is gone' }] });
    expect(lines(await response.text()).at(-1)).toEqual({ error: 'the runner is gone' });
  });

  test('reports an error before its first line with a status from 0.12.6', async () => {
    const reply = () => [{ error: 'the runner is gone' }];
    const early = await ask({}, { version: '0.12.5', reply });
    expect([early.status, lines(await early.text())]).toEqual([200, [{ error: 'the runner is gone' }]]);
    const late = await ask({}, { version: '0.12.6', reply });
    expect([late.status, late.headers.get('content-type'), await readJson(late)]).toEqual([
      500,
      'application/json',
      { error: 'the runner is gone' },
    ]);
  });

  test('ends without `done` after more than 30 equal tokens', async () => {
    const reply = () => ({ steps: [{ text: 'Stuck:' }, ...Array.from({ length: 40 }, () => ({ text: ' ha' }))] });
    const received = lines(await (await ask({}, { reply })).text());
    expect(received).toHaveLength(32);
    expect(received.at(-1)).toMatchObject({ message: { content: ' ha' }, done: false });
    const whole = await readJson(ask({ stream: false }, { reply }));
    expect(whole).toEqual({
      model: 'm',
      created_at: expect.any(String),
      message: { role: 'assistant', content: `Stuck:${' ha'.repeat(31)}` },
      done: false,
    });
  });
});

describe('a call in the text of the model', () => {
  const CALL = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Oslo"}}\n</tool_call>';
  const answer = async (text: string, { version = '0.17.4', verbatim = false } = {}) => {
    const response = ask({ tools: TOOLS, stream: false }, { version, reply: () => ({ steps: [{ text }], verbatim }) });
    const { message, eval_count: tokens } = await readJson(response);
    return { text: message.content, tools: message.tool_calls?.length ?? 0, tokens };
  };

  test('is a call, or disappears if it is broken or names another tool', async () => {
    expect(await answer(`Look.\n${CALL}`)).toEqual({ text: 'Look.\n', tools: 1, tokens: 2 });
    expect(await answer(CALL.replace('get_weather', 'fetch'))).toEqual({ text: '', tools: 0, tokens: 2 });
    expect(await answer(CALL.replace('}}', ', }}'))).toEqual({ text: '', tools: 0, tokens: 2 });
  });

  test('is a call of any tool before 0.8.0', async () => {
    expect(await answer(CALL.replace('get_weather', 'fetch'), { version: '0.7.1' })).toMatchObject({
      text: '',
      tools: 1,
    });
  });

  test('stays text in a script that says so, and from 0.30.0', async () => {
    expect(await answer(CALL, { verbatim: true })).toMatchObject({ text: CALL, tools: 0 });
    expect(await answer(CALL, { version: '0.30.0' })).toMatchObject({ text: CALL, tools: 0 });
  });
});

test('thoughts in the text of the model are parsed, too', async () => {
  const reply = () => ({ steps: [{ text: '<think>\nHm.\n</think>\n\nYes.' }], pieceLength: 3 });
  const { message } = await readJson(ask({ stream: false }, { version: '0.17.4', reply }));
  expect(message).toMatchObject({ thinking: 'Hm.\n', content: 'Yes.' });
});

test('from 0.14.0 the parser of templates gives arguments in another order, and sorts nested ones', async () => {
  const call = { name: 'get_weather', arguments: { b: 1, a: { d: 2, c: 3 } } };
  const order = async (version: string) => {
    const response = await ask({ tools: TOOLS, stream: false }, { version, reply: () => [{ toolCall: call }] });
    return JSON.stringify((await readJson(response)).message.tool_calls[0].function.arguments);
  };
  expect(await order('0.12.6')).toBe('{"a":{"c":3,"d":2},"b":1}');
  expect(await order('0.17.4')).toBe('{"a":{"c":3,"d":2},"b":1}');
  expect(await order('0.32.15')).toBe('{"b":1,"a":{"d":2,"c":3}}');
});

describe('`think`', () => {
  const reply = () => [{ reasoning: 'Hm.' }, { text: 'Yes.' }];
  const outcome = async (think: unknown, options: OllamaSimulatorOptions) => {
    const response = await ask({ think, stream: false }, { reply, ...options });
    const { message, error } = await readJson(response);
    return response.ok ? [message.thinking, message.content] : [response.status, error];
  };

  test.each([
    ['0.6.5', true, [undefined, '<think>\nHm.\n</think>\n\nYes.']],
    ['0.9.0', undefined, [undefined, '<think>\nHm.\n</think>\n\nYes.']],
    ['0.9.0', true, ['Hm.', 'Yes.']],
    ['0.9.0', false, [undefined, 'Yes.']],
    ['0.9.0', 'low', [400, 'json: cannot unmarshal string into Go struct field ChatRequest.think of type bool']],
    ['0.12.6', undefined, ['Hm.', 'Yes.']],
    ['0.12.6', 'low', [400, 'think value "low" is not supported for this model']],
    ['0.12.6', 'odd', [400, 'invalid think value: "odd" (must be "high", "medium", "low", true, or false)']],
    ['0.17.7', 'low', ['Hm.', 'Yes.']],
    ['0.21.0', 'max', [400, 'invalid think value: "max" (must be "high", "medium", "low", true, or false)']],
    ['0.22.0', 'max', ['Hm.', 'Yes.']],
  ])('in %s: %s', async (version, think, expected) => {
    expect(await outcome(think, { version })).toEqual(expected);
  });

  test('is refused for a model without thinking', async () => {
    const models = [{ name: 'm', capabilities: ['completion'] }];
    expect(await outcome(true, { version: '0.12.6', models })).toEqual([400, '"m" does not support thinking']);
    expect(await outcome(false, { version: '0.12.4', models })).toEqual([400, '"m" does not support thinking']);
    expect(await outcome(false, { version: '0.12.6', models })).toEqual([undefined, expect.stringContaining('Yes.')]);
  });

  test('takes a level for gpt-oss', async () => {
    const models = [{ name: 'm', family: 'gptoss' }];
    expect(await outcome('low', { version: '0.12.6', models })).toEqual(['Hm.', 'Yes.']);
  });
});

describe('a request without messages', () => {
  test('loads the model, and unloads it with `keep_alive: 0`', async () => {
    const simulator = await start({ models: ['m'] });
    const send = (body: object) =>
      readJson(post(simulator.url + NATIVE_CHAT, { model: 'm', messages: [], stream: true, ...body }));
    expect(await send({})).toMatchObject({ done: true, done_reason: 'load', message: { content: '' } });
    expect(await running(simulator.url)).toHaveLength(1);
    expect(await send({ keep_alive: 0 })).toMatchObject({ done: true, done_reason: 'unload' });
    expect(await running(simulator.url)).toHaveLength(0);
  });

  test('frees a slot that stays taken after an answer', async () => {
    const simulator = await start({ models: ['m'] });
    simulator.enqueue({ steps: [{ error: 'XML syntax error' }], blocksSlot: true });
    const ask = () => post(simulator.url + CHAT, { model: 'm', messages: HELLO });
    expect((await ask()).status).toBe(500);
    const next = ask();
    await simulator.journal.waitFor(({ number, phase }) => number === 2 && phase === 'queued');
    await post(simulator.url + NATIVE_CHAT, { model: 'm', messages: [], keep_alive: 0 });
    expect((await next).status).toBe(200);
  });
});

test('`keep_alive` decides how long the model stays loaded', async () => {
  let time = 1_800_000_000_000;
  const simulator = await start({ models: ['m'], now: () => time });
  const send = async (keepAlive: unknown) => {
    await (await post(simulator.url + NATIVE_CHAT, { model: 'm', messages: HELLO, keep_alive: keepAlive })).text();
    return running(simulator.url);
  };
  expect(await send('1h30m')).toMatchObject([{ expires_at: new Date(time + 5_400_000).toISOString() }]);
  expect(await send(undefined)).toMatchObject([{ expires_at: new Date(time + 5_400_000).toISOString() }]);
  expect(await send(90)).toMatchObject([{ expires_at: new Date(time + 90_000).toISOString() }]);
  time += 90_001;
  expect(await running(simulator.url)).toEqual([]);
  const [forever]: any[] = await send(-1);
  expect(Number(forever.expires_at.slice(0, 4))).toBeGreaterThan(2300);
  expect(await send(0)).toEqual([]);
});

test.each([
  ['', 'missing request body'],
  ['{"messages":[]}', 'model is required'],
  [
    '{"model":"m","messages":[{"role":"user","content":[]}]}',
    'json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string',
  ],
  [
    '{"model":"m","messages":[{"role":"user","content":"","images":["data:image/png;base64,AA"]}]}',
    'illegal base64 data at input byte 4',
  ],
  ['{"model":"m","keep_alive":"soon"}', 'time: invalid duration "soon"'],
  ['{"model":"m","keep_alive":"5"}', 'time: missing unit in duration "5"'],
])('refuses %s', async (body, message) => {
  const simulator = await start({ models: ['m'] });
  const response = await post(simulator.url + NATIVE_CHAT, body);
  expect([response.status, await readJson(response)]).toEqual([400, { error: message }]);
});

test.each([
  ['num_ctx', 'many', 'option "num_ctx" must be of type integer'],
  ['temperature', 'hot', 'option "temperature" must be of type float32'],
  ['stop', 'END', 'option "stop" must be of type array'],
  ['stop', [1], 'option "stop" must be of an array of strings'],
])('refuses the option %s: %s', async (name, value, message) => {
  const response = await ask({ options: { [name]: value, unknown: true } });
  expect([response.status, await readJson(response)]).toEqual([500, { error: message }]);
});

test('`num_predict` and `stop` end an answer', async () => {
  const reply = () => ({ steps: [{ text: 'Hello from the tape.' }], pieceLength: 4 });
  const limited = await readJson(ask({ stream: false, options: { num_predict: 2 } }, { reply }));
  expect(limited).toMatchObject({ message: { content: 'Hello fr' }, done_reason: 'length', eval_count: 2 });
  const stopped = await readJson(ask({ stream: false, options: { stop: [' the'] } }, { reply }));
  expect(stopped).toMatchObject({ message: { content: 'Hello from' }, done_reason: 'stop' });
});
