import type { StreamEvent } from '@openclaw/provider';
import { expect, onTestFinished, test } from 'vitest';
import { answer, failure, finish, start, startScripted, text } from '../../../test/scripted-runtime.ts';
import type { Script } from '../../../test/scripted-runtime.ts';

async function open(scripts?: readonly Script[], options: Parameters<typeof startScripted>[1] = {}) {
  const { gateway, runtime } = await startScripted(scripts, options);
  onTestFinished(() => gateway.close());
  const post = (path: string, body: object) =>
    fetch(gateway.url + path, { method: 'POST', body: JSON.stringify(body) });
  const chat = (more: object = {}) =>
    post('/api/chat', { model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...more });
  const generate = (more: object = {}) => post('/api/generate', { model: 'm', prompt: 'Hi', ...more });
  return { gateway, runtime, post, chat, generate };
}

async function lines(response: Response): Promise<any[]> {
  const body = await response.text();
  expect(body).toMatch(/\n$/);
  return body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const call = (argumentsText: string, name = 'f'): StreamEvent[] => [
  { type: 'tool-call-start', id: `id-${name}`, name },
  { type: 'tool-call-end', id: `id-${name}`, name, argumentsText },
];

test('streams one object a line, each with its message', async () => {
  const { chat } = await open([[start, { type: 'reasoning-delta', text: 'Hm.' }, text('Hel'), text('lo'), finish]]);
  const response = await chat();
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const parts = await lines(response);
  expect(parts.map(({ message, done }) => ({ message, done }))).toEqual([
    { message: { role: 'assistant', content: '', thinking: 'Hm.' }, done: false },
    { message: { role: 'assistant', content: 'Hel' }, done: false },
    { message: { role: 'assistant', content: 'lo' }, done: false },
    { message: { role: 'assistant', content: '' }, done: true },
  ]);
  for (const { model, created_at: createdAt } of parts) {
    expect(model).toBe('ollama/gpt-oss:20b');
    expect(new Date(createdAt).toISOString()).toBe(createdAt);
  }
  expect(parts.at(-1)).toMatchObject({ done_reason: 'stop', prompt_eval_count: 12, eval_count: 5 });
});

test('counts the tool calls, and keeps the digits of large numbers', async () => {
  const events = [
    start,
    ...call('{"n": 12345678901234567890,\n "s":"a"}'),
    ...call('', 'g'),
    { ...finish, reason: 'tool-calls' } as StreamEvent,
  ];
  const { chat } = await open([events]);
  const raw = await (await chat({ stream: false })).text();
  expect(raw).toContain('"arguments":{"n": 12345678901234567890,  "s":"a"}');
  expect(JSON.parse(raw)).toMatchObject({
    done_reason: 'stop',
    message: {
      content: '',
      tool_calls: [
        { id: 'id-f', function: { index: 0, name: 'f' } },
        { function: { index: 1, name: 'g', arguments: {} } },
      ],
    },
  });
  const parts = await lines(await chat());
  expect(parts.flatMap(({ message }) => message.tool_calls ?? [])).toMatchObject([
    { id: 'id-f', function: { index: 0, name: 'f', arguments: { s: 'a' } } },
    { id: 'id-g', function: { index: 1, name: 'g', arguments: {} } },
  ]);
});

test.each(['{"city":"Par', '[1]', '"x"', 'null', 'x'])(
  'never passes on arguments that are no object: %s',
  async (argumentsText) => {
    const { chat } = await open([[start, text('One'), ...call(argumentsText), finish]]);
    const whole = await chat({ stream: false });
    expect([whole.status, await whole.json()]).toEqual([502, { error: expect.stringContaining('not a JSON object') }]);
    const parts = await lines(await chat());
    expect(parts.at(-1)).toEqual({ error: expect.stringContaining('not a JSON object') });
    expect(parts.filter(({ done }) => done === true)).toEqual([]);
  },
);

test('uses the times that the server measured, in nanoseconds', async () => {
  const usage = { inputTokens: 12, outputTokens: 5, totalTokens: 17, loadMs: 2, promptMs: 3.5, outputMs: 40 };
  const { chat } = await open([[start, text('Hi'), { type: 'finish', reason: 'length', usage }]]);
  const measured = { done_reason: 'length', load_duration: 2e6, prompt_eval_duration: 3.5e6, eval_duration: 40e6 };
  expect(await (await chat({ stream: false })).json()).toMatchObject(measured);
  expect((await lines(await chat())).at(-1)).toMatchObject(measured);
});

test('leaves out counts that the server did not give', async () => {
  const { chat } = await open([[start, text('Hi'), { type: 'finish', reason: 'stop' }]]);
  const reply = await (await chat({ stream: false })).json();
  expect(reply).not.toHaveProperty('eval_count');
  expect(reply).toHaveProperty('total_duration');
});

test('hands on log probabilities', async () => {
  const logprobs = [{ token: 'Hi', logprob: -0.1 }];
  const { chat } = await open([[start, { type: 'text-delta', text: 'Hi', logprobs }, finish]]);
  expect((await lines(await chat()))[0]).toMatchObject({ logprobs, message: { content: 'Hi' } });
});

test('ends a stream that fails with a line that says why', async () => {
  const { chat, generate } = await open([[start, text('Hel'), failure('connection-failed', 'The server hung up.')]]);
  for (const ask of [chat, generate]) {
    const parts = await lines(await ask());
    expect(parts.at(-1)).toEqual({ error: 'The server hung up.' });
    expect(parts).toHaveLength(2);
  }
});

test('gives a failure before the first event its status, with a text', async () => {
  const { chat } = await open([[failure('overloaded', 'All busy.', { retryAfterMs: 2500 })]]);
  for (const stream of [false, true]) {
    const response = await chat({ stream });
    expect([response.status, await response.json()]).toEqual([503, { error: 'All busy.' }]);
    expect(response.headers.get('retry-after')).toBe('3');
  }
});

test.each(['/api/chat', '/api/generate'])('keeps %s alive with parts that every client can parse', async (path) => {
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  const { post } = await open([[opened, ...answer('Late.')]], { gateway: { limits: { keepAliveCommentMs: 5 } } });
  const response = await post(path, { model: 'm', prompt: 'Hi', messages: [{ role: 'user', content: 'Hi' }] });
  expect(response.status).toBe(200);
  resolve();
  const [first, ...rest] = await lines(response);
  expect(first).toMatchObject({
    model: 'm',
    done: false,
    ...(path === '/api/chat' ? { message: { content: '' } } : { response: '' }),
  });
  expect(rest.map((part) => part.message?.content ?? part.response).join('')).toBe('Late.');
});

test('answers /api/generate with a response in place of a message', async () => {
  const { generate, runtime } = await open([[start, { type: 'reasoning-delta', text: 'Hm.' }, text('Hello'), finish]]);
  const whole = await (await generate({ stream: false, system: 'Be short.' })).json();
  expect(whole).toMatchObject({ response: 'Hello', thinking: 'Hm.', done: true, done_reason: 'stop' });
  expect(whole).not.toHaveProperty('message');
  const parts = await lines(await generate());
  expect(parts.map(({ response }) => response)).toEqual(['', 'Hello', '']);
  expect(runtime.requests[0]?.messages[0]).toEqual({ role: 'system', content: 'Be short.' });
});

test.each([
  ['POST', '/api/chat', '{', 400],
  ['POST', '/api/chat', '{"messages":[{"role":"user","content":"Hi"}]}', 400],
  ['POST', '/api/chat', '{"model":"m","messages":"Hi"}', 400],
  ['POST', '/api/nothing', '{}', 404],
  ['DELETE', '/api/chat', '', 405],
])('refuses %s %s %s with a text', async (method, path, body, status) => {
  const { gateway } = await open();
  const response = await fetch(gateway.url + path, { method, ...(body !== '' && { body }) });
  expect([response.status, await response.json()]).toEqual([status, { error: expect.any(String) }]);
});

test('says that Ollama is running, except to browsers', async () => {
  const { gateway } = await open();
  const probe = await fetch(gateway.url);
  expect([probe.status, await probe.text()]).toEqual([200, 'Ollama is running']);
  const head = await fetch(gateway.url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '17']);
  const browser = await fetch(gateway.url, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
  expect(await browser.text()).toContain('<html');
});

test('has a version that clients can compare', async () => {
  const { gateway } = await open();
  const { version } = (await (await fetch(`${gateway.url}/api/version`)).json()) as { version: string };
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect((await fetch(`${gateway.url}/api/version`, { method: 'HEAD' })).status).toBe(200);
});
