import { describe, expect, test } from 'vitest';
import { deadUrl, loadedConfig, providers, startRuntime, startSimulator } from '../test/start-runtime.ts';
import { providerSetups } from './provider-setup.ts';

const lab = (endpoints: readonly object[], others: object = {}) =>
  providers({ lab: { api: 'ollama', endpoints, ...others } });

describe('setups of a provider with endpoints', () => {
  test('are one for each endpoint, with the settings of the provider and its own', () => {
    const config = lab(
      [
        { baseUrl: 'http://gpu-1:11434', apiKey: 'ONE_API_KEY', headers: { 'X-A': 'own' }, maxConcurrent: 1 },
        { baseUrl: 'http://gpu-2:11434/v1', name: 'big', weight: 2, models: ['gpt-oss:*'] },
      ],
      { apiKey: 'shared', headers: { 'x-a': 'all', 'x-b': 'all' }, maxConcurrent: 4 },
    );
    const { setups } = providerSetups(loadedConfig({ config, env: { ONE_API_KEY: 'one' } }));
    expect(setups).toMatchObject([
      {
        id: 'lab',
        server: 'ollama',
        baseUrl: 'http://gpu-1:11434/v1',
        nativeUrl: 'http://gpu-1:11434',
        apiKey: 'one',
        headers: { 'x-a': 'own', 'x-b': 'all' },
        maxConcurrent: 1,
        discovers: true,
        endpoint: { name: 'gpu-1:11434', weight: 1 },
      },
      {
        id: 'lab',
        baseUrl: 'http://gpu-2:11434/v1',
        apiKey: 'shared',
        headers: { 'x-a': 'all', 'x-b': 'all' },
        maxConcurrent: 4,
        discovers: true,
        endpoint: { name: 'big', weight: 2, models: ['gpt-oss:*'] },
      },
    ]);
  });

  test('tell a problem of all of them once', () => {
    const config = lab([{ baseUrl: 'http://gpu-1:11434' }, { baseUrl: 'http://gpu-2:11434' }], {
      request: { proxy: { mode: 'explicit-proxy', url: 'socks5://squid:1' } },
    });
    const { setups, unusable } = providerSetups(loadedConfig({ config }));
    expect(setups).toEqual([]);
    expect(unusable).toMatchObject([
      { id: 'lab', message: expect.stringContaining('is not the URL of an HTTP proxy') },
    ]);
  });
});

describe('the models of endpoints', () => {
  test('are listed once, with the endpoints that have them', async () => {
    const [one, two] = [
      await startSimulator({ models: ['gpt-oss:20b', 'llama3.3:latest'] }),
      await startSimulator({ models: ['gpt-oss:20b', 'qwen3:8b'] }),
    ];
    const runtime = startRuntime({
      config: lab([
        { baseUrl: one.url, name: 'one' },
        { baseUrl: two.url, name: 'two' },
      ]),
    });
    const { models, problems } = await runtime.inventory();
    expect(problems).toEqual([]);
    expect(
      models.map(({ ref, endpointName, targets }) => [
        ref,
        endpointName,
        targets?.map((target) => target.endpointName),
      ]),
    ).toEqual([
      ['lab/gpt-oss:20b', undefined, ['one', 'two']],
      ['lab/llama3.3:latest', 'one', undefined],
      ['lab/qwen3:8b', 'two', undefined],
    ]);
    expect(models[0]?.targets?.map(({ endpoint }) => endpoint)).toEqual([`${one.url}/v1`, `${two.url}/v1`]);
  });

  test('have what all endpoints have in common', async () => {
    const [one, two] = [
      await startSimulator({
        models: [{ name: 'm:1b', capabilities: ['completion', 'tools', 'vision'], contextLength: 8192 }],
      }),
      await startSimulator({ models: [{ name: 'm:1b', capabilities: ['completion', 'tools'], contextLength: 4096 }] }),
    ];
    const runtime = startRuntime({ config: lab([{ baseUrl: one.url }, { baseUrl: two.url }]) });
    const { models } = await runtime.inventory();
    expect(models).toMatchObject([
      {
        input: ['text'],
        tools: true,
        contextWindow: 4096,
        targets: [
          { input: ['text', 'image'], contextWindow: 8192 },
          { input: ['text'], contextWindow: 4096 },
        ],
      },
    ]);
  });

  test('are limited by `models` of the endpoint', async () => {
    const [one, two] = [await startSimulator(), await startSimulator()];
    const runtime = startRuntime({
      config: lab([
        { baseUrl: one.url, name: 'one', models: ['llama*'] },
        { baseUrl: two.url, name: 'two', models: ['gpt-oss:*'] },
      ]),
    });
    const { models, hidden } = await runtime.inventory();
    expect(models.map(({ ref, endpointName }) => [ref, endpointName])).toEqual([
      ['lab/llama3.3:latest', 'one'],
      ['lab/gpt-oss:20b', 'two'],
    ]);
    expect(hidden).toEqual([]);
  });

  test('of an endpoint that cannot be asked are missing, and it is named', async () => {
    const one = await startSimulator();
    const dead = deadUrl();
    const runtime = startRuntime({
      config: lab([
        { baseUrl: dead, name: 'off' },
        { baseUrl: one.url, name: 'one' },
      ]),
    });
    const { models, problems } = await runtime.inventory();
    expect(models.map(({ ref, endpointName }) => [ref, endpointName])).toEqual([
      ['lab/gpt-oss:20b', 'one'],
      ['lab/llama3.3:latest', 'one'],
    ]);
    expect(problems).toMatchObject([
      { provider: 'lab', endpoint: 'off', code: 'unreachable', message: expect.stringContaining(dead), stale: false },
    ]);
  });

  test('of an endpoint that was reachable before stay', async () => {
    const [one, two] = [await startSimulator(), await startSimulator()];
    const runtime = startRuntime({
      config: lab([
        { baseUrl: one.url, name: 'one' },
        { baseUrl: two.url, name: 'two' },
      ]),
    });
    await runtime.inventory();
    await two.close();
    const { models, problems } = await runtime.inventory({ refresh: true });
    expect(models.map(({ targets }) => targets?.length)).toEqual([2, 2]);
    expect(problems).toMatchObject([{ endpoint: 'two', stale: true }]);
  });

  test('that are configured are at the endpoints that list them, or else at all', async () => {
    const [one, two] = [await startSimulator({ models: ['a:1b', 'b:1b'] }), await startSimulator({ models: ['b:1b'] })];
    const runtime = startRuntime({
      config: lab(
        [
          { baseUrl: one.url, name: 'one' },
          { baseUrl: two.url, name: 'two' },
        ],
        {
          models: [{ id: 'a:1b' }, { id: 'b:1b' }, { id: 'nowhere:1b' }],
        },
      ),
    });
    const { models } = await runtime.inventory();
    expect(models.map(({ ref, endpointName, targets }) => [ref, endpointName ?? targets?.length])).toEqual([
      ['lab/a:1b', 'one'],
      ['lab/b:1b', 2],
      ['lab/nowhere:1b', 2],
    ]);
  });

  test('of servers with another API are joined, too', async () => {
    const [one, two] = [await startSimulator({ models: ['m:1b'] }), await startSimulator({ models: ['m:1b', 'n:1b'] })];
    const runtime = startRuntime({
      config: providers({
        lab: {
          api: 'openai-completions',
          discover: true,
          endpoints: [
            { baseUrl: `${one.url}/v1`, name: 'one' },
            { baseUrl: `${two.url}/v1`, name: 'two' },
          ],
        },
      }),
    });
    const { models } = await runtime.inventory();
    expect(models.map(({ ref, endpointName, targets }) => [ref, endpointName ?? targets?.length])).toEqual([
      ['lab/m:1b', 2],
      ['lab/n:1b', 'two'],
    ]);
  });
});
