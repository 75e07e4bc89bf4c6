import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { createOpenClaw } from '@openclaw/runtime';
import { onTestFinished } from 'vitest';
import { createOpenClawProvider } from '../src/index.ts';

/** Nothing listens there, and the system assigns no port below 1024 to another test. */
const DEAD_URL = 'http://127.0.0.1:2';

/** A provider over a simulator, and a host that is down as its first choice. */
export async function openProvider(options: OllamaSimulatorOptions = {}) {
  const simulator = await startSimulator(options);
  const claw = await createOpenClaw({
    config: {
      models: {
        providers: { desktop: { api: 'ollama', baseUrl: DEAD_URL }, laptop: { api: 'ollama', baseUrl: simulator.url } },
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
