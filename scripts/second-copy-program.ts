import assert from 'node:assert/strict';
import { createCatalogModel, createModelCatalog, planCandidates, streamWithFallback } from '@openclaw/model-selection';
import { collectMessage, isProviderError, ProviderError, type StreamEvent } from '@openclaw/provider';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { repairStream } from '@openclaw/stream-repair';

/**
 * Sends a request to a server that refuses connections, through libraries that each have their own copy of
 * `@openclaw/provider`. `check:packages` runs it.
 */
const provider = createOpenAICompatProvider({ id: 'ollama', baseUrl: 'http://127.0.0.1:1' });
const request = { messages: [{ role: 'user' as const, content: 'Hello!' }] };
const [failure] = await read(repairStream(provider.stream({ model: 'qwen3:8b', ...request })));

assert.equal(failure?.type, 'error');
assert.equal(failure.error instanceof ProviderError, false, 'The failure should come from another copy.');
assert(isProviderError(failure.error));
const { type, error: logged } = JSON.parse(JSON.stringify(failure));
assert.deepEqual(
  { type, code: logged.code, message: logged.message },
  { type: 'error', code: 'connection-failed', message: failure.error.message },
);
await assert.rejects(collectMessage(provider.stream({ model: 'qwen3:8b', ...request })), isProviderError);

const models = ['qwen3:8b', 'llama3.3:latest'].map((model) =>
  createCatalogModel({ provider: 'ollama', model, endpoint: provider.baseUrl }),
);
const plan = planCandidates({
  catalog: createModelCatalog(models),
  primary: 'ollama/qwen3:8b',
  fallbacks: ['ollama/llama3.3:latest'],
});
const events = await read(
  streamWithFallback({
    plan,
    ask: ({ model }, options) =>
      model === 'qwen3:8b' ? repairStream(provider.stream({ model, ...request }, options)) : sayHello(model),
  }),
);
assert.deepEqual(
  events.map((event) => event.type),
  ['fallback', 'start', 'text-delta', 'finish'],
);
await provider.close();

async function* sayHello(model: string): AsyncGenerator<StreamEvent> {
  yield { type: 'start', model };
  yield { type: 'text-delta', text: 'Hello.' };
  yield { type: 'finish', reason: 'stop' };
}

async function read(stream: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}
