import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { Reply, Step } from '@openclaw/ollama-simulator';
import type { Provider } from '@openclaw/provider';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { describeProviderConformance } from '@openclaw/test-support';
import type { ConformanceScenario, ConformanceServer, ConformanceStep } from '@openclaw/test-support';
import { onTestFinished } from 'vitest';
import { repairStream } from './repair-stream.ts';

const MODEL = 'qwen3:8b';

describeProviderConformance('a provider behind stream repair', { start: startServer });

async function startServer({ steps = [], status, retryAfterSeconds }: ConformanceScenario): Promise<ConformanceServer> {
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const body = { error: { message: `model '${MODEL}' not found`, type: 'api_error', param: null, code: null } };
  const reply: Reply = status === undefined ? steps.map(encodeStep) : { http: { status, headers, body } };
  const simulator = await startOllamaSimulator({ version: '0.32.15', models: [MODEL], reply: () => reply });
  const provider = createOpenAICompatProvider({ id: 'ollama', baseUrl: simulator.url });
  onTestFinished(async () => {
    await provider.close();
    await simulator.close();
  });
  return {
    provider: withRepair(provider),
    model: MODEL,
    requests: () => simulator.journal.entries.length,
    stalled: () => simulator.journal.waitFor(({ phase }) => phase === 'stalled'),
    clientLeft: () => simulator.journal.waitForClientLeft(),
  };
}

function withRepair(provider: Provider): Provider {
  return {
    id: provider.id,
    stream: (request, options) => repairStream(provider.stream(request, options), { tools: request.tools }),
  };
}

function encodeStep(step: ConformanceStep): Step {
  if ('toolCall' in step) {
    const { id = '', name, argumentsText } = step.toolCall;
    return { toolCall: { id, name, arguments: argumentsText } };
  }
  if ('fail' in step) return { error: 'llama runner process no longer running' };
  if ('garbage' in step) return { raw: 'data: {oops}\n\n' };
  return 'endEarly' in step ? { end: true } : step;
}
