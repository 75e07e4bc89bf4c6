import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { collectMessage } from '@openclaw/provider';
import {
  CHAT_PATH,
  deadUrl,
  env,
  primary,
  providers,
  say,
  startRuntime,
  startSimulator,
} from '../../test/start-runtime.ts';

interface OtherServer {
  readonly url: string;
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  readonly answers: Record<string, unknown>;
}

/** A server with these JSON answers, and 404 for all other paths. */
async function startServer(answers: Record<string, unknown>): Promise<OtherServer> {
  const requests: { path: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, authorization: request.headers.authorization });
    const answer = answers[path];
    request.resume();
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { detail: 'Not Found' }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, answers };
}

const COMPLETION = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'from it' }, finish_reason: 'stop' }],
};
const VLLM = { object: 'list', data: [{ id: 'Org/Coder', owned_by: 'vllm', max_model_len: 40_960 }] };

test.each(['vllm', 'box'])('a server that is not Ollama is asked for its list, as %s', async (id) => {
  const { url, requests } = await startServer({ '/v1/models': VLLM });
  const config = providers({ [id]: { baseUrl: `${url}/v1`, apiKey: 'a-secret-key', discover: true } });
  const { models, problems } = await startRuntime({ config }).inventory();
  expect(problems).toEqual([]);
  expect(models).toMatchObject([
    { ref: `${id}/Org/Coder`, endpoint: `${url}/v1`, contextWindow: 40_960, maxTokens: 8192, source: 'discovered' },
  ]);
  expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a-secret-key']));
});

test('a path of its own is kept, and chat goes there', async () => {
  const { url, requests } = await startServer({ '/api/v1/models': VLLM, '/api/v1/chat/completions': COMPLETION });
  const config = { ...providers({ box: { baseUrl: `${url}/api/v1/`, discover: true } }), ...primary('box/Org/Coder') };
  const runtime = startRuntime({ config });
  const message = await collectMessage(runtime.chat({ ...say('hi'), streaming: false }));
  expect(message).toMatchObject({ model: 'box/Org/Coder', text: 'from it' });
  expect(requests.at(-1)?.path).toBe('/api/v1/chat/completions');
});

test('LM Studio is asked for what only its own list says', async () => {
  const data = [{ id: 'qwen3-8b', object: 'model', owned_by: 'organization_owner' }];
  const own = [{ id: 'qwen3-8b', type: 'llm', max_context_length: 40_960 }];
  const { url } = await startServer({ '/v1/models': { data }, '/api/v0/models': { data: own } });
  const config = providers({ lmstudio: { baseUrl: `${url}/v1`, discover: true } });
  expect((await startRuntime({ config }).inventory()).models).toMatchObject([{ contextWindow: 40_960 }]);
});

test('LM Studio before its own list says names', async () => {
  const data = [{ id: 'qwen3-8b', object: 'model', owned_by: 'organization_owner' }];
  const { url } = await startServer({ '/v1/models': { data } });
  const config = providers({ lmstudio: { baseUrl: `${url}/v1`, discover: true } });
  expect((await startRuntime({ config }).inventory()).models).toMatchObject([{ ref: 'lmstudio/qwen3-8b' }]);
});

test('llama.cpp is not taken for Ollama, although it answers to /api/tags', async () => {
  const data = [{ id: 'gemma', owned_by: 'llamacpp', meta: { n_ctx_train: 131_072 } }];
  const list = { models: [{ name: 'gemma', model: 'gemma', digest: '' }], object: 'list', data };
  const { url, requests } = await startServer({ '/v1/models': list, '/models': list, '/api/tags': list });
  const config = providers({ box: { baseUrl: url, discover: true } });
  expect((await startRuntime({ config }).inventory()).models).toMatchObject([{ contextWindow: 131_072 }]);
  expect(requests.map(({ path }) => path).toSorted()).toEqual(['/api/version', '/models']);
});

test('a server that answers as Ollama is Ollama', async () => {
  const { url } = await startSimulator();
  const config = providers({ lmstudio: { baseUrl: `${url}/v1`, discover: true } });
  const { models, hidden } = await startRuntime({ config }).inventory();
  expect(models.map(({ ref }) => ref)).toEqual(['lmstudio/gpt-oss:20b', 'lmstudio/llama3.3:latest']);
  expect(hidden).toMatchObject([{ ref: 'lmstudio/nomic-embed-text:latest' }]);
});

test('a server that is down is named, not Ollama', async () => {
  const url = deadUrl();
  const config = providers({ vllm: { baseUrl: `${url}/v1`, discover: true } });
  const { problems } = await startRuntime({ config }).inventory();
  expect(problems).toMatchObject([
    { provider: 'vllm', url: `${url}/v1`, message: expect.stringMatching(/^vllm at .*\/v1\/models .*refused/) },
  ]);
  expect(problems[0]?.message).not.toMatch(/ollama/i);
});

test('a refused key is said, and not shown', async () => {
  const { url } = await startSimulator({
    intercept: () => ({ http: { status: 401, body: { error: { message: 'Invalid key a-secret-key' } } } }),
  });
  const config = providers({ vllm: { baseUrl: `${url}/v1`, apiKey: 'a-secret-key', discover: true } });
  const [problem] = (await startRuntime({ config }).inventory()).problems;
  expect(problem?.message).toMatch(/answered 401.*Check the API key of provider "vllm"/s);
  expect(problem?.message).not.toContain('a-secret-key');
});

test('an answer without a list says so', async () => {
  const { url } = await startServer({ '/v1/models': { hello: 'world' } });
  const config = providers({ vllm: { baseUrl: `${url}/v1`, discover: true } });
  const [problem] = (await startRuntime({ config }).inventory()).problems;
  expect(problem?.message).toMatch(/without a list of models/);
});

test('an entry with neither models nor discovery says the one command', async () => {
  const config = providers({ lmstudio: { baseUrl: 'http://127.0.0.1:1234/v1' } });
  expect((await startRuntime({ config }).inventory()).problems).toMatchObject([
    {
      provider: 'lmstudio',
      message: expect.stringMatching(/lists no models, and discovery is off/),
      nextCommand: 'openclaw config set models.providers.lmstudio.discover true',
    },
  ]);
});

test.each([
  ['listed', { models: [{ id: 'big' }] }, 'configured'],
  ['named', {}, 'assumed'],
])('a model of Ollama that is only %s has the window of the server', async (_, entry, source) => {
  const { url } = await startSimulator({ models: [{ name: 'big:latest', contextLength: 131_072 }, 'other'] });
  const config = { ...providers({ ollama: { baseUrl: url, ...entry } }), ...primary('ollama/big') };
  const { models, problems } = await startRuntime({ config }).inventory();
  expect(models).toMatchObject([{ ref: 'ollama/big', contextWindow: 131_072, source }]);
  expect(models).toHaveLength(1);
  expect(problems).toEqual([]);
});

test('a configured window needs no question', async () => {
  const { url, journal } = await startSimulator();
  const config = providers({ ollama: { baseUrl: url, models: [{ id: 'big', contextWindow: 4096 }] } });
  expect((await startRuntime({ config }).inventory()).models).toMatchObject([{ contextWindow: 4096 }]);
  expect(journal.entries).toEqual([]);
});

test('a server that does not say its windows is no problem for listed models', async () => {
  const config = providers({ ollama: { baseUrl: deadUrl(), models: [{ id: 'big' }] } });
  const { models, problems } = await startRuntime({ config }).inventory();
  expect(models).toMatchObject([{ contextWindow: 8192 }]);
  expect(problems).toEqual([]);
});

test('an Ollama server keeps its streaming rule and its plan', async () => {
  const { url, journal } = await startSimulator();
  const config = { ...providers({ gpu: { baseUrl: url, discover: true } }), ...primary('gpu/llama3.3') };
  await collectMessage(startRuntime({ config, env: env(url) }).chat(say('hi')));
  expect(journal.of(CHAT_PATH)).toMatchObject([{ body: expect.not.objectContaining({ stream: true }) }]);
});
