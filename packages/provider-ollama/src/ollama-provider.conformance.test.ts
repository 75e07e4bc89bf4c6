import { describeProviderConformance } from '@openclaw/test-support';
import type { ConformanceScenario, ConformanceServer } from '@openclaw/test-support';
import { onTestFinished } from 'vitest';
import { startNativeServer } from '../test/native-server.ts';
import { createOllamaProvider } from './ollama-provider.ts';

const MODEL = 'qwen3:8b';

for (const callsOnLastLine of [false, true]) {
  describeProviderConformance(
    `Ollama's native API, calls ${callsOnLastLine ? 'on the last line' : 'on their own lines'}`,
    {
      start: (scenario) => startServer(scenario, { callsOnLastLine }),
    },
  );
}

async function startServer(
  scenario: ConformanceScenario,
  { callsOnLastLine }: { callsOnLastLine: boolean },
): Promise<ConformanceServer> {
  const server = await startNativeServer({ scenario, callsOnLastLine });
  const provider = createOllamaProvider({ id: 'ollama', baseUrl: server.url });
  onTestFinished(async () => {
    await provider.close();
    await server.close();
  });
  return { provider, model: MODEL, ...server };
}
