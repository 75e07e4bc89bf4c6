import { readFileSync } from 'node:fs';
import type { EmbeddingRequest } from '@openclaw/provider';
import { expect, onTestFinished, test } from 'vitest';
import { startScriptedServer } from '../test/scripted-server.ts';
import type { ScriptedReply, ScriptedServer } from '../test/scripted-server.ts';
import { createOllamaProvider } from './ollama-provider.ts';
import type { OllamaProvider } from './ollama-provider.ts';

const REQUEST: EmbeddingRequest = { model: 'tape-embed', input: ['plain', 'think'] };
/** Of release 0.17.4, with shorter vectors. */
const RECORDED: ScriptedReply = {
  body: readFileSync(new URL('../test/fixtures/ollama-0.17.4/embed.json', import.meta.url), 'utf8'),
};

test('texts become vectors', async () => {
  const { server, provider } = await start(RECORDED);
  const result = await provider.embed(REQUEST);

  expect(result).toEqual({
    model: 'tape-embed',
    embeddings: [expect.any(Array), expect.any(Array)],
    usage: { inputTokens: 10, outputTokens: 0, totalTokens: 10, loadMs: 333.066075 },
  });
  expect(result.embeddings[0]).toEqual([0.044237424, -0.044237424, -0.044237424]);
  expect(server.requests).toMatchObject([
    { path: '/api/embed', body: { model: 'tape-embed', input: ['plain', 'think'], truncate: false } },
  ]);
});

test('context length, dimensions and further keys are sent; none undoes what the server needs', async () => {
  const { server, provider } = await start(RECORDED);
  const raw = { dialect: 'ollama', value: { truncate: true, options: { num_gpu: 0 } } };
  await provider.embed({ ...REQUEST, dimensions: 3, contextLength: 2_048, keepAlive: '1h', raw });

  expect(server.requests[0]?.body).toEqual({
    ...REQUEST,
    dimensions: 3,
    keep_alive: '1h',
    options: { num_ctx: 2_048, num_gpu: 0 },
    truncate: false,
  });
});

test.each<[string, ScriptedReply, object]>([
  [
    'a text that does not fit',
    { status: 400, body: { error: 'the input length exceeds the context length' } },
    { code: 'context-length-exceeded', model: 'tape-embed' },
  ],
  [
    'a model that is not there',
    { status: 404, body: { error: 'model "tape-embed" not found, try pulling it first' } },
    { code: 'model-not-found', message: expect.stringContaining('ollama pull tape-embed') },
  ],
  [
    'a model that makes no embeddings',
    { status: 501, body: { error: 'this model does not support embeddings' } },
    { code: 'unsupported', capability: 'embeddings' },
  ],
  ['an empty error (0.5.7)', { status: 500, body: { error: {} } }, { code: 'server-error' }],
  ['too few vectors', { body: { embeddings: [[1, 2]] } }, { message: expect.stringContaining('2 vectors') }],
  ['vectors of something else', { body: { embeddings: [['a'], [2]] } }, { code: 'invalid-response' }],
  ['a page', { body: '<html></html>' }, { code: 'invalid-response' }],
  ['a compressed body', { body: '', headers: { 'content-encoding': 'gzip' } }, { code: 'invalid-response' }],
])('%s is an error', async (_title, reply, expected) => {
  const { provider } = await start(reply);

  await expect(provider.embed(REQUEST)).rejects.toMatchObject(expected);
});

test('an abort ends the request', async () => {
  const { server, provider } = await start('never');
  const controller = new AbortController();
  const embedding = provider.embed(REQUEST, { signal: controller.signal });
  await server.reached(1);
  controller.abort();

  await expect(embedding).rejects.toMatchObject({ code: 'aborted' });
});

async function start(reply: ScriptedReply): Promise<{ server: ScriptedServer; provider: OllamaProvider }> {
  const server = await startScriptedServer([reply]);
  const provider = createOllamaProvider({ id: 'ollama', baseUrl: server.url });
  onTestFinished(async () => {
    await provider.close();
    await server.close();
  });
  return { server, provider };
}
