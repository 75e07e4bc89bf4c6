import { createCatalogModel, createModelCatalog, planCandidates, streamWithFallback } from '@openclaw/model-selection';
import { discoverModels } from '@openclaw/ollama-discovery';
import { decodeChatCompletion } from '@openclaw/openai-wire';
import { collectMessage, isProviderError } from '@openclaw/provider';
import { repairStream } from '@openclaw/stream-repair';
import { createFailures, findSecrets } from '@openclaw/upstream-errors';

/** The expected result of `run`. */
export const EXPECTED =
  'ollama/qwen3:8b: Grüße {"days":3}; 500 from ollama: wrong key ***; qwen3:8b has a window of 40960 tokens';

/**
 * Uses each library that supports browsers. `check:packages` bundles it and runs it without Node's globals and modules.
 */
export async function run(): Promise<string> {
  return [await answer(), refuse(), await discover()].join('; ');
}

async function answer(): Promise<string> {
  const tools = [{ name: 'forecast', parameters: { type: 'object', properties: { days: { type: 'integer' } } } }];
  const model = createCatalogModel({ provider: 'ollama', model: 'qwen3:8b', endpoint: 'http://127.0.0.1:11434/v1' });
  const plan = planCandidates({ catalog: createModelCatalog([model]), primary: 'ollama/qwen3:8b' });
  const message = await collectMessage(
    streamWithFallback({ plan, ask: () => repairStream(decodeChatCompletion(body()), { tools }) }),
  );
  return `${message.model}: ${message.text.trim()} ${message.toolCalls[0]?.argumentsText}`;
}

/** Characters of two bytes and a tool call as text, a few bytes at a time. */
function body(): ReadableStream<Uint8Array> {
  const deltas = [{ content: 'Grüße\n' }, { content: '{"name": "forecast", "arguments": {"days": "3"}}' }];
  const chunks = deltas.map((delta) => ({ model: 'qwen3:8b', choices: [{ index: 0, delta }] }));
  const end = { model: 'qwen3:8b', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  const text = [...chunks, end].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
  const bytes = new TextEncoder().encode(`${text}data: [DONE]\n\n`);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 5) controller.enqueue(bytes.subarray(at, at + 5));
      controller.close();
    },
  });
}

/** A server repeats the password of the request. */
function refuse(): string {
  const url = 'https://ollama.example/v1/chat/completions';
  const secrets = findSecrets({ authorization: `Basic ${btoa('ann:secret-word')}` }, { baseUrl: new URL(url) });
  const failures = createFailures({ provider: 'ollama', server: 'ollama', url, capability: 'chat', secrets });
  const error = failures.response({ status: 500, headers: {}, body: '{"error":"wrong key secret-word"}' });
  return isProviderError(error) ? `${error.status} from ${error.provider}: ${error.serverMessage}` : 'no failure';
}

async function discover(): Promise<string> {
  const tags = { models: [{ name: 'qwen3:8b', model: 'qwen3:8b', digest: 'abc', size: 1, details: {} }] };
  const show = {
    capabilities: ['completion', 'tools'],
    model_info: { 'general.architecture': 'qwen3', 'qwen3.context_length': 40_960 },
  };
  const { models } = await discoverModels({
    fetch: async (url) => Response.json(String(url).endsWith('/api/tags') ? tags : show),
  });
  return models.map(({ name, contextWindow }) => `${name} has a window of ${contextWindow} tokens`).join();
}
