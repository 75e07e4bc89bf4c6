import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { startStack } from './start-stack.ts';

/** A server that says what became of a request that changes its models. */
const CHANGES: OllamaSimulatorOptions = {
  intercept: ({ path }) =>
    /^\/api\/(?:pull|push|create|copy|delete|blobs)/.test(path)
      ? { http: { body: '{"status":"success"}', headers: { 'content-type': 'application/json' } } }
      : undefined,
};

async function start({ manage = true, providers = {} }: { manage?: boolean; providers?: object } = {}) {
  const config = { gateway: { ollama: { manage } }, models: { providers: { ollama: {}, ...providers } } };
  const { simulator, gateway } = await startStack({ config, simulator: CHANGES });
  const send = async (method: string, path: string, body?: object | string) => {
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const response = await fetch(gateway.url + path, { method, ...(text !== undefined && { body: text }) });
    return [response.status, await response.text()] as const;
  };
  return { simulator, send };
}

test.each([
  ['POST', '/api/pull', { model: 'new:1b' }],
  ['POST', '/api/push', { model: 'gpt-oss:20b' }],
  ['POST', '/api/create', { model: 'mine', from: 'gpt-oss:20b' }],
  ['POST', '/api/copy', { source: 'gpt-oss:20b', destination: 'copy' }],
  ['DELETE', '/api/delete', { model: 'gpt-oss:20b' }],
  ['POST', '/api/blobs/sha256:00', {}],
])('refuses %s %s unless the configuration allows it', async (method, path, body) => {
  const { simulator, send } = await start({ manage: false });
  const [status, text] = await send(method, path, body);
  expect([status, JSON.parse(text)]).toEqual([403, { error: expect.stringContaining('gateway.ollama.manage') }]);
  expect(simulator.journal.of(path)).toEqual([]);
});

test('says that a model which is there has been pulled', async () => {
  const { simulator, send } = await start({ manage: false });
  for (const model of ['gpt-oss:20b', 'openclaw', 'nomic-embed-text'])
    expect(await send('POST', '/api/pull', { model })).toEqual([200, '{"status":"success"}\n']);
  expect(await send('POST', '/api/pull', { model: '', name: 'qwen3:8b' })).toEqual([200, '{"status":"success"}\n']);
  expect(simulator.journal.of('/api/pull')).toEqual([]);
});

test.each([
  ['POST', '/api/pull', { model: 'new:1b', stream: false }, { model: 'new:1b', stream: false }],
  ['POST', '/api/pull', { name: 'ollama/gpt-oss:20b' }, { name: 'gpt-oss:20b' }],
  ['POST', '/api/create', { model: 'ollama/mine', from: 'ollama/gpt-oss:20b' }, { model: 'mine', from: 'gpt-oss:20b' }],
  ['POST', '/api/copy', { source: 'a', destination: 'ollama/b' }, { source: 'a', destination: 'b' }],
  ['DELETE', '/api/delete', { model: 'gpt-oss:20b' }, { model: 'gpt-oss:20b' }],
])('sends %s %s to the only Ollama server', async (method, path, body, sent) => {
  const { simulator, send } = await start();
  expect(await send(method, path, body)).toEqual([200, '{"status":"success"}']);
  expect(simulator.journal.of(path)).toMatchObject([{ method, body: sent }]);
});

test('sends files as they are', async () => {
  const { simulator, send } = await start();
  const path = `/api/blobs/sha256:${'0'.repeat(64)}`;
  expect((await send('HEAD', path))[0]).toBe(200);
  expect((await send('POST', path, 'bytes of a model'))[0]).toBe(200);
  const entries = simulator.journal.entries.filter((entry) => entry.path.startsWith('/api/blobs/'));
  expect(entries.map(({ method }) => method)).toEqual(['HEAD', 'POST']);
  expect(entries[1]?.rawBody.toString()).toBe('bytes of a model');
});

test('asks for the server when there are several', async () => {
  const second = await startOllamaSimulator({ ...CHANGES, models: ['mistral:7b'] });
  onTestFinished(second.close);
  const { simulator, send } = await start({ providers: { workstation: { baseUrl: second.url, discover: true } } });
  const [status, text] = await send('POST', '/api/pull', { model: 'new:1b' });
  expect([status, JSON.parse(text)]).toEqual([400, { error: expect.stringContaining('ollama/… or workstation/…') }]);
  expect((await send('POST', '/api/blobs/sha256:00', 'x'))[0]).toBe(400);
  await send('POST', '/api/pull', { model: 'workstation/new:1b' });
  await send('DELETE', '/api/delete', { model: 'mistral:7b' });
  expect(second.journal.of('/api/pull')).toMatchObject([{ body: { model: 'new:1b' } }]);
  expect(second.journal.of('/api/delete')).toMatchObject([{ body: { model: 'mistral:7b' } }]);
  expect(simulator.journal.of('/api/pull')).toEqual([]);
});

test('wants the name of a model', async () => {
  const { send } = await start();
  expect(await send('DELETE', '/api/delete', { model: '' })).toEqual([400, '{"error":"model is required"}']);
});
