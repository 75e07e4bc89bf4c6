import { loadConfig, loadConfigObject } from '@openclaw/config';
import type { LoadedConfig, OpenClawConfigInput } from '@openclaw/config';
import { createMemoryDiscoveryCache } from '@openclaw/ollama-discovery';
import { collectMessage, openEventStream } from '@openclaw/provider';
import { agentNames } from './agent-names.ts';
import { createRuntime } from './create-runtime.ts';
import type { ChatAnswer, OpenClaw } from './openclaw.ts';
import type { Runtime } from './runtime.ts';

export interface CreateOpenClawOptions {
  /** The configuration, in the shape of `openclaw.json`. @default the configuration file of the user */
  readonly config?: OpenClawConfigInput | undefined;
  /** Where variables, keys of providers and the place of the configuration file are read. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Opens the models of a configuration. No connection is opened before the first request. With `config`, no file is read
 * or written.
 * @throws {ConfigError} if the configuration is invalid
 */
export async function createOpenClaw({ config, env = process.env }: CreateOpenClawOptions = {}): Promise<OpenClaw> {
  if (config === undefined) return openClawOf(createRuntime({ loaded: await loadConfig({ env }) }));
  const loaded: LoadedConfig = await loadConfigObject(config, { env });
  return openClawOf(createRuntime({ loaded, cache: createMemoryDiscoveryCache() }));
}

function openClawOf(runtime: Runtime): OpenClaw {
  return {
    chat: (request, options) => answerOf(runtime, { request, options }),
    models: async (options) => ({ agents: agentNames(runtime.loaded), ...(await runtime.inventory(options)) }),
    explain: (query = {}, options) => runtime.explain(query, options),
    passThrough: (request, options) => runtime.passThrough(request, options),
    close: () => runtime.close(),
    [Symbol.asyncDispose]: () => runtime.close(),
  };
}

interface Asked {
  readonly request: Parameters<OpenClaw['chat']>[0];
  readonly options: Parameters<OpenClaw['chat']>[1];
}

function answerOf(runtime: Runtime, { request, options }: Asked): ChatAnswer {
  const events = openEventStream(runtime.chat(request, options));
  const message = () => collectMessage(events);
  return Object.assign(events, { message, text: async () => (await message()).text });
}
