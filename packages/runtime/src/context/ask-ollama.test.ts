import { createCatalogModel } from '@openclaw/model-selection';
import { collectMessage, createEventStream, ProviderError } from '@openclaw/provider';
import type { StreamEvent, Usage } from '@openclaw/provider';
import type { DiscoveredModel } from '@openclaw/ollama-discovery';
import { expect, test } from 'vitest';
import type { ProviderSetup } from '../provider-setup.ts';
import { askOllama } from './ask-ollama.ts';
import type { OllamaRequest } from './ask-ollama.ts';
import type { ContextPlan } from './plan-context.ts';
import { createServerContexts } from './server-contexts.ts';

const NAME = 'llama3.3:latest';
const URL = 'http://ollama.test:11434';
const MODEL = createCatalogModel({ provider: 'ollama', model: NAME, endpoint: `${URL}/v1`, contextWindow: 65_536 });
const SETUP: ProviderSetup = {
  id: 'ollama',
  server: 'ollama',
  api: undefined,
  baseUrl: `${URL}/v1`,
  nativeUrl: URL,
  apiKey: undefined,
  headers: {},
  discovers: true,
  asksServer: true,
  hasUnsureNames: false,
  models: [],
  named: [],
  timeouts: {},
  maxConcurrent: undefined,
  maxQueued: undefined,
};

/** A server that loads models, counts one token for four letters, and cuts prompts as a release of Ollama does. */
class Server {
  version = '0.12.6';
  defaultLength = 4096;
  loaded: number | undefined;
  loads = 0;
  hasNativeApi = true;
  readonly requests: string[] = [];
  time = 0;
  readonly describe: Partial<DiscoveredModel> = { contextLength: 65_536 };
  readonly #contexts = createServerContexts({ fetch: (url) => this.#fetch(url), now: () => this.time });
  /** Plays these instead of an answer, one for each request. */
  readonly script: StreamEvent[][] = [];
  outputTokens = 10;

  /** Sends a prompt of so many tokens, and returns the events of its answer. */
  async ask(tokens: number, { streaming = false, ...changes }: Partial<OllamaRequest> & Stream = {}) {
    const content = 'word '.repeat(Math.ceil((tokens * 4) / 5));
    const setup = changes.setup ?? SETUP;
    const request: OllamaRequest = {
      setup,
      model: MODEL,
      chat: { messages: [{ role: 'user', content }] },
      settings: {},
      compat: undefined,
      timeouts: {},
      expectsReasoning: false,
      contextWindow: undefined,
      contextLength: undefined,
      keepAlive: undefined,
      params: {},
      ...changes,
    };
    const stream = await askOllama(request, {
      contexts: this.#contexts,
      // @ts-expect-error only these fields are used
      describe: () => this.describe,
      fetch: (url) => this.#fetch(url),
      now: () => this.time,
      send: (plan, limitMs) => {
        const events = this.#answer(tokens, { plan, limitMs });
        const batches = streaming ? events.map((event) => [event]) : [events];
        return createEventStream({ pull: async () => batches.shift() ?? [], close: () => undefined });
      },
    });
    return collectMessage(stream);
  }

  #answer(tokens: number, { plan, limitMs }: { plan: ContextPlan; limitMs: number | undefined }): StreamEvent[] {
    this.requests.push(`${plan.api} ${plan.numCtx ?? '-'}${limitMs === undefined ? '' : ` within ${limitMs}`}`);
    const scripted = this.script.shift();
    if (scripted !== undefined) return scripted;
    const length = plan.numCtx ?? this.defaultLength;
    if (length !== this.loaded) this.loads += 1;
    this.loaded = length;
    const isCut = tokens > length;
    if (isCut && plan.api === 'ollama' && this.version !== '0.6.5') {
      const words = 'the input length exceeds the context length';
      return [{ type: 'error', error: new ProviderError('context-length-exceeded', words, { serverMessage: words }) }];
    }
    return answer({ inputTokens: Math.min(tokens, length), outputTokens: this.outputTokens });
  }

  async #fetch(url: string) {
    this.requests.push(url.replace(`${URL}/api/`, ''));
    const reply = this.#reply(url);
    return new Response(JSON.stringify(reply), { status: reply === undefined ? 404 : 200 });
  }

  #reply(url: string): unknown {
    if (!this.hasNativeApi) return undefined;
    if (!url.endsWith('/ps')) return url.endsWith('/version') ? { version: this.version } : {};
    const length = this.version === '0.6.5' ? {} : { context_length: this.loaded };
    return { models: this.loaded === undefined ? [] : [{ name: NAME, model: NAME, digest: 'd', ...length }] };
  }
}

interface Stream {
  readonly streaming?: boolean;
}

function answer(usage: Pick<Usage, 'inputTokens' | 'outputTokens'>): StreamEvent[] {
  const totalTokens = usage.inputTokens + usage.outputTokens;
  return [
    { type: 'start', model: NAME },
    { type: 'text-delta', text: 'Hello.' },
    { type: 'finish', reason: 'stop', usage: { ...usage, totalTokens } },
  ];
}

const FACTS = ['ps', 'version'];
const CHAT = 'openai-completions -';

test('small requests use chat completions, and the server is asked what it has loaded: before and after the first', async () => {
  const server = new Server();
  for (let index = 0; index < 5; index++) await server.ask(1000);
  expect(server.requests).toEqual([...FACTS, CHAT, ...FACTS, CHAT, CHAT, CHAT, CHAT]);
});

test('a long request uses the native API, and no later request loads the model again', async () => {
  const server = new Server();
  const { usage } = await server.ask(30_000);
  expect(usage).toMatchObject({ inputTokens: 30_000 });
  for (let index = 0; index < 10; index++) await server.ask(100 + 1000 * index);
  expect(server.loads).toBe(1);
  expect(server.requests.filter((request) => request === 'ps')).toHaveLength(1);
});

test('shares the context with another client that has loaded the model with more', async () => {
  const server = new Server();
  server.loaded = 16_384;
  await server.ask(1000);
  expect(server.requests).toEqual([...FACTS, 'ollama 16384']);
  expect(server.loads).toBe(0);
});

test('asks again what is loaded after a minute without a request', async () => {
  const server = new Server();
  await server.ask(30_000);
  server.loaded = undefined;
  server.time += 61_000;
  await server.ask(1000);
  expect(server.requests.slice(3, 6)).toEqual([...FACTS, CHAT]);
});

test('a prompt beyond the window fails before anything is sent, with both numbers', async () => {
  const server = new Server();
  await expect(server.ask(400_000)).rejects.toMatchObject({
    code: 'context-length-exceeded',
    contextTokens: 65_536,
    neededTokens: expect.toSatisfy((tokens: number) => tokens > 65_536),
  });
  expect(server.requests).toEqual(FACTS);
});

test('a prompt that the server refuses is sent again with the next size, then with the whole window', async () => {
  const server = new Server();
  // Digits that the server counts as one token for each letter of a usual text: the estimate is too low.
  const chat = { messages: [{ role: 'user' as const, content: 'word '.repeat(1000) }] };
  expect((await server.ask(12_000, { chat })).usage).toMatchObject({ inputTokens: 12_000 });
  expect(server.requests.slice(-2)).toEqual(['ollama 8192', 'ollama 65536']);
});

test('a prompt that does not even fit the window fails with both numbers', async () => {
  const server = new Server();
  const chat = { messages: [{ role: 'user' as const, content: 'word '.repeat(10_000) }] };
  await expect(server.ask(70_000, { chat })).rejects.toMatchObject({
    code: 'context-length-exceeded',
    contextTokens: 65_536,
    neededTokens: expect.toSatisfy((tokens: number) => tokens > 65_536),
  });
});

test.each([
  ['a cut prompt', (server: Server) => void (server.defaultLength = 1024)],
  [
    'a cut prompt of an old release',
    (server: Server) => void Object.assign(server, { version: '0.6.5', defaultLength: 2048 }),
  ],
])('%s is not passed on: it is sent again with more context', async (_, prepare) => {
  const server = new Server();
  prepare(server);
  const chat = { messages: [{ role: 'user' as const, content: 'word '.repeat(600) }] };
  const { usage, warnings } = await server.ask(3000, { chat });
  expect(usage).toMatchObject({ inputTokens: 3000 });
  expect(warnings).toEqual([]);
});

test('a cut prompt of api "openai-completions" fails: it has no field for more context', async () => {
  const server = new Server();
  const setup: ProviderSetup = { ...SETUP, api: 'openai-completions' };
  await expect(server.ask(30_000, { setup })).rejects.toMatchObject({
    code: 'context-length-exceeded',
    contextTokens: 4096,
    message: expect.stringContaining('cut the prompt'),
  });
  expect(server.requests).toEqual([CHAT, ...FACTS]);
});

test('a cut prompt of a stream is reported, since its answer was delivered', async () => {
  const server = new Server();
  const setup: ProviderSetup = { ...SETUP, api: 'openai-completions' };
  const { text, warnings } = await server.ask(30_000, { setup, streaming: true });
  expect(text).toBe('Hello.');
  expect(warnings).toMatchObject([{ warning: 'prompt-truncated', detail: expect.stringContaining('4096 tokens') }]);
});

test('an answer during which the beginning of the conversation was dropped is reported', async () => {
  const server = new Server();
  server.outputTokens = 4000;
  const { warnings } = await server.ask(1000);
  expect(warnings).toMatchObject([{ warning: 'context-shifted' }]);
  // With `shift: false` the server stops instead.
  expect((await server.ask(30_000)).warnings).toEqual([]);
});

test('what the server counts makes later estimates better', async () => {
  const server = new Server();
  const chat = { messages: [{ role: 'user' as const, content: 'word '.repeat(800) }] };
  await server.ask(3000, { chat });
  server.requests.length = 0;
  await server.ask(5000, { chat: { messages: [{ role: 'user', content: 'word '.repeat(1300) }] } });
  expect(server.requests).toEqual(['ollama 8192']);
});

test('a load that fails for lack of memory does not make small requests fail, too', async () => {
  const server = new Server();
  const error = new ProviderError('server-error', 'model requires more system memory');
  server.script.push([{ type: 'error', error }]);
  await expect(server.ask(30_000)).rejects.toBe(error);
  await server.ask(1000);
  expect(server.requests).toContain(CHAT);
});

test('a server without the native API is asked by chat completions', async () => {
  const server = new Server();
  server.hasNativeApi = false;
  await expect(server.ask(30_000)).rejects.toMatchObject({ code: 'context-length-exceeded' });
  expect(server.requests).not.toContain('ollama 65536');
});

test('a cloud model uses chat completions, since its host decides about the context', async () => {
  const server = new Server();
  await server.ask(3000, { model: { ...MODEL, remoteHost: 'https://ollama.com' } });
  expect(server.requests).toEqual([CHAT]);
});

test('after an error of the tool call parser, a model that stays silent is unloaded and asked again', async () => {
  const server = new Server();
  const failed = (error: ProviderError): StreamEvent[] => [{ type: 'error', error }];
  const parser = new ProviderError('server-error', 'It failed.', { serverMessage: 'XML syntax error on line 5: …' });
  const silent = new ProviderError('timeout', 'It said nothing.', { clock: 'first-event' });
  server.script.push(failed(parser), failed(silent));
  await expect(server.ask(1000)).rejects.toBe(parser);
  expect((await server.ask(1000)).text).toBe('Hello.');
  await server.ask(1000);
  expect(server.requests.slice(3)).toEqual([`${CHAT} within 15000`, 'chat', CHAT, ...FACTS, CHAT]);
});

test('a release whose parser frees the slot gets no short limit', async () => {
  const server = new Server();
  server.version = '0.32.15';
  const parser = new ProviderError('server-error', 'It failed.', { serverMessage: 'XML syntax error on line 5: …' });
  server.script.push([{ type: 'error', error: parser }]);
  await expect(server.ask(1000)).rejects.toBe(parser);
  await server.ask(1000);
  expect(server.requests.slice(3)).toEqual([CHAT, ...FACTS]);
});

test.each([
  [500, 'openai-completions -'],
  [8000, 'ollama 8192'],
  // Claude Code asks for so much with each request, and for more than the window after a cut.
  [32_000, 'ollama 8192'],
  [128_000, 'ollama 8192'],
])('a limit of %i tokens for the answer does not reserve the context window', async (maxTokens, sent) => {
  const server = new Server();
  const messages = [{ role: 'user' as const, content: 'Hi' }];
  await server.ask(10, { chat: { messages, maxTokens } });
  expect(server.requests.filter((request) => request.includes('-') || request.startsWith('ollama'))).toEqual([sent]);
});
