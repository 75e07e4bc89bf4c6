import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { startLogged } from './start-logged.ts';
import { say, startStack } from './start-stack.ts';
import type { Stack, StackOptions } from './start-stack.ts';
import { SURFACES } from './surfaces-under-test.ts';

// Files are looked at twice a second, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const agents = { defaults: { model: { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/qwen3:8b'] } } };
const hash = (token: string) => `sha256:${createHash('sha256').update(token).digest('hex')}`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function configWith(tokens: object, auth: object = { token: 'owner-token' }) {
  return { agents, gateway: { reload: { debounceMs: 0 }, auth: { ...auth, tokens } } };
}

/** A gateway with an owner and the client `ci`. */
async function start(ci: object = {}, options: StackOptions = {}) {
  const stack = await startStack({ config: configWith({ ci: { token: hash('ci-token'), ...ci } }), ...options });
  return { ...stack, ...requesterOf(stack) };
}

function chatsOf({ journal }: Stack['simulator']) {
  return journal.entries.filter(({ path }) => path.includes('chat'));
}

function requesterOf({ gateway }: Pick<Stack, 'gateway'>) {
  const send = (path: string, { token = 'ci-token', body }: { token?: string; body?: object } = {}) =>
    fetch(gateway.url + path, {
      headers: bearer(token),
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  return {
    send,
    json: async (path: string, options?: { token?: string; body?: object }) =>
      (await (await send(path, options)).json()) as Record<string, never>,
  };
}

test.each([
  ['hashed', hash('ci-token')],
  ['plain', 'ci-token'],
])('a %s token is recognised', async (_, token) => {
  const { send } = await start({ token });
  expect((await send('/v1/models')).status).toBe(200);
  expect((await send('/v1/models', { token: 'other' })).status).toBe(401);
  expect((await send('/v1/models', { token: hash('ci-token') })).status).toBe(401);
});

test.each(['/status', '/metrics', '/connect', '/api/blobs/sha256:1'])('%s is for the owner only', async (path) => {
  const { send } = await start();
  const refused = await send(path);
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('is for the owner of the gateway, and ci is one of its clients');
  expect((await send(path, { token: 'owner-token' })).status).not.toBe(401);
});

test('clients cannot manage models, even if the gateway does', async () => {
  const config = configWith({ ci: { token: 'ci-token' } });
  const managed = { ...config, gateway: { ...config.gateway, ollama: { manage: true } } };
  const { send } = requesterOf(await startStack({ config: managed }));
  const pull = await send('/api/pull', { body: { model: 'another', stream: false } });
  expect([pull.status, await pull.json()]).toEqual([403, { error: expect.stringContaining('may not change models') }]);
  expect((await send('/api/pull', { body: { model: 'qwen3:8b', stream: false } })).status).toBe(200);
});

test('without an owner every request needs a token', async () => {
  const stack = await startStack({ config: configWith({ ci: { token: 'ci-token' } }, {}) });
  const { send } = requesterOf(stack);
  expect(stack.gateway.requiresToken).toBe(true);
  expect((await fetch(`${stack.gateway.url}/v1/models`)).status).toBe(401);
  expect((await fetch(`${stack.gateway.url}/status`)).status).toBe(401);
  expect((await send('/status')).status).toBe(403);
  expect((await send('/v1/models')).status).toBe(200);
});

const LISTS = [
  ["OpenAI's list", '/v1/models', {}],
  ["Anthropic's list", '/v1/models', { 'anthropic-version': '2023-06-01' }],
  ["Codex' list", '/v1/models?client_version=1.0.0', {}],
  ["Ollama's list", '/api/tags', {}],
] as const;

test.each(LISTS)('%s has the models of the client only', async (_, path, headers) => {
  const { gateway } = await start({ models: ['ollama/qwen3*'] });
  const textFor = async (token: string) =>
    (await fetch(gateway.url + path, { headers: { ...bearer(token), ...headers } })).text();
  expect(await textFor('owner-token')).toContain('gpt-oss:20b');
  const listed = await textFor('ci-token');
  expect(listed).toContain('qwen3:8b');
  expect(listed).not.toContain('gpt-oss');
  expect(listed).not.toContain('nomic');
});

test('a model that is not allowed is not shown by its name', async () => {
  const { send } = await start({ models: ['ollama/qwen3*'] });
  expect((await send('/v1/models/ollama/qwen3:8b')).status).toBe(200);
  expect((await send('/v1/models/ollama/gpt-oss:20b')).status).toBe(404);
  expect((await send('/api/show', { body: { model: 'gpt-oss:20b' } })).status).toBe(404);
});

test.each(SURFACES)('$api refuses a model that the client may not use', async (surface) => {
  const { send, simulator } = await start({ models: ['ollama/qwen3*'] });
  for (const stream of [false, true]) {
    const body = { ...surface.body, ...surface.streaming(stream), model: 'ollama/gpt-oss:20b' };
    const response = await send(surface.path, { body });
    const error = surface.errorIn(await response.text());
    expect(response.status).toBe(404);
    expect(error).toMatchObject(surface.errorShape);
    expect(error).toMatchObject({ message: expect.stringContaining('does not allow ollama/gpt-oss:20b') });
  }
  expect(chatsOf(simulator)).toEqual([]);
});

test.each([
  ['/v1/embeddings', { model: 'nomic-embed-text', input: 'a' }],
  ['/v1/completions', { model: 'gpt-oss:20b', prompt: 'a' }],
  ['/api/embed', { model: 'nomic-embed-text', input: 'a' }],
  ['/api/generate', { model: 'gpt-oss:20b', prompt: 'a', raw: true }],
  ['/api/generate', { model: 'gpt-oss:20b', keep_alive: 0 }],
  ['/v1/messages/count_tokens', { model: 'gpt-oss:20b', messages: say('a') }],
])('%s refuses a model that the client may not use: %j', async (path, body) => {
  const { send } = await start({ models: ['ollama/qwen3*'] });
  expect((await send(path, { body })).status).toBe(404);
});

test('an agent answers a client with the models that it may use', async () => {
  const { send } = await start({ models: ['ollama/qwen3*'] });
  const response = await send('/v1/chat/completions', { body: { model: 'openclaw', messages: say('Hi') } });
  expect([response.status, response.headers.get('x-openclaw-model')]).toEqual([200, 'ollama/qwen3:8b']);
});

test.each(SURFACES)('$api tells a client that it has sent its requests of the minute', async (surface) => {
  let time = 0;
  const { send } = await start({ requestsPerMinute: 1 }, { monotonicNow: () => time });
  const ask = () => send(surface.path, { body: { ...surface.body, ...surface.streaming(false) } });
  expect((await ask()).status).toBe(200);
  time = 20_000;
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
  const error = surface.errorIn(await refused.text());
  expect(error).toMatchObject(surface.errorShape);
  expect(error).toMatchObject({ message: expect.stringContaining('ci has sent its 1 requests of the minute') });
  expect((await send('/v1/models')).status).toBe(200);
  expect((await send(surface.path, { token: 'owner-token', body: surface.body })).status).toBe(200);
  time = 60_000;
  expect((await ask()).status).toBe(200);
});

test('a client that has used its tokens of the day waits until the next one', async () => {
  let time = 0;
  const { send } = await start({ tokensPerDay: 1 }, { monotonicNow: () => time });
  const ask = () => send('/v1/chat/completions', { body: { messages: say('Hi') } });
  expect((await ask()).status).toBe(200);
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '86400']);
  time = 86_400_000;
  expect((await ask()).status).toBe(200);
});

test('tokens of text completions and embeddings count', async () => {
  const { send, json } = await start({ tokensPerDay: 1_000_000 });
  const used = async () => {
    const { clients } = await json('/status', { token: 'owner-token' });
    return (
      (clients as unknown as { name: string; day?: { used: number } }[]).find(({ name }) => name === 'ci')?.day?.used ??
      0
    );
  };
  let before = 0;
  for (const [path, body] of [
    ['/v1/completions', { model: 'gpt-oss:20b', prompt: 'a' }],
    ['/v1/completions', { model: 'gpt-oss:20b', prompt: 'a', stream: true }],
    ['/v1/embeddings', { model: 'nomic-embed-text', input: 'a' }],
    ['/api/embed', { model: 'nomic-embed-text', input: 'a' }],
    ['/api/generate', { model: 'gpt-oss:20b', prompt: 'a', raw: true }],
  ] as const) {
    await (await send(path, { body })).text();
    await vi.waitFor(async () => expect(await used()).toBeGreaterThan(before), { timeout: 45_000 });
    before = await used();
  }
});

test('more concurrent requests than allowed are refused, until one has ended', async () => {
  const { send, simulator } = await start(
    { maxConcurrent: 1 },
    { simulator: { reply: () => [{ stall: true }, { text: 'Hi' }] } },
  );
  const ask = () => send('/v1/chat/completions', { body: { messages: say('Hi') } });
  const first = ask();
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  simulator.release();
  expect((await first).status).toBe(200);
});

test('a client that disconnects frees its place, and what it has received counts', async () => {
  const models = { 'ollama/gpt-oss:20b': { streaming: true } };
  const config = configWith({ ci: { token: 'ci-token', maxConcurrent: 1, tokensPerDay: 20 } });
  const { gateway, simulator } = await startStack({
    config: { ...config, agents: { defaults: { ...agents.defaults, models } } },
    simulator: { reply: () => [{ text: 'word '.repeat(40) }, { stall: true }] },
  });
  const leaving = new AbortController();
  const ask = (signal?: AbortSignal) =>
    fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: bearer('ci-token'),
      body: JSON.stringify({ messages: say('Hi'), stream: true }),
      ...(signal && { signal }),
    });
  const response = await ask(leaving.signal);
  await response.body?.getReader().read();
  expect((await ask()).status).toBe(429);
  leaving.abort();
  await simulator.journal.waitForClientLeft();
  await vi.waitFor(async () => expect(await (await ask()).text()).toContain('has used its 20 tokens of the day'), {
    timeout: 45_000,
  });
});

test('what a client uses is in the status, the metrics and the log by its name', async () => {
  const stack = await startLogged({
    config: configWith({ ci: { token: hash('ci-token'), models: ['ollama/*'], requestsPerMinute: 2 } }),
    monotonicNow: () => 0,
  });
  const { send, json } = requesterOf(stack);
  for (let request = 0; request < 3; request++)
    await (await send('/v1/chat/completions', { body: { messages: say('Hi') } })).text();
  expect(await stack.logged('request', 1)).toMatchObject({ client: 'ci', route: 'POST /v1/chat/completions' });
  const { clients } = await json('/status', { token: 'owner-token' });
  expect(clients).toEqual([
    expect.objectContaining({ name: 'owner', requests: 0, running: 0 }),
    expect.objectContaining({
      name: 'ci',
      models: ['ollama/*'],
      limits: { requestsPerMinute: 2 },
      requests: 3,
      failed: 1,
      limited: 1,
      running: 0,
      minute: { used: 3, endsInMs: 60_000 },
    }),
  ]);
  expect(JSON.stringify(clients)).not.toContain('sha256');
  const metrics = await (await send('/metrics', { token: 'owner-token' })).text();
  expect(metrics).toContain('openclaw_client_requests_total{client="ci",status="200"} 2\n');
  expect(metrics).toContain('openclaw_client_requests_total{client="ci",status="429"} 1\n');
  expect(metrics).toMatch(/openclaw_client_output_tokens_total\{client="ci"\} [1-9]/);
});

test('one client cannot continue the conversation of another', async () => {
  const tokens = { ci: { token: 'ci-token' }, desk: { token: 'desk-token' } };
  const { send, json } = requesterOf(await startStack({ config: configWith(tokens) }));
  const { id } = await json('/v1/responses', { body: { input: 'secret' } });
  expect((await send(`/v1/responses/${id}`)).status).toBe(200);
  for (const token of ['desk-token', 'owner-token']) {
    expect((await send(`/v1/responses/${id}`, { token })).status).toBe(404);
    const body = { input: 'go on', previous_response_id: id };
    expect((await send('/v1/responses', { token, body })).status).toBe(400);
  }
});

test('clients come and go while the gateway runs, and the last token stays', async () => {
  const stack = await startLogged({ watch: true, config: configWith({ ci: { token: 'ci-token' } }, {}) });
  const { send } = requesterOf(stack);
  const change = (tokens: object) => writeFile(stack.configPath, JSON.stringify(configWith(tokens, {})));
  expect((await send('/v1/models')).status).toBe(200);
  await change({ desk: { token: hash('desk-token') } });
  await stack.logged('configuration reloaded');
  expect((await send('/v1/models')).status).toBe(401);
  expect((await send('/v1/models', { token: 'desk-token' })).status).toBe(200);
  await change({});
  const skipped = await stack.logged('configuration change skipped; the last good one stays in force');
  expect(skipped['problem']).toContain('without a token');
  expect((await send('/v1/models', { token: 'desk-token' })).status).toBe(200);
});

test.each([
  [{ ci: {} }, {}, 'gateway.auth.tokens.ci has no token'],
  [{ ci: { token: ' ' } }, {}, 'gateway.auth.tokens.ci.token is blank'],
  [{ ci: { token: 'same' }, desk: { token: hash('same') } }, {}, 'desk has the same token as gateway.auth.tokens.ci'],
  [{ ci: { token: 'owner-token' } }, { token: 'owner-token' }, 'ci has the same token as the gateway itself'],
  [{ ci: { token: 'x' } }, { mode: 'none' }, 'gateway.auth.mode is "none"'],
])('the gateway does not start with %j and %j', async (tokens, auth, message) => {
  const started = startStack({ config: configWith(tokens, auth) });
  await expect(started).rejects.toMatchObject({ code: 'invalid-settings', message: expect.stringContaining(message) });
});
