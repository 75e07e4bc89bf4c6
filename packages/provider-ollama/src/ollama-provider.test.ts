import type { ProviderRequest, StreamEvent } from '@openclaw/provider';
import { collectMessage } from '@openclaw/provider';
import { collectEvents } from '@openclaw/test-support';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startScriptedServer } from '../test/scripted-server.ts';
import type { ScriptedReply, ScriptedServer } from '../test/scripted-server.ts';
import { createOllamaProvider } from './ollama-provider.ts';
import type { OllamaProvider, OllamaProviderOptions } from './ollama-provider.ts';

const REQUEST: ProviderRequest = { model: 'qwen3:8b', messages: [{ role: 'user', content: 'Hello?' }] };
const HELLO: ScriptedReply = {
  body: {
    model: 'qwen3:8b',
    message: { role: 'assistant', content: 'Hello.' },
    done: true,
    done_reason: 'stop',
    load_duration: 4_500_000,
    prompt_eval_count: 5,
    prompt_eval_duration: 1_500_000,
    eval_count: 2,
    eval_duration: 3_000_000,
  },
};

describe('where requests go', () => {
  test.each(['', '/', '/v1', '/v1/', '/api'])('a base URL that ends in "%s" is that of the server', async (ending) => {
    const { server, provider } = await start([HELLO], {}, ending);
    await collectMessage(provider.stream(REQUEST));

    expect(provider.baseUrl).toBe(server.url);
    expect(server.requests).toMatchObject([{ method: 'POST', path: '/api/chat' }]);
  });

  test('a path before the API and a query are kept', async () => {
    const { server, provider } = await start([HELLO], {}, '/box/v1?key=1');
    await collectMessage(provider.stream(REQUEST));

    expect(server.requests).toMatchObject([{ path: '/box/api/chat?key=1' }]);
  });

  test('the key and the headers are sent', async () => {
    const { server, provider } = await start([HELLO], { apiKey: 'secret-key', headers: { 'X-Team': 'a' } });
    await collectMessage(provider.stream(REQUEST));

    expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Bearer secret-key', 'x-team': 'a' });
  });

  test('requests that are not chat go to the OpenAI API', async () => {
    const { server, provider } = await start([{ body: { data: [] } }, { body: { data: [] } }]);
    await provider.post('embeddings', { model: 'm', input: 'a' });
    const passed = await provider.post('/completions', { model: 'm' });

    expect(passed.status).toBe(200);
    expect(server.requests).toMatchObject([
      { path: '/v1/embeddings', body: { model: 'm', input: 'a' } },
      { path: '/v1/completions' },
    ]);
  });
});

describe('whether an answer is streamed', () => {
  test.each<[string, OllamaProviderOptions['streaming'], boolean | undefined, boolean]>([
    ['by default not', undefined, undefined, false],
    ['as the provider says', true, undefined, true],
    ['as the request says', true, false, false],
    ['by model', (model) => model === 'qwen3:8b', undefined, true],
    ['by model, which may have no opinion', () => undefined, undefined, false],
  ])('%s', async (_title, option, requested, streamed) => {
    const { server, provider } = await start([HELLO], { streaming: option });
    const request = requested === undefined ? REQUEST : { ...REQUEST, streaming: requested };
    await collectMessage(provider.stream(request));

    expect(server.requests).toMatchObject([{ body: { stream: streamed } }]);
  });
});

test('token counts and durations in milliseconds are in the finish', async () => {
  const { provider } = await start([HELLO]);
  const events = await collectEvents(provider.stream(REQUEST));

  expect(events.at(-1)).toEqual({
    type: 'finish',
    reason: 'stop',
    usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7, loadMs: 4.5, promptMs: 1.5, outputMs: 3 },
  });
});

describe('failures', () => {
  test.each<[string, ScriptedReply, object]>([
    [
      'a prompt that does not fit',
      { status: 400, body: { error: 'the input length exceeds the context length' } },
      { code: 'context-length-exceeded', status: 400 },
    ],
    [
      'a prompt that does not fit, as an older release says it',
      { status: 400, body: { error: 'input length exceeds maximum context length' } },
      { code: 'context-length-exceeded' },
    ],
    [
      'an option of a wrong type, with status 500',
      { status: 500, body: { error: 'option "num_ctx" must be of type integer' } },
      { code: 'invalid-request' },
    ],
    ['a model without tools', { status: 400, body: { error: 'x does not support tools' } }, { capability: 'tools' }],
    [
      'a server that is no Ollama',
      { status: 404, body: '404 page not found' },
      { code: 'unsupported', message: expect.stringContaining('that of an Ollama server') },
    ],
    ['a compressed answer', { ...HELLO, headers: { 'content-encoding': 'gzip' } }, { code: 'invalid-response' }],
    ['an answer over the limit', { body: 'x'.repeat(2_000) }, { message: expect.stringContaining('1000 bytes') }],
  ])('%s', async (_title, reply, expected) => {
    const { provider } = await start([reply], { limits: { maxBodyBytes: 1_000 } });

    expect(await errorOf(provider, REQUEST)).toMatchObject(expected);
  });

  test('a streamed line over the limit', async () => {
    const { provider } = await start([{ body: `{"message":{"content":"${'x'.repeat(2_000)}` }], {
      limits: { maxBodyBytes: 1_000 },
      streaming: true,
    });

    expect(await errorOf(provider, REQUEST)).toMatchObject({ code: 'invalid-response' });
  });

  test('an image that the server would have to fetch is refused before anything is sent', async () => {
    const { server, provider } = await start([HELLO]);
    const image = { type: 'image' as const, url: 'https://example.com/cat.png' };
    const messages = [{ role: 'user' as const, content: [image] }];

    expect(await errorOf(provider, { ...REQUEST, messages })).toMatchObject({
      code: 'unsupported',
      capability: 'images',
      message: expect.stringContaining('data: URLs'),
    });
    expect(server.requests).toEqual([]);
  });

  test('the key of the request is in no message', async () => {
    const { provider } = await start([{ status: 500, body: { error: 'no secret-key here' } }], {
      apiKey: 'secret-key',
    });
    const error = await errorOf(provider, REQUEST);

    expect(JSON.stringify(error)).not.toContain('secret-key');
  });
});

describe.each([true, false])('requests that a release refuses, asked for a stream: %s', (streaming) => {
  test.each([
    ['think value \\"low\\" is not supported for this model', true],
    ['json: cannot unmarshal string into Go struct field ChatRequest.think of type bool', true],
  ])('an effort is sent as a switch after `%s`', async (message, think) => {
    const refusal = { status: 400, body: `{"error":"${message}"}` };
    const { server, provider } = await start([refusal, HELLO]);
    const events = await collectEvents(provider.stream({ ...REQUEST, streaming, reasoningEffort: 'low' }));

    expect(server.requests).toMatchObject([{ body: { think: 'low' } }, { body: { think, stream: streaming } }]);
    expect(events.map(({ type }) => type)).toEqual(['start', 'repair', 'text-delta', 'finish']);
    expect(events[1]).toMatchObject({ repair: 'request-adapted' });
  });

  test('that the effort none is refused is no reason to think', async () => {
    const refusal = { status: 400, body: { error: 'registry.ollama.ai/library/x:latest does not support thinking' } };
    const { server, provider } = await start([refusal, HELLO]);
    await collectMessage(provider.stream({ ...REQUEST, streaming, reasoningEffort: 'none' }));

    expect(server.requests).toMatchObject([{ body: { think: false } }, {}]);
    expect(server.requests[1]?.body).not.toHaveProperty('think');
  });

  test('an effort and schemas may be refused one after the other', async () => {
    const tools = [{ name: 'f', parameters: { properties: { city: { type: ['string', 'null'] } } } }];
    const schema = 'json: cannot unmarshal array into Go struct field .properties.type of type string';
    const effort = 'think value "low" is not supported for this model';
    const { server, provider } = await start([
      { status: 400, body: { error: schema } },
      { status: 400, body: { error: effort } },
      HELLO,
    ]);
    const events = await collectEvents(provider.stream({ ...REQUEST, streaming, tools, reasoningEffort: 'low' }));

    expect(server.requests[2]?.body).toMatchObject({
      think: true,
      tools: [{ function: { parameters: { properties: { city: { type: 'string' } } } } }],
    });
    expect(events.filter(({ type }) => type === 'repair')).toHaveLength(2);
  });

  test('a refusal for another reason is the answer', async () => {
    const { server, provider } = await start([{ status: 400, body: { error: '"m" does not support thinking' } }]);
    const error = await errorOf(provider, { ...REQUEST, streaming, reasoningEffort: 'low' });

    expect(error).toMatchObject({ code: 'unsupported', capability: 'reasoning' });
    expect(server.requests).toHaveLength(1);
  });

  test('a signal that is aborted after the refusal ends the request', async () => {
    const controller = new AbortController();
    const refusal = { status: 400, body: { error: 'think value "low" is not supported for this model' } };
    const { server, provider } = await start([refusal, 'never']);
    const reading = collectEvents(
      provider.stream({ ...REQUEST, streaming, reasoningEffort: 'low' }, { signal: controller.signal }),
    );
    await server.reached(2);
    controller.abort();

    expect(await reading).toMatchObject([{ type: 'error', error: { code: 'aborted' } }]);
  });
});

async function start(
  replies: readonly ScriptedReply[],
  options: Partial<OllamaProviderOptions> = {},
  ending = '',
): Promise<{ server: ScriptedServer; provider: OllamaProvider }> {
  const server = await startScriptedServer(replies);
  const provider = createOllamaProvider({ id: 'ollama', baseUrl: `${server.url}${ending}`, ...options });
  onTestFinished(async () => {
    await provider.close();
    await server.close();
  });
  return { server, provider };
}

async function errorOf(provider: OllamaProvider, request: ProviderRequest): Promise<unknown> {
  const events: StreamEvent[] = await collectEvents(provider.stream(request));
  const last = events.at(-1);
  return last?.type === 'error' ? last.error : undefined;
}
