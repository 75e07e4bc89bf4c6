import { expect, onTestFinished, test } from 'vitest';
import { answer, failure, start, startScripted, text } from './scripted-runtime.ts';
import type { Script } from './scripted-runtime.ts';
import { sendRaw } from './send-raw.ts';

async function open(scripts?: readonly Script[], options: Parameters<typeof startScripted>[1] = {}) {
  const { gateway, runtime } = await startScripted(scripts, options);
  onTestFinished(() => gateway.close());
  const url = `${gateway.url}/v1/responses`;
  const create = (body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { gateway, runtime, url, create };
}

const json = (response: Response) => response.json() as Promise<Record<string, unknown>>;

test('streams are kept as whole answers are', async () => {
  const { url, create } = await open([answer('Hel', 'lo')]);
  const body = await (await create({ input: 'Hi', stream: true })).text();
  const id = /"id":"(resp_\w+)"/.exec(body)?.[1] ?? '';
  expect(await json(await fetch(`${url}/${id}`))).toMatchObject({
    id,
    status: 'completed',
    output: [{ content: [{ text: 'Hello' }] }],
  });
});

test('a response that failed is not kept', async () => {
  const { url, create } = await open([[start, text('Hel'), failure('connection-failed', 'It hung up.')]]);
  const body = await (await create({ input: 'Hi', stream: true })).text();
  expect(body).toMatch(/event: response\.failed\ndata: [^\n]*\n\n$/);
  const id = /"id":"(resp_\w+)"/.exec(body)?.[1] ?? '';
  expect((await fetch(`${url}/${id}`)).status).toBe(404);
});

test('lists the items of the input in pages', async () => {
  const { url, create } = await open();
  const input = ['a', 'b', 'c'].map((id) => ({ id, role: 'user', content: id }));
  const { id } = await json(await create({ input }));
  const list = async (query: string) => {
    const { data, ...page } = await json(await fetch(`${url}/${String(id)}/input_items${query}`));
    return { ids: (data as { id: string }[]).map((item) => item.id), ...page };
  };
  const object = 'list';
  expect(await list('')).toEqual({ object, ids: ['c', 'b', 'a'], first_id: 'c', last_id: 'a', has_more: false });
  expect(await list('?order=asc&limit=2')).toMatchObject({ ids: ['a', 'b'], last_id: 'b', has_more: true });
  expect(await list('?order=asc&after=b')).toMatchObject({ ids: ['c'], has_more: false });
  expect(await list('?after=a')).toEqual({ object, ids: [], first_id: null, last_id: null, has_more: false });
  const wrong = await fetch(`${url}/${String(id)}/input_items?limit=0`);
  expect([wrong.status, await json(wrong)]).toMatchObject([400, { error: { param: 'limit' } }]);
});

test('deletes a response', async () => {
  const { url, create } = await open();
  const { id } = await json(await create({ input: 'Hi' }));
  const remove = () => fetch(`${url}/${String(id)}`, { method: 'DELETE' });
  expect(await json(await remove())).toEqual({ id, object: 'response', deleted: true });
  expect((await remove()).status).toBe(404);
});

test.each([
  ['GET', '/resp_unknown'],
  ['GET', '/resp_unknown/input_items'],
  ['DELETE', '/resp_unknown'],
  ['POST', '/resp_unknown/cancel'],
  ['POST', '/compact'],
  ['POST', '/input_tokens'],
])("%s of %s is not found, in OpenAI's shape", async (method, path) => {
  const { url } = await open();
  const response = await fetch(url + path, { method });
  expect(response.status).toBe(404);
  expect(await json(response)).toEqual({
    error: { message: expect.any(String), type: 'invalid_request_error', param: null, code: 'not_found' },
  });
});

test('a response that has ended cannot be cancelled', async () => {
  const { url, create } = await open();
  const { id } = await json(await create({ input: 'Hi' }));
  const response = await fetch(`${url}/${String(id)}/cancel`, { method: 'POST' });
  expect([response.status, await json(response)]).toMatchObject([
    400,
    { error: { type: 'invalid_request_error', message: expect.stringContaining('close its connection') } },
  ]);
});

test('says what to do in place of compaction', async () => {
  const { url } = await open();
  const { error } = await json(await fetch(`${url}/compact`, { method: 'POST' }));
  expect(error).toMatchObject({ message: expect.stringContaining('set its context window') });
});

test('a WebSocket is refused with 426, which sends Codex to HTTP', async () => {
  const { gateway, url } = await open();
  const head = 'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13';
  const { status, body } = await sendRaw(gateway.port, `GET /v1/responses HTTP/1.1\r\n${head}\r\n\r\n`);
  expect([status, JSON.parse(body)]).toMatchObject([426, { error: { code: 'upgrade_not_supported' } }]);
  expect((await fetch(url)).status).toBe(405);
});

test('needs the token', async () => {
  const { url, create } = await open(undefined, { token: 'right' });
  expect((await create({ input: 'Hi' })).status).toBe(401);
  for (const method of ['GET', 'DELETE']) expect((await fetch(`${url}/resp_1`, { method })).status).toBe(401);
});

test.each([
  ['overloaded', 503, 'server_is_overloaded'],
  ['rate-limited', 429, 'rate_limit_exceeded'],
  ['context-length-exceeded', 400, 'context_length_exceeded'],
  ['model-not-found', 404, 'model_not_found'],
] as const)(
  '%s before the first event is a status, with the code that clients look for',
  async (code, status, words) => {
    const { create } = await open([[failure(code, 'No.')]]);
    for (const stream of [false, true]) {
      const response = await create({ input: 'Hi', stream });
      expect([response.status, await json(response)]).toMatchObject([status, { error: { code: words } }]);
    }
  },
);

test.each([
  [{ input: 'Hi', background: true }, 'unsupported_parameter', 'background'],
  [{ input: 'Hi', previous_response_id: 'resp_9' }, 'previous_response_not_found', 'previous_response_id'],
  [{ input: [{ type: 'item_reference', id: 'msg_9' }] }, 'item_not_found', 'input[0].id'],
])('%j is refused with its code', async (body, code, param) => {
  const { create, runtime } = await open();
  const response = await create(body);
  expect([response.status, await json(response)]).toMatchObject([400, { error: { code, param } }]);
  expect(runtime.requests).toEqual([]);
});

test('a tool that no model here can run is logged once', async () => {
  const lines: object[] = [];
  const logger = { debug() {}, warn() {}, error() {}, info: (fields: object) => lines.push(fields) };
  const { create } = await open(undefined, { logger });
  await create({ input: 'Hi', tools: [{ type: 'web_search' }] });
  await create({ input: 'Hi', tools: [{ type: 'web_search' }] });
  expect(lines.filter((fields) => 'leftOut' in fields)).toMatchObject([{ leftOut: ['the tool type "web_search"'] }]);
});

test('a silence before the first event is filled with events that Codex counts', async () => {
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  const { create } = await open([[opened, ...answer('Late.')]], { gateway: { limits: { keepAliveCommentMs: 5 } } });
  const response = await create({ input: 'Hi', stream: true });
  expect(response.status).toBe(200);
  resolve();
  const names = [...(await response.text()).matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
  expect(names.slice(0, 3)).toEqual(['response.created', 'response.in_progress', 'keepalive']);
  expect(names.at(-1)).toBe('response.completed');
});
