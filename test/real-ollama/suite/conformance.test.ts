import type { Provider } from '@openclaw/provider';
import { createOllamaProvider } from '@openclaw/provider-ollama';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { createTapeModel, toolCall } from '@openclaw/tape-model';
import type { TapeScript } from '@openclaw/tape-model';
import { describeProviderConformance } from '@openclaw/test-support';
import type { ConformanceScenario, ConformanceServer, ConformanceStep } from '@openclaw/test-support';
import { describe, onTestFinished } from 'vitest';
import { isFault, startFaultProxy } from '../src/start-fault-proxy.ts';
import { useOllama } from '../src/use-ollama.ts';

type CreateProvider = (baseUrl: string) => Provider & { close(): Promise<void> };

/** Every provider that speaks to Ollama: its name, and how it is created. */
const PROVIDERS: Readonly<Record<string, CreateProvider>> = {
  'provider-ollama': (baseUrl) => createOllamaProvider({ id: 'ollama', baseUrl }),
  'provider-openai-compat': (baseUrl) => createOpenAICompatProvider({ id: 'ollama', baseUrl }),
};

const ollama = await useOllama();
/** Models that exist, by script. */
const models = new Map<string, string>();

// Earlier releases hold answers back while tools are sent, drop the text beside a call, and know no reasoning.
describe.runIf(ollama.isAtLeast('0.9.0'))('conformance', () => {
  for (const [name, createProvider] of Object.entries(PROVIDERS)) {
    describeProviderConformance(name, { start: (scenario) => startServer(scenario, createProvider) });
  }
});

async function startServer(scenario: ConformanceScenario, createProvider: CreateProvider): Promise<ConformanceServer> {
  const model = await findModel(scenario);
  const proxy = await startFaultProxy(ollama.url, scenario);
  const provider = createProvider(proxy.url);
  onTestFinished(async () => {
    await provider.close();
    await proxy.close();
    // A request that is cancelled while it is answered may leave the runner of Ollama 0.17.4 in a state in which it never
    // begins another one. A runner serves every model of the same weights, so the next scenario gets a new one.
    if (scenario.steps?.some(isFault) === true) await ollama.unload(model);
  });
  const { requests, stalled, clientLeft } = proxy;
  return { provider, model, assignsCallIds: true, requests, stalled, clientLeft };
}

/** The model that says what the scenario says. */
async function findModel({ steps = [], status }: ConformanceScenario): Promise<string> {
  if (status === 404) return 'tape-missing';
  const script = scriptOf(steps);
  const key = JSON.stringify(script);
  const known = models.get(key);
  if (known !== undefined) return known;
  const model = `tape-conformance-${models.size}`;
  await ollama.createModel(model, { weights: createTapeModel({ script }), tools: true, thinking: true });
  models.set(key, model);
  return model;
}

/** What the model says of a scenario. The faults are the proxy's. */
function scriptOf(steps: readonly ConformanceStep[]): TapeScript {
  const thinking = steps.map((step) => ('reasoning' in step ? step.reasoning : '')).join('');
  const pieces = steps.flatMap((step) => {
    if ('text' in step) return [step.text];
    return 'toolCall' in step ? [toolCall(step.toolCall.name, JSON.parse(step.toolCall.argumentsText))] : [];
  });
  if (thinking !== '') return { thinking, text: pieces.join('') };
  return steps.some((step) => 'toolCall' in step) ? pieces.join('') : { pieces };
}
