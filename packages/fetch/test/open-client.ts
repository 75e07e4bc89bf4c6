import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { createOpenClaw } from '@openclaw/runtime';
import OpenAI from 'openai';
import { onTestFinished } from 'vitest';
import { createOpenClawFetch } from '../src/index.ts';

/** Nothing listens there, and the system assigns no port below 1024 to another test. */
const DEAD_URL = 'http://127.0.0.1:2';

/** The official client over a simulator, and a host that is down as its first choice. */
export async function openClient(options: OllamaSimulatorOptions = {}) {
  const simulator = await startOllamaSimulator({ models: ['gpt-oss:20b', 'nomic-embed-text'], ...options });
  const claw = await createOpenClaw({
    config: {
      models: {
        providers: {
          desktop: { api: 'ollama', baseUrl: DEAD_URL },
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
