import { parseConfig } from '@openclaw/config';
import { discoverModels, toProviderEntry } from '@openclaw/ollama-discovery';
import { expect, test } from 'vitest';
import { loadedConfig, providers, startRuntime, startSimulator } from '../test/start-runtime.ts';

test('what discovery found is an entry that the configuration accepts, and that offers the same models', async () => {
  const simulator = await startSimulator();
  const entry = toProviderEntry(await discoverModels({ baseUrl: simulator.url }));

  const config = providers({ ollama: entry });
  const discovered = await startRuntime({ env: { OLLAMA_HOST: simulator.url, OLLAMA_API_KEY: 'k' } }).inventory();
  const explicit = await startRuntime({ config }).inventory();

  expect(parseConfig(JSON.stringify(config), { env: {} }).warnings).toEqual([]);
  expect(loadedConfig({ config }).config.models.providers['ollama']?.models).toHaveLength(2);
  expect(explicit.models.map(({ source: _source, tools: _tools, ...model }) => model)).toEqual(
    discovered.models.map(({ source: _source, tools: _tools, modifiedAt: _modifiedAt, ...model }) => model),
  );
});
