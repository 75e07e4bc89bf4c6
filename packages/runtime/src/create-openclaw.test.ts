import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { deadUrl, eventsOf, failure, say, startSimulator, tools } from '../test/start-runtime.ts';
import { createOpenClaw } from './index.ts';
import type { CreateOpenClawOptions, OpenClaw } from './index.ts';

/** An instance that is closed when the test is over. */
async function open(options: CreateOpenClawOptions): Promise<OpenClaw> {
  const claw = await createOpenClaw({ env: {}, ...options });
  onTestFinished(() => claw.close());
  return claw;
}

const ollama = (baseUrl: string) => ({ api: 'ollama' as const, baseUrl });

async function openTwoHosts() {
  const simulator = await startSimulator();
  const providers = { desktop: ollama(deadUrl()), laptop: ollama(simulator.url) };
  const model = { primary: 'desktop/gpt-oss:20b', fallbacks: ['laptop/gpt-oss:20b'] };
  return { claw: await open({ config: { models: { providers }, agents: { defaults: { model } } } }), simulator };
}

test('the second host answers when the first one is down', async () => {
  const { claw } = await openTwoHosts();
  const message = await claw.chat(say('Hi')).message();

  expect(message.model).toBe('laptop/gpt-oss:20b');
  expect(message.attempts.map(({ outcome }) => outcome)).toEqual(['connection-failed', 'ok']);
});

test('an answer is events, a message or a text', async () => {
  const simulator = await startSimulator({ reply: () => [{ text: 'Hello!' }] });
  const claw = await open({ config: { models: { providers: { ollama: ollama(simulator.url) } } } });
  const request = { model: 'gpt-oss:20b', ...say('Hi') };

  expect(await claw.chat(request).text()).toBe('Hello!');
  expect((await eventsOf(claw.chat(request))).map(({ type }) => type)).toEqual(['start', 'text-delta', 'finish']);
  expect((await claw.chat(request).message()).text).toBe('Hello!');
});

test('a request that nothing can answer rejects with its reason, and is the last event of a loop', async () => {
  const claw = await open({ config: { models: { providers: { ollama: ollama(deadUrl()) } } } });
  const request = { model: 'ollama/gpt-oss:20b', ...say('Hi') };

  expect((await failure(claw.chat(request).text())).code).toBe('connection-failed');
  expect((await eventsOf(claw.chat(request))).at(-1)).toMatchObject({ type: 'error' });
});

test('a cut stream is replaced by the next model where only the whole answer counts', async () => {
  const cut = await startSimulator({ reply: () => [{ text: 'Half' }, { cut: true }] });
  const other = await startSimulator({ reply: () => [{ text: 'Whole' }] });
  const providers = { desktop: ollama(cut.url), laptop: ollama(other.url) };
  const model = { primary: 'desktop/gpt-oss:20b', fallbacks: ['laptop/gpt-oss:20b'] };
  const claw = await open({ config: { models: { providers }, agents: { defaults: { model } } } });
  const request = { streaming: true, ...say('Hi') };

  expect((await eventsOf(claw.chat(request))).at(-1)).toMatchObject({ type: 'error' });
  expect(await claw.chat({ ...request, model: 'openclaw' }).text()).toBe('Whole');
  expect((await eventsOf(claw.chat({ ...request, wholeAnswer: true }))).at(-1)).toMatchObject({ type: 'finish' });
});

test('aborting the signal and leaving the loop cancel the request', async () => {
  const simulator = await startSimulator({ reply: () => [{ text: 'Wait' }, { stall: true }] });
  const claw = await open({ config: { models: { providers: { ollama: ollama(simulator.url) } } } });
  const request = { model: 'gpt-oss:20b', streaming: true, ...say('Hi') };

  for await (const event of claw.chat(request)) if (event.type === 'text-delta') break;
  await simulator.journal.waitForClientLeft();
  const controller = new AbortController();
  const reading = failure(claw.chat(request, { signal: controller.signal }).text());
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  controller.abort();

  expect((await reading).code).toBe('aborted');
});

test('lists models and agents, and explains a choice', async () => {
  const { claw } = await openTwoHosts();
  const list = await claw.models();
  const plan = await claw.explain({ needsTools: true });

  expect(list.models.map(({ ref }) => ref)).toContain('laptop/gpt-oss:20b');
  expect(list.agents).toContain('openclaw');
  expect(list.problems).toMatchObject([{ provider: 'desktop', code: 'unreachable' }]);
  expect(plan.candidates.map(({ model }) => model.ref)).toEqual(['desktop/gpt-oss:20b', 'laptop/gpt-oss:20b']);
});

test('passes embeddings through', async () => {
  const { claw } = await openTwoHosts();
  const { status, body } = await claw.passThrough({
    model: 'laptop/nomic-embed-text',
    path: 'embeddings',
    body: { model: 'x', input: 'Hi' },
  });
  const chunks = [];
  for await (const chunk of body) chunks.push(chunk);

  expect(status).toBe(200);
  expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ object: 'list' });
});

test('repairs a tool call that the model wrote as text', async () => {
  const simulator = await startSimulator({
    reply: () => [{ text: '{"name": "get_weather", "arguments": {"city": "Oslo"}}' }],
  });
  const claw = await open({ config: { models: { providers: { ollama: ollama(simulator.url) } } } });
  const { toolCalls } = await claw.chat({ model: 'gpt-oss:20b', tools, ...say('Weather?') }).message();

  expect(toolCalls).toMatchObject([{ name: 'get_weather', argumentsText: '{"city": "Oslo"}' }]);
});

test('reads the configuration of the user, and writes nothing', async () => {
  const home = mkdtempSync(join(tmpdir(), 'openclaw-home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const simulator = await startSimulator({ reply: () => [{ text: 'Hello!' }] });
  mkdirSync(join(home, '.openclaw'));
  const config = {
    models: { providers: { box: ollama(simulator.url) } },
    agents: { defaults: { model: 'box/llama3.3' } },
  };
  writeFileSync(join(home, '.openclaw/openclaw.json'), JSON.stringify(config));
  const claw = await open({ env: { HOME: home } });

  expect((await claw.chat(say('Hi')).message()).model).toBe('box/llama3.3:latest');
  expect(readdirSync(home)).toEqual(['.openclaw']);
});

test('rejects a wrong configuration, and names the key', async () => {
  const config = { agents: { defaults: { modle: 'x/y' } } };
  await expect(createOpenClaw({ config: config as object })).rejects.toThrow('did you mean `model`?');
});

test.each<[unknown, string]>([
  ['ollama', '`options` is "ollama". Expected { config }'],
  [{ models: {} }, '`options.models` is no option. Expected { config }'],
  [{ config: [] }, '`options.config` is an array. Expected an object'],
])('%j is refused by its name', async (options, message) => {
  await expect(createOpenClaw(options as object)).rejects.toThrow(message);
  await expect(createOpenClaw(options as object)).rejects.toThrow(TypeError);
});

test('a request of another shape is refused at once', async () => {
  const claw = await open({ config: {} });

  expect(() => claw.chat({ prompt: 'Hi' } as never)).toThrow('chat: `request.messages` is missing.');
});

test('close waits for requests, and `await using` closes', async () => {
  const { claw } = await openTwoHosts();
  await claw[Symbol.asyncDispose]();
  expect((await failure(claw.chat(say('Hi')).text())).code).toBe('aborted');
});
