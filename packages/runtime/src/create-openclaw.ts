import { loadConfig, loadConfigObject } from '@openclaw/config';
import type { LoadedConfig, OpenClawConfigInput } from '@openclaw/config';
import { createMemoryDiscoveryCache } from '@openclaw/ollama-discovery';
import { checkChatRequest, collectMessage, failArgument, openEventStream } from '@openclaw/provider';
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
export async function createOpenClaw(options: CreateOpenClawOptions = {}): Promise<OpenClaw> {
  checkOptions(options);
  const { config, env = process.env } = options;
  if (config === undefined) return openClawOf(createRuntime({ loaded: await loadConfig({ env }) }));
  const loaded: LoadedConfig = await loadConfigObject(config, { env });
  return openClawOf(createRuntime({ loaded, cache: createMemoryDiscoveryCache() }));
}

/** In plain JavaScript, a configuration is easily passed without its name. */
function checkOptions(options: object): void {
  const caller = 'createOpenClaw';
  const expected = '{ config }, with a configuration in the shape of openclaw.json';
  if (typeof options !== 'object' || options === null)
    failArgument(caller, { path: 'options', value: options, expected });
  const unknown = Object.keys(options).find((key) => !OPTIONS.has(key));
  if (unknown !== undefined)
    failArgument(caller, { path: `options.${unknown}`, value: options, found: 'no option', expected });
  const config: unknown = 'config' in options ? options.config : undefined;
  if (config !== undefined && (typeof config !== 'object' || config === null || Array.isArray(config)))
    failArgument(caller, {
      path: 'options.config',
      value: config,
      expected: 'an object in the shape of openclaw.json',
    });
}

const OPTIONS: ReadonlySet<string> = new Set(['config', 'env']);

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
  checkChatRequest(request, { caller: 'chat' });
  const asked = { ...request };
  const events = openEventStream(runtime.chat(asked, options));
  const message = () => {
    // The request is read with the first pull.
    asked.wholeAnswer ??= true;
    return collectMessage(events);
  };
  return Object.assign(events, { message, text: async () => (await message()).text });
}
