import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@openclaw/config';
import { startGateway } from '@openclaw/gateway';
import type { Gateway } from '@openclaw/gateway';
import { createRuntime } from '@openclaw/runtime/internal';
import OpenAI from 'openai';
import { onTestFinished } from 'vitest';

/** A gateway in front of a server, and the official client in front of the gateway. */
export interface GatewayStack {
  readonly gateway: Gateway;
  readonly client: OpenAI;
}

/** Options of `startGatewayStack`. */
export interface GatewayStackOptions {
  /** Of the model server. */
  readonly url: string;
  /** Whether the model server is asked for streams. @default false */
  readonly streaming?: boolean;
  /** Of the first model: after it, the next one is asked. @default that of the product, which is minutes */
  readonly firstEventLimitMs?: number;
  /** Merged over the configuration, whose primary model is `model`. */
  readonly config?: object;
}

/** Starts a gateway for the length of a test. `model` is a reference such as `ollama/tape`, or a list: the first, then fallbacks. */
export async function startGatewayStack(
  model: string | readonly string[],
  { url, streaming = false, firstEventLimitMs, config = {} }: GatewayStackOptions,
): Promise<GatewayStack> {
  const stateDir = await mkdtemp(join(tmpdir(), 'openclaw-real-'));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  const [primary = '', ...fallbacks] = typeof model === 'string' ? [model] : model;
  const models = {
    ...Object.fromEntries(fallbacks.map((ref) => [ref, { streaming }])),
    [primary]: { streaming, ...(firstEventLimitMs !== undefined && { firstEventLimitMs }) },
  };
  await writeFile(
    join(stateDir, 'openclaw.json'),
    JSON.stringify({ agents: { defaults: { model: { primary, fallbacks }, models } }, ...config }),
  );
  const env = { OPENCLAW_STATE_DIR: stateDir, OLLAMA_HOST: url };
  const runtime = createRuntime({ loaded: await loadConfig({ env, cwd: stateDir }) });
  onTestFinished(() => runtime.close());
  const gateway = await startGateway({ runtime, port: 0 });
  onTestFinished(() => gateway.close());
  return { gateway, client: new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 }) };
}

/** One message of a user. */
export function say(content: string): [{ role: 'user'; content: string }] {
  return [{ role: 'user', content }];
}

/** A tool that the scripts call. */
export const WEATHER = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** Another tool that the scripts call. */
export const TIME = {
  type: 'function' as const,
  function: {
    name: 'get_time',
    description: 'The time in a zone',
    parameters: { type: 'object', properties: { zone: { type: 'string' } }, required: ['zone'] },
  },
};
