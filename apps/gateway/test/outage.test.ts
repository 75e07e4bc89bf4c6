import { describe, expect, test } from 'vitest';
import { startStack } from './start-stack.ts';
import { SURFACES } from './surfaces-under-test.ts';

/** Ollama is enabled, and stopped before the gateway was asked for the first time. */
async function startWithoutOllama() {
  const stack = await startStack({ config: { agents: {}, models: { providers: { ollama: {} } } } });
  await stack.simulator.close();
  return stack;
}

describe.each(SURFACES)('$api, with Ollama down', ({ path, body, streaming, errorIn, errorShape }) => {
  test.each([
    ['the default', 'openclaw', false],
    ['the default', 'openclaw', true],
    ['a bare name', 'gpt-oss:20b', false],
    ['a reference', 'ollama/gpt-oss:20b', false],
  ])('a request for %s (%s, stream: %s) can be retried', async (_name, model, stream) => {
    const { gateway, simulator } = await startWithoutOllama();
    const sent = JSON.stringify({ ...body, model, ...streaming(stream) });
    const response = await fetch(`${gateway.url}${path}`, { method: 'POST', body: sent });
    expect(response.status).toBe(502);
    expect(response.headers.get('retry-after')).toBe('1');
    const error = errorIn(await response.text());
    expect(error).toMatchObject(errorShape);
    expect(error).toMatchObject({ message: expect.stringContaining(simulator.url) });
  });
});

test.each(['/v1/models/gpt-oss:20b', '/v1/models/ollama%2Fgpt-oss:20b'])('%s can be retried', async (path) => {
  const { gateway } = await startWithoutOllama();
  const response = await fetch(`${gateway.url}${path}`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([502, '1']);
});

test('an embeddings request can be retried', async () => {
  const { gateway } = await startWithoutOllama();
  const body = JSON.stringify({ model: 'nomic-embed-text', input: 'Hi' });
  const response = await fetch(`${gateway.url}/v1/embeddings`, { method: 'POST', body });
  expect([response.status, response.headers.get('retry-after')]).toEqual([502, '1']);
});

describe('/readyz says why no model can be asked', () => {
  const readyz = async (url: string) => (await fetch(`${url}/readyz`)).json();

  test('the server is down', async () => {
    const { gateway } = await startWithoutOllama();
    expect(await readyz(gateway.url)).toMatchObject({ ready: false, reason: 'unreachable', failing: ['ollama'] });
  });

  test('the server is running, and not enabled', async () => {
    const { gateway } = await startStack({ config: { agents: {} } });
    expect(await readyz(gateway.url)).toMatchObject({
      ready: false,
      reason: 'not-enabled',
      problems: [{ nextCommand: 'openclaw config set models.providers.ollama.apiKey "ollama-local"' }],
    });
  });

  test('every model is hidden', async () => {
    const { gateway } = await startStack({
      config: { agents: {}, models: { providers: { ollama: {} } } },
      simulator: { models: [{ name: 'gemma2:9b', capabilities: ['completion'] }] },
    });
    expect(await readyz(gateway.url)).toMatchObject({
      ready: false,
      reason: 'no-models',
      hidden: [{ ref: 'ollama/gemma2:9b', code: 'no-tools' }],
      nextCommands: ['openclaw models pull gpt-oss:20b', 'openclaw models set ollama/gemma2:9b'],
    });
  });
});
