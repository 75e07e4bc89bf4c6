import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { listen as listenOn, listenOnFreePort } from './find-free-port.ts';
import { createJournal, type Journal } from './journal.ts';
import { createPauses, type Sleep, sleepWithTimer } from './pause.ts';
import { parseRelease } from './release.ts';
import { createRequestHandler } from './request-handler.ts';
import { compatibleRunSettings } from './run-settings.ts';
import { createScheduler } from './scheduler.ts';
import type { HttpReply, Recording, Reply } from './script.ts';
import { type CompleteModel, createModelStore, type ModelStore, type SimulatedModel } from './simulated-model.ts';
import type { SimulatedRequest } from './simulated-request.ts';

/** What to simulate. Everything has a default. */
export interface OllamaSimulatorOptions {
  /** @default '127.0.0.1' */
  host?: string | undefined;
  /** 0 selects a free one that stays free while this simulator does not listen (`findFreePort`). @default 0 */
  port?: number | undefined;
  /** The simulated release of Ollama, 0.5.2 or later. @default '0.32.15' */
  version?: string | undefined;
  /** A text is a model of that name with every default. @default ['qwen3:8b'] */
  models?: readonly (SimulatedModel | string)[] | undefined;
  /**
   * The reply to a request for text; for undefined the model's `reply` or the default reply is used. Called if the
   * queue is empty.
   */
  reply?: ((request: SimulatedRequest) => Reply | undefined | Promise<Reply | undefined>) | undefined;
  /** Handles any request before the simulated server, for example to let `/api/tags` fail. */
  intercept?: ((request: SimulatedRequest) => HttpReply | Recording | undefined) | undefined;
  /**
   * Requests that one model answers at the same time (OLLAMA_NUM_PARALLEL, where Ollama's default is 1). @default
   * Infinity
   */
  parallel?: number | undefined;
  /**
   * Models that are loaded at the same time (OLLAMA_MAX_LOADED_MODELS). Another one displaces an unused one, or waits for
   * that. @default Infinity
   */
  maxLoaded?: number | undefined;
  /**
   * Requests that may wait for a load (OLLAMA_MAX_QUEUE); the next one gets 503. With the model loaded, any number waits
   * for a slot. @default 512
   */
  maxQueue?: number | undefined;
  /** The window of models whose Modelfile does not say one (OLLAMA_CONTEXT_LENGTH). @default that of the release */
  contextLength?: number | undefined;
  /** Additional allowed origins (OLLAMA_ORIGINS). @default [] */
  origins?: readonly string[] | undefined;
  /** Seconds since 1970 for every `created`. @default the clock */
  created?: number | undefined;
  /** Milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
  /** Waits for every `…Ms`. @default a timer */
  sleep?: Sleep | undefined;
}

/** What requests have cost a simulator. */
export interface SimulatorCounts {
  /** How often a model was loaded for a request, again after it was displaced, unloaded or given another window included. */
  readonly loads: number;
  /** Tokens of the prompts of answered requests for text. */
  readonly promptTokens: number;
  /** The part of them that a slot had in memory, because an earlier prompt began with the same text. */
  readonly reusedTokens: number;
}

/** A running simulator. */
export interface OllamaSimulator {
  /** Without a slash at the end: `http://127.0.0.1:43210`. */
  readonly url: string;
  readonly port: number;
  readonly journal: Journal;
  /** What the requests so far have cost. */
  readonly counts: () => SimulatorCounts;
  /** Pull, remove, list. */
  readonly models: ModelStore;
  /** Replies to the next requests for text, in this order; used before `reply`. */
  readonly enqueue: (...replies: Reply[]) => void;
  /** Releases all current stalls, loads and headers. */
  readonly release: () => void;
  /** Marks a model as loaded (as after a first request) or not. */
  readonly load: (name: string) => void;
  readonly unload: (name: string) => void;
  /** Refuses new connections. Requests in flight continue. */
  readonly stopListening: () => Promise<void>;
  /** Listens again, on the same port. */
  readonly listen: () => Promise<void>;
  /** Destroys all connections and timers. */
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Starts a simulated Ollama server.
 * @throws RangeError if the version is invalid or too old; Node's error (`EADDRINUSE`) if the port is in use
 */
export async function startOllamaSimulator({
  host = '127.0.0.1',
  port: wantedPort = 0,
  version = '0.32.15',
  models: initialModels = ['qwen3:8b'],
  reply,
  intercept,
  parallel = Infinity,
  maxLoaded = Infinity,
  maxQueue = 512,
  contextLength: serverContextLength,
  origins = [],
  created,
  now = Date.now,
  sleep = sleepWithTimer,
}: OllamaSimulatorOptions = {}): Promise<OllamaSimulator> {
  const release = parseRelease(version);
  const models = createModelStore(initialModels);
  const pauses = createPauses({ sleep });
  const scheduler = createScheduler({ parallel, maxLoaded, maxQueue, pauses, now });
  const journalWriter = createJournal({ now });
  const queue: Reply[] = [];
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  const load = (model: CompleteModel): void =>
    scheduler.load(model, compatibleRunSettings({}, { model, release, serverContextLength }));
  for (const model of models.list()) if (model.loaded) load(model);

  let replies = 0;
  let toolCalls = 0;
  let promptTokens = 0;
  let reusedTokens = 0;
  const { handle, settled } = createRequestHandler({
    journalWriter,
    closing: closing.signal,
    origins,
    boundTo: host,
    intercept,
    isListening: () => server?.listening === true,
    context: {
      release,
      models,
      scheduler,
      parallel,
      serverContextLength,
      pauses,
      now,
      created: () => created ?? Math.floor(now() / 1000),
      // Ollama uses random ids from 0 to 998, which repeat; here they are sequential.
      nextReplyNumber: () => replies++ % 999,
      generateToolCallId: (model) =>
        toolCallId(toolCalls++, { opaque: model.toolParser === 'template' && release.has('runs-llama-server') }),
      countPrompt(tokens, reused) {
        promptTokens += tokens;
        reusedTokens += Math.min(tokens, reused);
      },
      takeReply: async (request) => queue.shift() ?? (await reply?.(request)),
    },
  });

  let server: Server | undefined;
  let port = wantedPort;
  const listen = async (): Promise<void> => {
    if (server !== undefined) return;
    // Go keeps idle connections open; Node would close them during a slow test.
    const next = createServer({ noDelay: true, keepAliveTimeout: 0 }, handle);
    next.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    server = next;
    try {
      if (port === 0) port = await listenOnFreePort(next, { host });
      else await listenOn(next, { port, host });
    } catch (error) {
      server = undefined;
      throw error;
    }
  };
  const stopListening = async (): Promise<void> => {
    // Closes idle connections too; connections in use close after their response.
    server?.close();
    server = undefined;
  };
  const close = async (): Promise<void> => {
    closing.abort();
    await stopListening();
    for (const socket of sockets) socket.destroy();
    await settled();
    journalWriter.close();
  };

  await listen();
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    journal: journalWriter.journal,
    counts: () => ({ loads: scheduler.loads(), promptTokens, reusedTokens }),
    models,
    enqueue: (...more) => void queue.push(...more),
    release: () => pauses.release(),
    load(name) {
      const model = models.find(name);
      if (model === undefined) throw new RangeError(`The simulator has no model ${JSON.stringify(name)}.`);
      load(model);
    },
    unload: (name) => scheduler.unload(models.find(name)?.name ?? name),
    stopListening,
    listen,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Ids in the form of the release, unlike each other and the same in every run. */
function toolCallId(number: number, { opaque }: { opaque: boolean }): string {
  const mixed = Array.from({ length: 4 }, (_, round) =>
    ((number + 1) * 2_654_435_761 * (round + 1) + round * 40_503).toString(36),
  ).join('');
  return opaque ? mixed.padEnd(32, '0').slice(0, 32) : `call_${mixed.slice(-8)}`;
}
