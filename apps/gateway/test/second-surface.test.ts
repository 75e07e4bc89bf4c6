import { ProviderError } from '@openclaw/provider';
import { expect, onTestFinished, test } from 'vitest';
import { answer as answerWith } from '../src/answer.ts';
import { createRoutes } from '../src/app.ts';
import type { Route } from '../src/http/route.ts';
import type { Surface } from '../src/surfaces/surface.ts';
import { answer, failure, start, startScripted, text } from './scripted-runtime.ts';
import type { Script } from './scripted-runtime.ts';
import { sendRaw } from './send-raw.ts';

/** A client API unlike OpenAI's: errors are strings, streams are lines. */
const LINES: Surface<{ readonly id: string }> = {
  parse(body, { unique }) {
    const { prompt, stream } = body as { prompt?: unknown; stream?: boolean };
    if (typeof prompt !== 'string') throw new ProviderError('invalid-request', 'There is no prompt.');
    const request = { messages: [{ role: 'user' as const, content: prompt }] };
    return { request, stream: stream === true, reply: { id: unique } };
  },
  encodeAnswer: (message, { id }) => JSON.stringify({ id, response: message.text }),
  streamHeaders: ['content-type', 'application/x-ndjson'],
  createStreamEncoder: () => ({
    encode: (event) => (event.type === 'text-delta' ? `${JSON.stringify({ response: event.text })}\n` : ''),
    keepAlive: () => '',
    fail: (failed) => `${LINES.encodeError(failed).body}\n`,
  }),
  encodeError: ({ status, message }) => ({
    status: status === 503 ? 529 : status,
    headers: { 'x-lines': 'error' },
    body: JSON.stringify({ error: message }),
  }),
};

const LINES_ROUTE: Route = {
  method: 'POST',
  path: '/api/lines',
  handler: answerWith(LINES),
  surface: LINES,
  access: 'owner',
  asksModels: true,
};

async function open(scripts?: readonly Script[], options: Parameters<typeof startScripted>[1] = {}) {
  const { gateway, runtime } = await startScripted(scripts, { ...options, routes: [...createRoutes(), LINES_ROUTE] });
  onTestFinished(() => gateway.close());
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${gateway.url}${path}`, { method: 'POST', body, headers });
  return { gateway, runtime, post };
}

const asked = '{"prompt":"Hi"}';
const streamed = '{"prompt":"Hi","stream":true}';

/** The shapes of an error: of the lines, of OpenAI, and of endpoints that belong to no API. */
const line = { error: expect.any(String) };
const openai = {
  error: { message: expect.any(String), type: expect.any(String), param: null, code: expect.any(String) },
};
const plain = { error: { message: expect.any(String), code: expect.any(String) } };

test('answers whole and streamed in its own words', async () => {
  const { post } = await open([answer('Hel', 'lo')]);
  expect(await (await post('/api/lines', asked)).json()).toEqual({ id: expect.any(String), response: 'Hello' });
  const stream = await post('/api/lines', streamed);
  expect(stream.headers.get('content-type')).toBe('application/x-ndjson');
  expect(stream.headers.get('x-openclaw-model')).toBe('ollama/gpt-oss:20b');
  expect(await stream.text()).toBe('{"response":"Hel"}\n{"response":"lo"}\n');
});

test.each([
  ['/api/lines', line],
  ['/v1/chat/completions', openai],
  ['/v1/models', openai],
  ['/status', plain],
  ['/metrics', plain],
])('refuses %s without the token in the shape of its API', async (path, shape) => {
  const { gateway } = await open(undefined, { token: 'right' });
  const method = path === '/api/lines' || path === '/v1/chat/completions' ? 'POST' : 'GET';
  const response = await fetch(`${gateway.url}${path}`, { method });
  expect([response.status, await response.json()]).toEqual([401, shape]);
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="openclaw"');
});

test.each([
  ['/api/lines/unknown', line],
  ['/api/unknown', line],
  ['/v1/unknown', openai],
  ['/v1', openai],
  ['/v10', plain],
  ['/unknown', plain],
  [`/v1${'/x'.repeat(5_000)}`, openai],
])('has nothing at %.20s, and says so in the shape of the API above it', async (path, shape) => {
  const { post } = await open();
  const response = await post(path, asked);
  expect([response.status, await response.json()]).toEqual([404, shape]);
});

test.each([
  ['/api/lines', line],
  ['/v1/chat/completions', openai],
  ['/healthz', plain],
])('refuses a method that %s does not know in its shape', async (path, shape) => {
  const { gateway } = await open();
  const response = await fetch(`${gateway.url}${path}`, { method: 'DELETE' });
  expect([response.status, await response.json()]).toEqual([405, shape]);
  expect(response.headers.get('allow')).toContain('OPTIONS');
});

test.each([
  ['/api/lines', line],
  ['/v1/embeddings', openai],
])('refuses what is too large, foreign or wrong at %s in its shape', async (path, shape) => {
  const { post, gateway } = await open(undefined, { gateway: { limits: { maxBodyBytes: 1_000 } } });
  const replies = [
    await post(path, JSON.stringify({ prompt: 'x'.repeat(2_000) })),
    await post(path, asked, { 'content-encoding': 'compress' }),
    await post(path, asked, { origin: 'http://evil.example' }),
    await post(path, '{'),
  ];
  expect(replies.map(({ status }) => status)).toEqual([413, 415, 403, 400]);
  for (const reply of replies) expect(await reply.json()).toEqual(shape);
  const spoilt = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n`;
  const { status, body } = await sendRaw(gateway.port, spoilt);
  expect([status, JSON.parse(body)]).toEqual([400, shape]);
});

test('refuses a wrong request in the shape of its API', async () => {
  const { post } = await open();
  const response = await post('/api/lines', '{}');
  expect([response.status, await response.json()]).toEqual([400, { error: 'There is no prompt.' }]);
});

test('gives a failure before the first event its own status and headers', async () => {
  const { post } = await open([[failure('overloaded', 'All busy.', { retryAfterMs: 2500 })]]);
  for (const body of [asked, streamed]) {
    const response = await post('/api/lines', body);
    expect([response.status, await response.json()]).toEqual([529, { error: 'All busy.' }]);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(response.headers.get('x-lines')).toBe('error');
  }
});

test('ends a stream that fails in its own words', async () => {
  const { post } = await open([[start, text('Hel'), failure('connection-failed', 'The server hung up.')]]);
  expect(await (await post('/api/lines', streamed)).text()).toBe(
    '{"response":"Hel"}\n{"error":"The server hung up."}\n',
  );
});

test('opens a stream that has no keep-alive after a silence all the same', async () => {
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  const { post } = await open([[opened, start, text('Late.'), failure('timeout', 'Too slow.')]], {
    gateway: { limits: { keepAliveCommentMs: 5 } },
  });
  const response = await post('/api/lines', streamed);
  expect(response.status).toBe(200);
  resolve();
  expect(await response.text()).toBe('{"response":"Late."}\n{"error":"Too slow."}\n');
});
