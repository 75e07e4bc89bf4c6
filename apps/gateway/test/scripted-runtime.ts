import { parseConfig } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import type { PassThroughRequest, Runtime, RuntimeChatRequest } from '@openclaw/runtime/internal';
import { startGateway } from '../src/start-gateway.ts';
import type { Gateway, StartGatewayOptions } from '../src/start-gateway.ts';

/** What a test's model says: events, or a function of the request. A promise in between is waited for. */
export type Script =
  | readonly (StreamEvent | Promise<unknown>)[]
  | ((request: RuntimeChatRequest, signal: AbortSignal) => AsyncIterable<StreamEvent>);

export interface ScriptedRuntime extends Runtime {
  readonly requests: RuntimeChatRequest[];
  readonly passed: PassThroughRequest[];
  /** Chats whose consumer has stopped listening, for whatever reason. */
  ended: number;
}

/** A runtime that plays one script per chat; the last one again and again. */
export function scriptedRuntime(
  scripts: readonly Script[] = [answer('Hello')],
  { gateway = {}, ...overrides }: Partial<Runtime> & { gateway?: object } = {},
): ScriptedRuntime {
  const requests: RuntimeChatRequest[] = [];
  const passed: PassThroughRequest[] = [];
  const runtime: ScriptedRuntime = {
    loaded: loadedConfig(gateway),
    requests,
    passed,
    ended: 0,
    chat(request, { signal = new AbortController().signal } = {}) {
      requests.push(request);
      const script = scripts[Math.min(requests.length, scripts.length) - 1] ?? [];
      return play(script, { request, signal, onEnd: () => runtime.ended++ });
    },
    inventory: async () => ({ models: [MODEL], hidden: [], problems: [] }),
    explain: () => Promise.reject(new Error('not scripted')),
    countTokens: () => Promise.reject(new Error('not scripted')),
    passThrough: async (request) => {
      passed.push(request);
      return {
        model: 'ollama/nomic-embed-text',
        status: 200,
        contentType: 'application/json',
        body: (async function* () {
          yield Buffer.from('{"object":"list",');
          yield Buffer.from('"data":[{"object":"embedding","index":0,"embedding":[1,2]}]}');
        })(),
      };
    },
    findModel: async () => MODEL,
    describeModel: () => undefined,
    ollamaServers: () => [],
    requestOllama: () => Promise.reject(new Error('not scripted')),
    circuits: () => [],
    loads: () => [],
    endpoints: () => [],
    share() {},
    reload() {},
    close: async () => {},
    ...overrides,
  };
  return runtime;
}

async function* play(
  script: Script,
  { request, signal, onEnd }: { request: RuntimeChatRequest; signal: AbortSignal; onEnd: () => void },
): AsyncGenerator<StreamEvent> {
  const aborted = new Promise<'aborted'>((resolve) => signal.addEventListener('abort', () => resolve('aborted')));
  try {
    if (typeof script === 'function') {
      yield* script(request, signal);
      return;
    }
    for (const step of script) {
      const event = step instanceof Promise ? await Promise.race([step, aborted]) : step;
      if (signal.aborted) {
        yield { type: 'error', error: new ProviderError('aborted', 'The request was cancelled.') };
        return;
      }
      if (!(step instanceof Promise)) yield event as StreamEvent;
    }
  } finally {
    onEnd();
  }
}

export const never = new Promise<never>(() => {});

export const start: StreamEvent = { type: 'start', model: 'ollama/gpt-oss:20b' };
export const finish: StreamEvent = {
  type: 'finish',
  reason: 'stop',
  usage: { inputTokens: 12, outputTokens: 5, totalTokens: 17 },
};

export function text(value: string): StreamEvent {
  return { type: 'text-delta', text: value };
}

/** An answer in as many deltas as there are pieces. */
export function answer(...pieces: string[]): StreamEvent[] {
  return [start, ...pieces.map(text), finish];
}

export function failure(...args: ConstructorParameters<typeof ProviderError>): StreamEvent {
  return { type: 'error', error: new ProviderError(...args) };
}

export const MODEL: CatalogModel = {
  ref: 'ollama/gpt-oss:20b',
  provider: 'ollama',
  model: 'gpt-oss:20b',
  name: 'gpt-oss 20b',
  endpoint: 'http://127.0.0.1:11434/v1',
  input: ['text'],
  tools: true,
  reasoning: true,
  contextWindow: 131_072,
  maxTokens: 1_310_720,
  cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  local: true,
  source: 'discovered',
  aliases: ['oss'],
};

/** A configuration as a file with this `gateway` section has it. */
export function loadedConfig(gateway: { auth?: object; limits?: object } = {}): LoadedConfig {
  const text = JSON.stringify({
    gateway: {
      reload: { mode: 'hybrid', debounceMs: 0 },
      shutdownTimeoutMs: 5_000,
      ...gateway,
      auth: { rateLimit: { maxAttempts: 3 }, ...gateway.auth },
      limits: { maxBodyBytes: 1_000_000, maxBufferedBytes: 10_000_000, maxQueued: 8, ...gateway.limits },
    },
  });
  return {
    ...parseConfig(text),
    path: '/nowhere/openclaw.json',
    exists: false,
    files: [],
    emptyFiles: [],
    stateDir: '/nowhere',
    profile: undefined,
    authProfiles: {},
    authProfilePaths: [],
    environmentPaths: [],
  };
}

/** A gateway on a free port in front of scripts. */
export async function startScripted(
  scripts?: readonly Script[],
  { gateway = {}, ...options }: Partial<StartGatewayOptions> & { gateway?: object } = {},
): Promise<{ gateway: Gateway; runtime: ScriptedRuntime }> {
  const runtime = scriptedRuntime(scripts, { gateway });
  return { gateway: await startGateway({ runtime, port: 0, ...options }), runtime };
}
