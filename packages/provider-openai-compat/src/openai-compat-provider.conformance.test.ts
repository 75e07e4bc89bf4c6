import { playRecording, startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { Reply, SimulatedRequest, Step } from '@openclaw/ollama-simulator';
import { describeProviderConformance } from '@openclaw/test-support';
import type { ConformanceScenario, ConformanceServer, ConformanceStep } from '@openclaw/test-support';
import { onTestFinished } from 'vitest';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';

const MODEL = 'qwen3:8b';

// One release of each way in which Ollama lays out its streams since it knows reasoning.
for (const version of ['0.12.4', '0.17.0', '0.24.0', '0.32.15']) {
  describeProviderConformance(`Ollama ${version}`, { start: (scenario) => startServer(scenario, { version }) });
}

async function startServer(
  scenario: ConformanceScenario,
  { version }: { version: string },
): Promise<ConformanceServer> {
  const simulator = await startOllamaSimulator({
    version,
    models: [MODEL],
    reply: async (request) =>
      scenario.sliceBytes === undefined ? replyOf(scenario) : sliceReply(request, { scenario, version }),
  });
  const provider = createOpenAICompatProvider({ id: 'ollama', baseUrl: simulator.url });
  onTestFinished(async () => {
    await provider.close();
    await simulator.close();
  });
  return {
    provider,
    model: MODEL,
    requests: () => simulator.journal.entries.length,
    stalled: () => simulator.journal.waitFor(({ phase }) => phase === 'stalled'),
    clientLeft: () => simulator.journal.waitForClientLeft(),
  };
}

function replyOf({ steps = [], status, retryAfterSeconds }: ConformanceScenario): Reply {
  if (status === undefined) return steps.map(encodeStep);
  const message = status === 404 ? `model '${MODEL}' not found` : 'something is wrong';
  const headers = { ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }) };
  return { http: { status, headers, body: { error: { message, type: 'api_error', param: null, code: null } } } };
}

function encodeStep(step: ConformanceStep): Step {
  if ('toolCall' in step) {
    const { id = '', name, argumentsText } = step.toolCall;
    return { toolCall: { id, name, arguments: argumentsText } };
  }
  if ('fail' in step) return { error: 'llama runner process no longer running' };
  if ('garbage' in step) return { raw: 'data: {oops}\n\n' };
  if ('endEarly' in step) return { end: true };
  return step;
}

/** The reply as another simulator gives it, cut into slices. */
async function sliceReply(
  request: SimulatedRequest,
  { scenario, version }: { scenario: ConformanceScenario; version: string },
): Promise<Reply> {
  await using whole = await startOllamaSimulator({ version, models: [MODEL], reply: () => replyOf(scenario) });
  const response = await fetch(`${whole.url}${request.path}`, { method: 'POST', body: JSON.stringify(request.body) });
  const contentType = response.headers.get('content-type') ?? '';
  return playRecording(await response.bytes(), { slices: scenario.sliceBytes ?? 'whole', contentType });
}
