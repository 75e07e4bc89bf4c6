import { expect, test } from 'vitest';
import { resolveModelChoices } from './resolve-model-choices.ts';

const page = {
  model: { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3', 'ollama/qwen2.5-coder:32b'] },
  models: { 'ollama/gpt-oss:20b': { alias: 'oss', streaming: true }, 'openai/gpt-4': { streaming: false } },
};
const none = { primary: undefined, fallbacks: [] };

test('reads a primary with fallbacks, and the aliases', () => {
  expect(resolveModelChoices(page)).toEqual({
    primary: 'ollama/gpt-oss:20b',
    fallbacks: ['ollama/llama3.3', 'ollama/qwen2.5-coder:32b'],
    imageModel: none,
    aliases: { oss: 'ollama/gpt-oss:20b' },
  });
});

test('reads a reference alone, and nothing', () => {
  expect(resolveModelChoices({ model: 'ollama/llama3.3', imageModel: 'ollama/llava' })).toEqual({
    primary: 'ollama/llama3.3',
    fallbacks: [],
    imageModel: { primary: 'ollama/llava', fallbacks: [] },
    aliases: {},
  });
  expect(resolveModelChoices({})).toEqual({ ...none, imageModel: none, aliases: {} });
});

test.each([
  ['its model, and the fallbacks of the defaults', 'ollama/own', ['ollama/own', page.model.fallbacks]],
  ['its fallbacks, and the primary of the defaults', { fallbacks: ['b/2'] }, [page.model.primary, ['b/2']]],
  ['no fallbacks where it says so', { primary: 'a/1', fallbacks: [] }, ['a/1', []]],
])('an agent has %s', (_what, model, [primary, fallbacks]) => {
  expect(resolveModelChoices(page, { agent: { model } })).toMatchObject({ primary, fallbacks });
});
