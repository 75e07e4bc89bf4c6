import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { createOpenClaw } from '@openclaw/runtime';
import { onTestFinished } from 'vitest';
import { createOpenClawProvider } from '../src/index.ts';

/** A provider over a simulator, and a host that is down as its first choice. */
export async function openProvider(options: OllamaSimulatorOptions = {}) {
  const simulator = await startSimulator(options);
  const down = await startOllamaSimulator();
  await down.close();
  const claw = await createOpenClaw({
    config: {
      models: {
        providers: { desktop: { api: 'ollama', baseUrl: down.url }, laptop: { api: 'ollama', baseUrl: simulator.url } },
      },
      agents: { defaults: { model: { primary: 'desktop/gpt-oss:20b', fallbacks: ['laptop/gpt-oss:20b'] } } },
    },
    env: {},
  });
  onTestFinished(() => claw.close());
  return { openclaw: createOpenClawProvider({ claw }), simulator };
}

export async function startSimulator(options: OllamaSimulatorOptions = {}) {
  const simulator = await startOllamaSimulator({
    models: ['gpt-oss:20b', { name: 'llava:7b', capabilities: ['completion', 'vision'] }, 'nomic-embed-text'],
    ...options,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}
