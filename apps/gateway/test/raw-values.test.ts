import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { startStack } from './start-stack.ts';

const cached = (text: string) => ({ type: 'text', text, cache_control: { type: 'ephemeral' } });

/** What Ollama receives of a request. */
async function sentToOllama(body: object): Promise<Record<string, unknown>> {
  const { chat, simulator } = await startStack();
  expect((await chat(body)).status).toBe(200);
  return bodyOf(simulator);
}

/** What a server of another kind receives, for which the simulator stands in. */
async function sentTo(id: string, body: object): Promise<Record<string, unknown>> {
  const server = await startOllamaSimulator({
    models: [{ name: 'm', capabilities: ['completion', 'tools'] }],
    reply: () => 'Hello.',
  });
  onTestFinished(server.close);
  const providers = { [id]: { baseUrl: `${server.url}/v1`, models: [{ id: 'm' }] } };
  const { chat } = await startStack({ config: { models: { providers } } });
  expect((await chat({ model: `${id}/m`, ...body })).status).toBe(200);
  return bodyOf(server);
}

function bodyOf({ journal }: OllamaSimulator): Record<string, unknown> {
  const asked = journal.of('/v1/chat/completions');
  expect(asked).toHaveLength(1);
  return asked[0]?.body as Record<string, unknown>;
}

const conversation = [
  { role: 'system', content: [cached('Be brief.')] },
  { role: 'user', content: [cached('Look.'), { type: 'text', text: 'There.' }] },
  {
    role: 'assistant',
    content: [cached('Let me look.')],
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: [cached('ok')] },
];

test('Ollama receives each text of a conversation with cache marks once, and no content beside calls', async () => {
  expect(await sentToOllama({ messages: conversation })).toMatchObject({
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Look.\nThere.' },
      { role: 'assistant', content: 'Let me look.' },
      { role: 'assistant', content: null, tool_calls: [{ id: 'call_1' }] },
      { role: 'tool', content: 'ok' },
    ],
  });
});

test('OpenRouter receives the cache marks', async () => {
  expect(await sentTo('openrouter', { messages: conversation })).toMatchObject({
    messages: [
      { role: 'system', content: [cached('Be brief.')] },
      { role: 'user', content: [cached('Look.'), { type: 'text', text: 'There.' }] },
      { role: 'assistant', content: [cached('Let me look.')], tool_calls: [{ id: 'call_1' }] },
      { role: 'tool', content: [cached('ok')] },
    ],
  });
});

test('LM Studio, which knows no `json_object`, receives a schema in its place, whatever else the format says', async () => {
  const body = { response_format: { type: 'json_object', strict: true } };
  expect((await sentTo('lmstudio', body))['response_format']).toEqual({
    type: 'json_schema',
    json_schema: { name: 'object', schema: { type: 'object' } },
  });
  expect((await sentTo('vllm', body))['response_format']).toEqual({ type: 'json_object', strict: true });
});

test('a server receives keys that only it knows, and none in place of what the gateway decides', async () => {
  const sent = await sentToOllama({
    keep_alive: '5m',
    options: { num_ctx: 8192 },
    stream_options: null,
    max_tokens: 5,
  });
  expect(sent).toMatchObject({ model: 'gpt-oss:20b', keep_alive: '5m', options: { num_ctx: 8192 }, max_tokens: 5 });
});
