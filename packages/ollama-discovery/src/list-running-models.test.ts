import { expect, test } from 'vitest';
import { fixture, scriptedServer } from '../test/scripted-server.ts';
import { listModelNames, listRunningModels, loadOllamaVersion } from './list-running-models.ts';

test('says how a model was loaded', async () => {
  const { fetch } = scriptedServer({ '/api/ps': fixture('ollama-0.12.6/ps.json') });
  expect(await listRunningModels({ fetch })).toEqual([
    {
      name: 'gemma3:12b',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      sizeBytes: 11_321_100_000,
      vramBytes: 5_900_000_000,
      contextLength: 8192,
      expiresAt: '2318-02-01T10:05:00.123456Z',
    },
  ]);
});

test('leaves the context out where Ollama 0.9 does', async () => {
  const { fetch } = scriptedServer({ '/api/ps': fixture('ollama-0.9.6/ps.json') });
  const [model] = await listRunningModels({ fetch });
  expect(model).not.toHaveProperty('contextLength');
});

test('finds nothing where nothing runs', async () => {
  const { fetch } = scriptedServer({ '/api/ps': fixture('ollama-0.12.6/ps-empty.json') });
  expect(await listRunningModels({ fetch })).toEqual([]);
});

test('names all models, whatever they can do', async () => {
  const { fetch } = scriptedServer({
    '/api/tags': { models: [{ name: 'a:latest' }, { name: 'nomic-embed-text:latest' }] },
  });
  expect(await listModelNames({ fetch })).toEqual(['a:latest', 'nomic-embed-text:latest']);
});

test('asks a server for its version', async () => {
  const { fetch, requests } = scriptedServer({ '/api/version': fixture('ollama-0.12.6/version.json') });
  expect(await loadOllamaVersion({ fetch, baseUrl: 'http://h:1/v1/' })).toBe('0.12.6');
  expect(requests[0]!.url).toBe('http://h:1/api/version');
});

test('fails when a server does not say its version', async () => {
  const { fetch } = scriptedServer({ '/api/version': {} });
  await expect(loadOllamaVersion({ fetch })).rejects.toMatchObject({ code: 'invalid-response' });
});
