import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sendRaw } from './send-raw.ts';
import { startStack, STREAMING } from './start-stack.ts';
import type { Stack } from './start-stack.ts';
import { SURFACES } from './surfaces-under-test.ts';

/** A valid request, of which one part is then spoilt. */
const valid = {
  model: 'openclaw',
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'c', content: '1' },
  ],
  tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
  tool_choice: 'auto',
  response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } },
  stop: ['END'],
  seed: 1,
  temperature: 0.1,
  max_tokens: 5,
  stream: false,
  stream_options: { include_usage: true },
};

/** Places whose type is checked, each with values that are not of it. */
const SPOILT: [path: (string | number)[], wrong: unknown[]][] = [
  [['model'], [1, {}, [], true, '']],
  [['messages'], [null, 1, 'x', {}, []]],
  [
    ['messages', 0],
    [null, 1, 'x', []],
  ],
  [
    ['messages', 0, 'role'],
    [null, 1, 'robot', {}],
  ],
  [
    ['messages', 0, 'content'],
    [1, {}, true, [1], [{ type: 'text' }]],
  ],
  [
    ['messages', 1, 'content'],
    [null, 1, {}, [null], [{}], [{ type: 'text', text: 1 }]],
  ],
  [
    ['messages', 1, 'content', 1, 'image_url'],
    [null, 1, {}, { url: 'file:///etc/passwd' }, { url: 'gopher://x' }],
  ],
  [
    ['messages', 2, 'tool_calls'],
    [1, 'x', [null], [{}], [{ function: { name: 1 } }]],
  ],
  [
    ['messages', 3, 'tool_call_id'],
    [null, 1, {}],
  ],
  [['tools'], [1, 'x', {}, [null], [{ type: 'function' }], [{ type: 'function', function: { name: '' } }]]],
  [['tool_choice'], [1, 'some', {}, { type: 'function' }, { type: 'function', function: { name: 'g' } }]],
  [['response_format'], [1, 'json', {}, { type: 'json_schema' }]],
  [['stop'], [1, {}, [1]]],
  [['seed'], ['x', 1.5, {}]],
  [['temperature'], ['hot', {}, []]],
  [['max_tokens'], [0, -2, 1.5, 'many']],
  [['stream'], [1, 'yes', {}]],
  [['stream_options'], [1, 'x', []]],
  [['n'], [2, 0, 'x', {}]],
];

test('spoilt requests are refused with the field that is wrong, and nothing reaches the model', async () => {
  const stack = await startStack();
  const cases = fc.constantFrom(...SPOILT.flatMap(([path, wrong]) => wrong.map((value) => ({ path, value }))));
  await fc.assert(
    fc.asyncProperty(cases, async ({ path, value }) => {
      const response = await stack.chat(replaced(valid, { path, value }) as object);
      expect(response.status).toBe(400);
      const { error } = (await response.json()) as { error: { type: string; param: string } };
      expect(error.type).toBe('invalid_request_error');
      expect(error.param).toMatch(new RegExp(`^${path[0]}`));
    }),
    { numRuns: 300 },
  );
  expectNothingUpstream(stack);
});

test('bytes that are no JSON are refused, and nothing reaches the model', async () => {
  const stack = await startStack();
  const text = JSON.stringify(valid);
  const cut = fc.nat(text.length - 1).map((length) => text.slice(0, length));
  const swapped = fc
    .tuple(fc.nat(text.length - 1), fc.constantFrom('}', '"', '\\', '\u0000', ','))
    .map(([at, character]) => text.slice(0, at) + character + text.slice(at + 1))
    .filter((body) => !isJson(body));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        cut,
        swapped,
        fc.string().filter((body) => !isJson(body)),
      ),
      async (body) => {
        const response = await stack.chat({}, { body });
        expect(response.status).toBe(400);
        expect(await response.json()).toHaveProperty('error.message');
      },
    ),
    { numRuns: 200 },
  );
  expectNothingUpstream(stack);
});

test.each(SURFACES)('JSON of any shape gets a 400 in the shape of $api, never a crash', async (surface) => {
  const stack = await startStack();
  await fc.assert(
    fc.asyncProperty(fc.json({ depthSize: 'large' }), async (body) => {
      const response = await fetch(`${stack.gateway.url}${surface.path}`, { method: 'POST', body });
      expect(response.status).toBe(400);
      expect(surface.errorIn(await response.text())).toMatchObject(surface.errorShape);
    }),
    { numRuns: 200 },
  );
  expectNothingUpstream(stack);
});

test.each(SURFACES)('deep nesting, bytes that are no JSON and large bodies get a 4xx of $api', async (surface) => {
  const stack = await startStack({ config: { gateway: { limits: { maxBodyBytes: 100_000 } } } });
  const deep = JSON.stringify({ ...surface.body, x: null }).replace('null', `${'['.repeat(500)}${']'.repeat(500)}`);
  const replies: number[] = [];
  for (const body of [deep, '{', 'x'.repeat(200_000)]) {
    const response = await fetch(`${stack.gateway.url}${surface.path}`, { method: 'POST', body });
    expect(surface.errorIn(await response.text())).toMatchObject({ message: surface.errorShape.message });
    replies.push(response.status);
  }
  expect(replies).toEqual([400, 400, 413]);
  expectNothingUpstream(stack);
});

test.each([
  ['deep nesting', '['.repeat(100_000), 400],
  [
    'deep nesting in a schema',
    `{"messages":[{"role":"user","content":"x"}],"x":${'['.repeat(500)}${']'.repeat(500)}}`,
    400,
  ],
  ['a prototype in place of messages', '{"__proto__":{"messages":[]}}', 400],
  ['a string where an object belongs', '"x"', 400],
])('%s is refused', async (_name, body, status) => {
  const stack = await startStack();
  expect((await stack.chat({}, { body })).status).toBe(status);
  expectNothingUpstream(stack);
});

test('a body over the limit is refused, announced or not, and the client can read why', async () => {
  const stack = await startStack({ config: { gateway: { limits: { maxBodyBytes: 100_000 } } } });
  const big = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(5_000_000) }] });
  const unannounced = { body: new Blob([big]).stream(), duplex: 'half' } as RequestInit;
  for (const init of [{ body: big }, unannounced]) {
    const response = await stack.chat({}, init);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'body_too_large' } });
  }
  expectNothingUpstream(stack);
});

test.each([
  ['GET', '/v1/chat/completions', 405],
  ['DELETE', '/v1/models', 405],
  ['POST', '/v1/unknown', 404],
  ['PUT', '/v1/responses', 405],
  ['GET', '/../etc/passwd', 404],
  ['GET', '/v1/models/%zz', 400],
  ['GET', '/v1/models/none', 404],
  ['GET', '//evil.example/status', 404],
])('%s %s is refused in JSON', async (method, path, status) => {
  const { gateway } = await startStack();
  const reply = await sendRaw(
    gateway.port,
    `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  );
  expect(reply.status).toBe(status);
  expect(JSON.parse(reply.body)).toHaveProperty('error.code');
});

test.each([
  ['what is no HTTP', 'EHLO example.com\r\n\r\n', 400],
  ['headers that are too large', `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
  [
    'two lengths',
    'POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    400,
  ],
  [
    'a length beside chunks',
    'POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
])('%s is refused, and the connection closed', async (_name, bytes, status) => {
  const { gateway } = await startStack();
  expect((await sendRaw(gateway.port, bytes)).status).toBe(status);
});

test('a body that does not arrive in time times out', async () => {
  const { gateway } = await startStack({
    config: { gateway: { limits: { headersTimeoutMs: 100, bodyTimeoutMs: 100 } } },
  });
  const reply = await sendRaw(
    gateway.port,
    'POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"mess',
  );
  expect(reply.status).toBe(408);
});

test('bytes that are no request do not end up in the reply to the one before them', async () => {
  const { gateway, simulator } = await startStack({ config: STREAMING });
  simulator.enqueue([{ text: 'First' }, { stall: true }]);
  const body = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], stream: true });
  const socket = connect(gateway.port, '127.0.0.1');
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  let text = '';
  socket.on('data', (data) => {
    text += data;
    if (text.includes('First')) socket.write('no request\r\n\r\n');
  });
  await new Promise((resolve) => socket.on('close', resolve));
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  expect(text).not.toMatch(/\[DONE\]|\r\n0\r\n/);
  await simulator.journal.waitForClientLeft();
});

test('a POST, a GET and garbage in one piece are answered in order', async () => {
  const { gateway } = await startStack();
  const body = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }] });
  const socket = connect(gateway.port, '127.0.0.1');
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
      'GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\nno request\r\n\r\n',
  );
  let text = '';
  socket.on('data', (data) => (text += data));
  await new Promise((resolve) => socket.on('close', resolve));
  expect(text).toMatch(
    /^HTTP\/1\.1 200.*"chat\.completion".*HTTP\/1\.1 200.*"object":"list".*HTTP\/1\.1 400.*not an HTTP request/s,
  );
});

test.each([
  ['objects in a field that is not known', `"x":[${'{},'.repeat(6_600_000)}0]`],
  ['keys in an object that is not known', `"x":{${keys(1_200_000)}}`],
  ['fields that are not known', keys(400_000)],
  ['messages', `"m":[${'{"role":"user","content":""},'.repeat(600_000)}0]`],
])('a large body of %s is refused before it has arrived, and costs the others nothing', async (_name, fields) => {
  const { chat, simulator } = await startStack();
  const response = await chat({}, { body: `{"messages":[{"role":"user","content":"hi"}],${fields}}` });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    error: { code: 'body_too_large', message: expect.stringContaining('more than 100000 objects, arrays and strings') },
  });
  expect(simulator.journal.of('/v1/chat/completions')).toEqual([]);
});

function keys(count: number): string {
  return Array.from({ length: count }, (_, index) => `"k${index}":0`).join();
}

test('large bodies get room in memory up to the limit, and give it back', async () => {
  const { gateway, chat, simulator } = await startStack({
    config: { gateway: { limits: { maxBodyBytes: 10_000_000, maxBufferedBytes: 20_000_000 } } },
    simulator: { models: [{ name: 'gpt-oss:20b', contextLength: 16_000_000 }] },
  });
  simulator.enqueue([{ stall: true }, { text: 'Done.' }], [{ stall: true }, { text: 'Done.' }]);
  const large = { messages: [{ role: 'user', content: 'x'.repeat(6_000_000) }] };
  const held = [chat(large), chat(large)];
  await untilBodyBytes(gateway.url, (bytes) => bytes > 12_000_000);
  const refused = await chat(large);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ error: { code: 'too_many_requests', type: 'overloaded_error' } });
  // Long prompts go to the native API.
  const stalled = () => simulator.journal.of('/api/chat').filter(({ phase }) => phase === 'stalled').length;
  await simulator.journal.waitFor(() => stalled() === 2);
  expect((await chat({})).status).toBe(200);
  simulator.release();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
  await untilBodyBytes(gateway.url, (bytes) => bytes === 0);
});

/** Asks the gateway until the bytes of bodies that it holds are as expected. */
async function untilBodyBytes(url: string, holds: (bytes: number) => boolean): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    if (holds(Number(/^openclaw_body_bytes (\d+)$/m.exec(text)?.[1] ?? Number.NaN))) return;
  }
}

test.each(['/v1/chat/completions', '/v1/embeddings'])(
  'a name of a model that fills a book is neither kept nor logged by %s',
  async (path) => {
    const { gateway } = await startStack();
    const body = JSON.stringify({ model: 'm'.repeat(100_000), messages: [{ role: 'user', content: 'Hi' }] });
    const response = await fetch(gateway.url + path, { method: 'POST', body });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('at most 512 characters')]);
    expect((await (await fetch(`${gateway.url}/status`)).text()).length).toBeLessThan(10_000);
  },
);

test.each([
  ['no name of its host', '', 400],
  ['an unknown expectation', 'Host: localhost\r\nExpect: wonders\r\n', 200],
])('a request with %s gets an answer in JSON', async (_name, headers, status) => {
  const { gateway } = await startStack();
  const reply = await sendRaw(gateway.port, `GET /healthz HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
  expect(reply.status).toBe(status);
  expect(isJson(reply.body)).toBe(true);
});

test.each([
  ['two of them', 'Host: localhost\r\nHost: evil.example\r\n'],
  ['two that say the same', 'Host: localhost\r\nAccept: */*\r\nhOST: localhost\r\n'],
  ['an empty one beside another', 'Host:\r\nHost: localhost\r\n'],
  ['a list', 'Host: localhost, localhost\r\n'],
  ['a list of blanks', 'Host: localhost evil.example\r\n'],
])('a request whose `Host` is %s is refused, for a path and for a whole URL', async (_name, headers) => {
  const { gateway } = await startStack();
  for (const target of ['/healthz', 'http://localhost/healthz']) {
    const reply = await sendRaw(gateway.port, `GET ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body).error).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('more than one host'),
    });
  }
});

test("clients' headers and credentials stay here", async () => {
  const { gateway, chat, simulator } = await startStack({ token: 'gateway-secret' });
  const headers = {
    authorization: 'Bearer gateway-secret',
    cookie: 'a=b',
    'x-forwarded-for': '1.2.3.4',
    'x-api-key': 'k',
  };
  await chat({}, { headers });
  await fetch(`${gateway.url}/v1/embeddings`, {
    method: 'POST',
    headers,
    body: '{"model":"ollama/nomic-embed-text","input":"x"}',
  });
  const seen = [...simulator.journal.of('/v1/chat/completions'), ...simulator.journal.of('/v1/embeddings')];
  expect(seen).toHaveLength(2);
  expect(seen.flatMap((entry) => Object.keys(entry.headers))).not.toEqual(
    expect.arrayContaining(['cookie', 'x-forwarded-for', 'x-api-key', 'origin']),
  );
  expect(JSON.stringify(seen)).not.toContain('gateway-secret');
});

function expectNothingUpstream({ simulator }: Stack): void {
  expect(simulator.journal.of('/v1/chat/completions')).toEqual([]);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A copy with another value at a path. */
function replaced(
  value: unknown,
  { path: [key, ...path], value: next }: { path: (string | number)[]; value: unknown },
): unknown {
  if (key === undefined) return next;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...(value as object) };
  copy[key] = replaced(copy[key], { path, value: next });
  return copy;
}
