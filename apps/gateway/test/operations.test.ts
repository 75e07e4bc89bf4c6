import { rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startLogged } from './start-logged.ts';
import { say, startStack, STREAMING, WEATHER } from './start-stack.ts';
import type { Stack } from './start-stack.ts';

const rewrite = ({ configPath }: Stack, config: object | string) =>
  writeFile(configPath, typeof config === 'string' ? config : JSON.stringify(config));

const base = { agents: { defaults: { model: 'ollama/gpt-oss:20b' } }, gateway: { reload: { debounceMs: 0 } } };

test('a changed configuration is put in force while a stream goes on', async () => {
  const stack = await startLogged({
    watch: true,
    config: { ...STREAMING, gateway: base.gateway },
    simulator: { reply: () => [{ text: 'One ' }, { stall: true }, { text: 'two' }] },
  });
  const running = await stack.chat({ stream: true });
  await stack.simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  await rewrite(stack, { ...base, agents: { defaults: { model: 'ollama/qwen3:8b' } } });
  await stack.logged('configuration reloaded');
  stack.simulator.release();
  expect(await running.text()).toMatch(/One .*two.*\[DONE\]/s);
  stack.simulator.enqueue('From the other.');
  expect((await stack.chat({})).headers.get('x-openclaw-model')).toBe('ollama/qwen3:8b');
});

test('a mistake in the file leaves the last good configuration in force, and says where it is', async () => {
  const stack = await startLogged({ watch: true, config: base });
  await rewrite(stack, '{\n  "agents": { "defaults": { "modle": "x" } }\n}');
  const { problem } = await stack.logged('configuration change skipped; the last good one stays in force');
  expect(problem).toContain(`${stack.configPath}:2:`);
  expect(problem).toContain('modle');
  expect((await stack.chat({})).status).toBe(200);
  const status = (await (await fetch(`${stack.gateway.url}/status`)).json()) as { config: { problem: string } };
  expect(status.config.problem).toContain('modle');
  await rewrite(stack, base);
  await stack.logged('configuration reloaded');
});

test('a changed logging section is put in force without a restart', async () => {
  const stack = await startLogged({ watch: true, config: base });
  await rewrite(stack, { ...base, logging: { redactPatterns: ['secret-\\d+'] } });
  await stack.logged('configuration reloaded');
  expect((await stack.chat({ model: 'secret-123' })).status).toBe(404);
  expect(await stack.logged('request')).toMatchObject({ wanted: '***' });
});

test('a file that is gone leaves the last good configuration in force, token included', async () => {
  const gateway = { ...base.gateway, auth: { token: 'kept' } };
  const stack = await startLogged({ watch: true, config: { ...base, gateway } });
  await rm(stack.configPath);
  const { problem } = await stack.logged('configuration change skipped; the last good one stays in force');
  expect(problem).toContain('is gone');
  expect((await fetch(`${stack.gateway.url}/v1/models`)).status).toBe(401);
  await rewrite(stack, { ...base, gateway });
  await stack.logged('configuration reloaded');
});

test('a new token counts at once; a new port waits for a restart', async () => {
  const stack = await startLogged({ watch: true, config: base });
  await rewrite(stack, { ...base, gateway: { ...base.gateway, port: 12_345, auth: { token: 'new' } } });
  await stack.logged('configuration reloaded');
  expect((await fetch(`${stack.gateway.url}/v1/models`)).status).toBe(401);
  expect((await fetch(`${stack.gateway.url}/v1/models`, { headers: { authorization: 'Bearer new' } })).status).toBe(
    200,
  );
});

test('a reload forgets no lock-out', async () => {
  const gateway = {
    ...base.gateway,
    auth: { token: 'right', rateLimit: { maxAttempts: 2, exemptLoopback: false } },
  };
  const stack = await startLogged({ watch: true, config: { ...base, gateway } });
  const statusWith = async (token: string) =>
    (await fetch(`${stack.gateway.url}/v1/models`, { headers: { authorization: `Bearer ${token}` } })).status;
  for (let attempt = 0; attempt < 2; attempt++) expect(await statusWith('wrong')).toBe(401);
  expect(await statusWith('wrong')).toBe(429);
  await rewrite(stack, { ...base, gateway: { ...gateway, allowedHosts: ['gateway.example'] } });
  await stack.logged('configuration reloaded');
  expect([await statusWith('wrong'), await statusWith('right')]).toEqual([429, 200]);
});

test('draining lets a running answer end and takes no new request', async () => {
  const { gateway, chat, simulator } = await startStack({
    config: STREAMING,
    simulator: { reply: () => [{ text: 'One ' }, { stall: true }, { text: 'two' }] },
  });
  const running = await chat({ stream: true });
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  const idle = connect(gateway.port, '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const drained = gateway.drain();
  await expect(chat({})).rejects.toThrow('fetch failed');
  simulator.release();
  expect(await running.text()).toMatch(/two.*\[DONE\]/s);
  await drained;
});

test('draining has a limit: requests that still run then fail with the reason', async () => {
  const { gateway, chat, simulator } = await startStack({
    config: STREAMING,
    simulator: { reply: () => [{ text: 'One' }, { stall: true }] },
  });
  const running = await chat({ stream: true });
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  const waiting = chat({});
  const [first] = simulator.journal.of('/v1/chat/completions');
  await simulator.journal.waitFor(({ number, phase }) => number > (first?.number ?? 0) && phase === 'stalled');
  await gateway.drain({ timeoutMs: 10 });
  const body = await running.text();
  expect(body).toContain('"code":"shutting_down"');
  expect(body).not.toContain('[DONE]');
  expect((await waiting).status).toBe(503);
  await simulator.journal.waitUntilIdle();
});

test('requests that a second signal ends fail with the reason, too', async () => {
  const { gateway, chat, simulator } = await startStack({
    config: STREAMING,
    simulator: { reply: () => [{ text: 'One ' }, { stall: true }] },
  });
  const running = await chat({ stream: true });
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  const drained = gateway.drain({ timeoutMs: 60_000 });
  await gateway.close();
  await drained;
  const body = await running.text();
  expect(body).toContain('"code":"shutting_down"');
  expect(body).not.toContain('[DONE]');
});

test('one line per request says who answered, how long it took, and never what was said', async () => {
  const { chat, lines, logged } = await startLogged({ simulator: { reply: () => 'A secret answer.' } });
  await (
    await chat({ messages: say('A secret question.'), stream: true }, { headers: { 'x-request-id': 'r-1' } })
  ).text();
  const line = await logged('request');
  expect(line).toMatchObject({
    requestId: 'r-1',
    route: 'POST /v1/chat/completions',
    status: 200,
    model: 'ollama/gpt-oss:20b',
    stream: true,
    attempts: 1,
    repairs: 0,
    inputTokens: expect.any(Number),
    outputTokens: expect.any(Number),
    firstEventMs: expect.any(Number),
    durationMs: expect.any(Number),
  });
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('a call that was required and never made counts both times that the model was asked', async () => {
  const { chat, gateway } = await startStack();
  const response = await chat({ tools: [WEATHER], tool_choice: 'required' });
  expect([response.status, response.headers.get('x-openclaw-attempts')]).toEqual([502, '2']);
  const { recent } = (await (await fetch(`${gateway.url}/status`)).json()) as {
    recent: { attempts: { outcome: string }[] }[];
  };
  expect(recent[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['invalid-response', 'invalid-response']);
});

test('prompts and answers are logged when that is asked for', async () => {
  const { chat, logged } = await startLogged({
    config: { ...base, logging: { prompts: true } },
    simulator: { reply: () => 'An answer.' },
  });
  await (await chat({ messages: say('A question.') })).text();
  expect(JSON.stringify(await logged('prompt'))).toContain('A question.');
  expect(JSON.stringify(await logged('answer'))).toContain('An answer.');
});

test('no secret comes into the log or an error, whatever happens to be wrong', async () => {
  const { gateway, chat, lines } = await startLogged({
    token: 'gateway-secret',
    config: {
      ...base,
      models: {
        providers: { far: { baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'provider-secret', models: [{ id: 'm' }] } },
      },
    },
  });
  const headers = { authorization: 'Bearer gateway-secret' };
  const bodies = [
    await (await chat({ model: 'far/m' }, { headers })).text(),
    await (await chat({}, { headers: { authorization: 'Bearer wrong-secret' } })).text(),
    await (await fetch(`${gateway.url}/status`, { headers })).text(),
  ];
  expect(JSON.stringify([lines, bodies])).not.toMatch(/(gateway|provider|wrong)-secret/);
});

test('metrics count requests, tokens, times, failures and queues by provider and model', async () => {
  const { gateway, chat, simulator } = await startStack({
    config: {
      agents: {
        defaults: {
          model: { primary: 'ollama/qwen3:8b', fallbacks: ['ollama/gpt-oss:20b'] },
          retry: { maxRetries: 0 },
        },
      },
    },
  });
  await (await chat({ stream: true })).text();
  simulator.enqueue([{ error: 'out of memory' }], 'Hello.');
  await (await chat({})).text();
  await (await chat({ model: 'unknown' })).text();
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  for (const line of [
    'openclaw_requests_total{route="POST /v1/chat/completions",status="200",provider="ollama",model="ollama/qwen3:8b"} 1',
    'openclaw_requests_total{route="POST /v1/chat/completions",status="200",provider="ollama",model="ollama/gpt-oss:20b"} 1',
    'openclaw_errors_total{code="model-not-found",provider="",model=""} 1',
    'openclaw_failed_attempts_total{outcome="server-error",provider="ollama",model="ollama/qwen3:8b"} 1',
    'openclaw_time_to_first_event_seconds_count{provider="ollama",model="ollama/qwen3:8b"} 1',
    'openclaw_queue_length{provider="ollama"} 0',
    'openclaw_circuit_open{scope="model"',
  ]) {
    expect(text).toContain(line);
  }
  expect(text).toMatch(/openclaw_output_tokens_total\{provider="ollama",model="ollama\/qwen3:8b"\} [1-9]/);
});

test('what clients make up does not become a series', async () => {
  const { gateway, chat } = await startStack();
  for (let number = 0; number < 20; number++) {
    await fetch(`${gateway.url}/made-up/${number}`);
    await (await chat({ model: `made-up-${number}` })).text();
  }
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(text).not.toContain('made-up');
  expect(text).toContain('openclaw_requests_total{route="unknown",status="404",provider="",model=""} 20');
});

test('readiness follows the providers', async () => {
  const { gateway, simulator } = await startStack();
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
  const { gateway: lonely, simulator: down } = await startStack();
  await down.stopListening();
  const response = await fetch(`${lonely.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ ready: false, failing: ['ollama'] });
  expect((await fetch(`${lonely.url}/healthz`)).status).toBe(200);
  await simulator.journal.waitUntilIdle();
});

test('a long wait is bridged with comments, and what comes after them is whole', async () => {
  const { chat, simulator } = await startStack({
    config: { ...base, gateway: { limits: { keepAliveCommentMs: 20 } } },
    simulator: { reply: () => ({ steps: [{ text: 'At last.' }], load: true }) },
  });
  const response = await chat({ stream: true });
  expect(response.status).toBe(200);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toMatch(/^(: keep-alive\n\n)+$/);
  await simulator.journal.waitFor(({ phase }) => phase === 'loading');
  simulator.release();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) rest += part.value;
  expect(rest).toContain('At last.');
  expect(rest.endsWith('data: [DONE]\n\n')).toBe(true);
});

test('a failure after such comments is an event, since the status is gone', async () => {
  const { chat, simulator } = await startStack({
    config: { ...base, gateway: { limits: { keepAliveCommentMs: 20 } } },
    simulator: { reply: () => ({ http: { headersAfter: true, status: 400, body: '{"error":{"message":"bad"}}' } }) },
  });
  const response = await chat({ stream: true });
  expect(response.status).toBe(200);
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  simulator.release();
  const body = await response.text();
  expect(body).toMatch(/^: keep-alive/);
  expect(body).toContain('data: {"error":');
  expect(body).not.toContain('[DONE]');
});

test.each([
  ['prefer', {}, true],
  ['prefer', { streaming: false }, false],
  ['anything else', {}, false],
])('the header x-openclaw-streaming: %s, with the settings %j', async (wish, settings, stream) => {
  const models = { 'ollama/gpt-oss:20b': settings };
  const { chat, simulator } = await startStack({
    config: { agents: { defaults: { model: 'ollama/gpt-oss:20b', models } } },
  });
  const response = await chat({ stream: true }, { headers: { 'x-openclaw-streaming': wish } });
  expect(await response.text()).toContain('[DONE]');
  expect(simulator.journal.of('/v1/chat/completions').at(-1)?.body).toMatchObject({ stream });
});
