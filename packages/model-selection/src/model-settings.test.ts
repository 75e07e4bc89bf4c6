import { expect, test } from 'vitest';
import { findModelSettings, streamingSetting } from './model-settings.ts';

const models = {
  oss: { streaming: true },
  'Ollama/Llama3.3': { streaming: false },
  'ollama/llama3.3:latest': { streaming: true },
  'vllm/Big': { streaming: true },
};

test.each([
  ['an exact reference wins', { provider: 'ollama', model: 'llama3.3:latest' }, 'latest', true],
  ['the provider is compared without case', { provider: 'ollama', model: 'Llama3.3' }, 'latest', false],
  ['another spelling counts where models have tags', { provider: 'ollama', model: 'LLAMA3.3' }, 'latest', false],
  ['another spelling is another model elsewhere', { provider: 'vllm', model: 'big' }, undefined, undefined],
  ['a model may have no settings', { provider: 'ollama', model: 'other' }, 'latest', undefined],
])('%s', (_what, model, defaultTag, streaming) => {
  expect(findModelSettings(model, { models, defaultTag })?.streaming).toBe(streaming);
});

test('streaming may stand among the parameters; the setting itself wins', () => {
  expect(streamingSetting({ params: { streaming: true } })).toBe(true);
  expect(streamingSetting({ streaming: false, params: { streaming: true } })).toBe(false);
  expect(streamingSetting({ params: { streaming: 'yes' } })).toBeUndefined();
});
