import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import type { ProviderRequest } from '@openclaw/provider';
import { collectEvents } from '@openclaw/test-support';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';
import type { OpenAICompatProvider } from './openai-compat-provider.ts';

const REQUEST: ProviderRequest = { model: 'qwen3:8b', messages: [{ role: 'user', content: 'Hi' }] };

describe.each([true, false])('asked for a stream: %s', (streaming) => {
  test('a reasoning effort that Ollama refuses is left out, and the answer says so', async () => {
    const { simulator, provider } = await start();
    const events = await collectEvents(provider.stream({ ...REQUEST, streaming, reasoningEffort: 'low' }));

    expect(events.map(({ type }) => type)).toEqual(['start', 'repair', 'text-delta', 'finish']);
    expect(events[1]).toMatchObject({ repair: 'request-adapted', detail: expect.stringContaining('"low"') });
    expect(simulator.journal.entries).toMatchObject([
      { body: { reasoning_effort: 'low' } },
      { body: { stream: streaming } },
    ]);
    expect(simulator.journal.entries[1]?.body).not.toHaveProperty('reasoning_effort');
  });

  test('tool schemas that Ollama refuses are rewritten before they are sent, and the answer says so', async () => {
    const { simulator, provider } = await start();
    const tools = [{ name: 'look', parameters: { type: 'object', properties: { city: true } } }];
    const events = await collectEvents(provider.stream({ ...REQUEST, streaming, tools }));

    expect(events[1]).toMatchObject({ detail: expect.stringContaining('look: parameters.properties.city') });
    expect(simulator.journal.entries).toMatchObject([
      { body: { tools: [{ function: { parameters: { properties: { city: {} } } } }] } },
    ]);
  });
});

test('a reasoning effort that only another model takes is still an error', async () => {
  const { simulator, provider } = await start();
  const events = await collectEvents(provider.stream({ ...REQUEST, model: 'llama3.2:3b', reasoningEffort: 'low' }));

  expect(events).toMatchObject([{ type: 'error', error: { code: 'unsupported', capability: 'reasoning' } }]);
  expect(simulator.journal.entries).toHaveLength(1);
});

test('requests to other servers are not changed', async () => {
  const { simulator, provider } = await start({ server: 'vllm' });
  const tools = [{ name: 'look', parameters: { type: ['object', 'null'] } }];
  const [event] = await collectEvents(provider.stream({ ...REQUEST, streaming: false, reasoningEffort: 'low', tools }));

  expect(event).toMatchObject({ type: 'error' });
  expect(simulator.journal.entries).toMatchObject([
    { body: { reasoning_effort: 'low', tools: [{ function: { parameters: { type: ['object', 'null'] } } }] } },
  ]);
});

async function start(
  options: { readonly server?: 'vllm' } = {},
): Promise<{ simulator: OllamaSimulator; provider: OpenAICompatProvider }> {
  const simulator = await startOllamaSimulator({
    version: '0.12.6',
    models: ['qwen3:8b', { name: 'llama3.2:3b', capabilities: ['completion', 'tools'] }],
    reply: () => 'Hello.',
  });
  const provider = createOpenAICompatProvider({
    id: 'local',
    baseUrl: `${simulator.url}/v1`,
    server: 'ollama',
    ...options,
  });
  onTestFinished(async () => {
    await provider.close();
    await simulator.close();
  });
  return { simulator, provider };
}
