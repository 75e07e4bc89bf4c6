import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createModelSettings } from '@openclaw/tape-model';
import type { TapeBehavior } from '@openclaw/tape-model';
import { startOllamaProcess } from './ollama-process.ts';
import type { OllamaProcess } from './ollama-process.ts';
import { isAtLeast } from './ollama-server.ts';
import type { OllamaServer } from './ollama-server.ts';

/** A running server, and what tests do with it. */
export interface RealOllama {
  readonly url: string;
  /** `0.17.4` */
  readonly version: string;
  /** The process, which can be stopped and killed. Absent for a server of `OLLAMA_TEST_HOSTS`. */
  readonly process: OllamaProcess | undefined;
  /** Whether the server is this release or a later one. */
  isAtLeast(release: string): boolean;
  /** Creates a model through the server's API. It is deleted at the end. */
  createModel(name: string, model: TestModel): Promise<void>;
  /** Posts JSON. */
  post(path: string, body: object, init?: RequestInit): Promise<Response>;
  /** The entries of `/api/ps`. */
  listRunning(): Promise<readonly RunningEntry[]>;
  /** Unloads a model with `keep_alive: 0`, which also works while its slot is taken. */
  unload(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A model to create: the weights of `createTapeModel`, and their Modelfile. */
export interface TestModel extends TapeBehavior {
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** An entry of `/api/ps`. `context_length` is present from Ollama 0.10.0 on. */
export interface RunningEntry {
  readonly name: string;
  readonly expires_at: string;
  readonly context_length?: number;
}

/** Options of `startRealOllama`. */
export interface RealOllamaOptions {
  /** For the server, if the suite starts it: `{ OLLAMA_NUM_PARALLEL: '1' }`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly models?: Readonly<Record<string, TestModel>>;
}

/** Starts a server, or uses the one that runs, and creates the models. */
export async function startRealOllama(
  server: OllamaServer,
  { env = {}, models = {} }: RealOllamaOptions = {},
): Promise<RealOllama> {
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-ollama-'));
  const started = server.binary === undefined ? undefined : await startOllamaProcess(server.binary, { directory, env });
  const url = started?.url ?? server.url ?? '';
  const created: string[] = [];
  const ollama: RealOllama = {
    url,
    version: server.version,
    process: started,
    isAtLeast: (release) => isAtLeast(server.version, release),
    async createModel(name, { weights, ...behavior }) {
      await expectSuccess(await upload(weights));
      const files = { 'tape.gguf': `sha256:${hash(weights)}` };
      const body = { model: name, files, stream: false, ...createModelSettings(behavior) };
      await expectSuccess(await ollama.post('/api/create', body));
      created.push(name);
    },
    post: (path, body, init) => fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body), ...init }),
    async listRunning() {
      const body: { models: RunningEntry[] } = JSON.parse(await (await fetch(`${url}/api/ps`)).text());
      return body.models;
    },
    async unload(name) {
      await expectSuccess(await ollama.post('/api/chat', { model: name, messages: [], keep_alive: 0 }));
    },
    async close() {
      if (started === undefined) {
        for (const model of created)
          await fetch(`${url}/api/delete`, { method: 'DELETE', body: JSON.stringify({ model }) });
      }
      await started?.kill();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    for (const [name, model] of Object.entries(models)) await ollama.createModel(name, model);
  } catch (error) {
    await ollama.close();
    throw error;
  }
  return ollama;

  async function upload(weights: Uint8Array<ArrayBuffer>): Promise<Response> {
    const target = `${url}/api/blobs/sha256:${hash(weights)}`;
    const present = await fetch(target, { method: 'HEAD' });
    return present.ok ? present : fetch(target, { method: 'POST', body: weights });
  }
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function expectSuccess(response: Response): Promise<void> {
  const text = await response.text();
  if (!response.ok || text.includes('"error"')) throw new Error(`${response.url}: ${response.status} ${text}`);
}
