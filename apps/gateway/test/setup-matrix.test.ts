import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig } from '@openclaw/config';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { createRuntime } from '@openclaw/runtime/internal';
import OpenAI from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { startGateway } from '../src/start-gateway.ts';
import { say } from './start-stack.ts';

interface SetUp {
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the state directory. */
  readonly files?: Readonly<Record<string, object>>;
}

const AUTH_PROFILES = {
  version: 1,
  profiles: { 'ollama:manual': { type: 'api_key', provider: 'ollama', key: 'ollama-local' } },
};

/** Every way in which people set Ollama up. All of them have to work, with a healthy server and nothing else. */
const SET_UPS: Readonly<Record<string, (url: string) => SetUp>> = {
  'only OLLAMA_API_KEY': (url) => ({ env: { OLLAMA_HOST: url, OLLAMA_API_KEY: 'ollama-local' } }),
  'only models.providers.ollama.apiKey': (url) => ({
    env: { OLLAMA_HOST: url },
    files: { 'openclaw.json': { models: { providers: { ollama: { apiKey: 'ollama-local' } } } } },
  }),
  'only an auth profile': (url) => ({
    env: { OLLAMA_HOST: url },
    files: { 'agents/main/agent/auth-profiles.json': AUTH_PROFILES },
  }),
  'an explicit baseUrl and models': (url) => ({
    files: {
      'openclaw.json': {
        models: {
          providers: { ollama: { baseUrl: `${url}/v1`, models: [{ id: 'gpt-oss:20b' }, { id: 'llama3.3' }] } },
        },
      },
    },
  }),
  'an explicit baseUrl and discover: true': (url) => ({
    files: { 'openclaw.json': { models: { providers: { ollama: { baseUrl: url, discover: true } } } } },
  }),
  'nothing but a default model': (url) => ({
    env: { OLLAMA_HOST: url },
    files: { 'openclaw.json': { agents: { defaults: { model: { primary: 'ollama/gpt-oss:20b' } } } } },
  }),
};

test.for(Object.entries(SET_UPS))('%s: the models are listed and one answers', async ([, setUp]) => {
  const simulator = await startOllamaSimulator({
    models: ['gpt-oss:20b', 'llama3.3', 'nomic-embed-text'],
    reply: ({ model }) => `Hello from ${model}.`,
  });
  onTestFinished(() => simulator.close());
  const client = await startClient(setUp(simulator.url));

  const { data } = await client.models.list();
  const answers = await Promise.all(
    ['openclaw', 'ollama/gpt-oss:20b'].map((model) => client.chat.completions.create({ model, messages: say('Hi') })),
  );

  const ids = data.map(({ id }) => id);
  expect(ids).toContain('ollama/gpt-oss:20b');
  expect(ids.filter((id) => id.startsWith('ollama/llama3.3'))).toHaveLength(1);
  for (const model of data.filter(({ id }) => id.includes('nomic'))) expect(model).toMatchObject({ type: 'embedding' });
  for (const answer of answers) {
    expect(answer).toMatchObject({
      model: 'ollama/gpt-oss:20b',
      choices: [{ message: { content: 'Hello from gpt-oss:20b.' } }],
    });
  }
});

async function startClient({ env = {}, files = {} }: SetUp): Promise<OpenAI> {
  const stateDir = await mkdtemp(join(tmpdir(), 'openclaw-matrix-'));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(stateDir, name)), { recursive: true });
    await writeFile(join(stateDir, name), JSON.stringify(content));
  }
  const loaded = await loadConfig({ env: { OPENCLAW_STATE_DIR: stateDir, ...env }, cwd: stateDir });
  const runtime = createRuntime({ loaded });
  onTestFinished(() => runtime.close());
  const gateway = await startGateway({ runtime, port: 0 });
  onTestFinished(() => gateway.close());
  return new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 });
}
