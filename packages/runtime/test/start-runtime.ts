import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator, OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { isProviderError } from '@openclaw/provider';
import type { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { onTestFinished } from 'vitest';
import { createRuntime } from '../src/create-runtime.ts';
import type { CreateRuntimeOptions } from '../src/create-runtime.ts';
import type { Runtime } from '../src/runtime.ts';

export interface StartRuntimeOptions extends Omit<CreateRuntimeOptions, 'loaded'> {
  readonly config?: object;
  readonly env?: Record<string, string>;
  readonly authProfiles?: LoadedConfig['authProfiles'];
}

/** A configuration as `loadConfig` would give it, without a file. */
export function loadedConfig({ config = {}, env = {}, authProfiles = {} }: StartRuntimeOptions = {}): LoadedConfig {
  const stateDir = mkdtempSync(join(tmpdir(), 'runtime-state-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  const parsed = parseConfig(JSON.stringify(config), { env });
  return {
    ...parsed,
    path: join(stateDir, 'openclaw.json'),
    exists: true,
    files: [],
    emptyFiles: [],
    stateDir,
    profile: undefined,
    authProfiles,
    authProfilePaths: [],
    environmentPaths: [],
  };
}

/** A runtime that is closed when the test is over. It does not find the Ollama that a developer's machine may run. */
export function startRuntime({
  config = {},
  env = {},
  authProfiles = {},
  ...options
}: StartRuntimeOptions = {}): Runtime {
  const runtime = createRuntime({
    loaded: loadedConfig({ config, env: { OLLAMA_HOST: deadUrl(), ...env }, authProfiles }),
    ...options,
  });
  onTestFinished(() => runtime.close());
  return runtime;
}

/**
 * A simulator that is closed when the test is over. Without models of the test's own it has two with tools and one for
 * embeddings.
 */
export async function startSimulator(options: OllamaSimulatorOptions = {}): Promise<OllamaSimulator> {
  const simulator = await startOllamaSimulator({
    models: ['gpt-oss:20b', 'llama3.3:latest', 'nomic-embed-text'],
    ...options,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

/**
 * A URL where nothing listens. The system assigns no port below 1024, so no other test can get it, as it could get the
 * port of a server that was closed. `fetch` refuses port 1 itself.
 */
export function deadUrl(port = 2): string {
  return `http://127.0.0.1:${port}`;
}

/** All events of a stream. */
export async function eventsOf(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** A user message. */
export function say(content: string) {
  return { messages: [{ role: 'user' as const, content }] };
}

/** Any tool. */
export const tools = [
  { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
];

/** Where requests for an answer go. */
export const CHAT_PATH = '/v1/chat/completions';

/** The environment with the address of Ollama. */
export const env = (url: string) => ({ OLLAMA_HOST: url });

/** A configuration that chooses a model. */
export const primary = (model: string, fallbacks: string[] = []) => ({
  agents: { defaults: { model: { primary: model, fallbacks } } },
});

/** A configuration with these providers. */
export const providers = (entries: object) => ({ models: { providers: entries } });

/** The error that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<ProviderError> {
  const error = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (isProviderError(error)) return error;
  throw error;
}
