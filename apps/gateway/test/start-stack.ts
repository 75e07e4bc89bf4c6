import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig } from '@openclaw/config';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator, OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { createRuntime } from '@openclaw/runtime/internal';
import type { Runtime } from '@openclaw/runtime/internal';
import OpenAI from 'openai';
import { onTestFinished } from 'vitest';
import { startGateway } from '../src/start-gateway.ts';
import type { Gateway, StartGatewayOptions } from '../src/start-gateway.ts';

export interface StackOptions extends Omit<StartGatewayOptions, 'runtime' | 'loadConfig'> {
  /** Beyond a primary model on the simulator. */
  readonly config?: object;
  readonly simulator?: OllamaSimulatorOptions;
  /** Further files beside the configuration, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the configuration file is watched. */
  readonly watch?: boolean;
}

/** Everything for real: an Ollama stand-in, a configuration file, the runtime, the gateway on a socket, the official client. */
export interface Stack {
  readonly simulator: OllamaSimulator;
  readonly gateway: Gateway;
  readonly runtime: Runtime;
  readonly client: OpenAI;
  readonly configPath: string;
  /** Posts a chat request. */
  chat(body: object, init?: RequestInit): Promise<Response>;
}

export async function startStack({
  config = {},
  simulator: script,
  files = {},
  watch,
  ...options
}: StackOptions = {}): Promise<Stack> {
  const stateDir = await mkdtemp(join(tmpdir(), 'openclaw-gateway-'));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  const simulator = await startOllamaSimulator({ models: MODELS, reply: () => 'Hello.', ...script });
  onTestFinished(simulator.close);
  const configPath = join(stateDir, 'openclaw.json');
  await writeFile(configPath, JSON.stringify({ agents: { defaults: { model: 'ollama/gpt-oss:20b' } }, ...config }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(stateDir, name)), { recursive: true });
    await writeFile(join(stateDir, name), text);
  }
  const load = () => loadConfig({ env: { OPENCLAW_STATE_DIR: stateDir, OLLAMA_HOST: simulator.url }, cwd: stateDir });
  const runtime = createRuntime({ loaded: await load() });
  onTestFinished(() => runtime.close());
  const gateway = await startGateway({ runtime, port: 0, ...(watch === true && { loadConfig: load }), ...options });
  onTestFinished(() => gateway.close());
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: options.token ?? 'unused', maxRetries: 0 });
  return {
    simulator,
    gateway,
    runtime,
    client,
    configPath,
    chat: (body, init) =>
      fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({ messages: say('Hi'), ...body }),
        ...init,
      }),
  };
}

export const MODELS = [
  { name: 'gpt-oss:20b', capabilities: ['completion', 'tools', 'thinking'] },
  { name: 'qwen3:8b', capabilities: ['completion', 'tools', 'thinking'] },
  { name: 'nomic-embed-text', capabilities: ['embedding'] },
];

export function say(content: string) {
  return [{ role: 'user' as const, content }];
}

/** Asks the server for a stream, which is off by default for Ollama. */
export const STREAMING = {
  agents: {
    defaults: { model: 'ollama/gpt-oss:20b', models: { 'ollama/gpt-oss:20b': { streaming: true } } },
  },
};

export const WEATHER = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
