import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { createOpenClaw } from '@openclaw/runtime';
import OpenAI from 'openai';
import { onTestFinished } from 'vitest';
import { createOpenClawFetch } from '../src/index.ts';

/** The official client over a simulator, and a host that is down as its first choice. */
export async function openClient(options: OllamaSimulatorOptions = {}) {
  const [simulator, down] = await Promise.all([
    startOllamaSimulator({ models: ['gpt-oss:20b', 'nomic-embed-text'], ...options }),
    startOllamaSimulator(),
  ]);
  await down.close();
  const claw = await createOpenClaw({
    config: {
      models: {
        providers: {
          desktop: { api: 'ollama', baseUrl: down.url },
          laptop: { api: 'ollama', baseUrl: simulator.url },
        },
      },
      agents: {
        defaults: {
          models: { 'laptop/gpt-oss:20b': { streaming: true } },
          model: { primary: 'desktop/gpt-oss:20b', fallbacks: ['laptop/gpt-oss:20b'] },
        },
      },
    },
    env: {},
  });
  onTestFinished(async () => {
    await claw.close();
    await simulator.close();
  });
  const fetch = createOpenClawFetch({ claw });
  const client = new OpenAI({ baseURL: 'http://openclaw/v1', apiKey: 'unused', maxRetries: 0, fetch });
  return { client, simulator, fetch };
}
