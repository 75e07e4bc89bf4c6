import { expect, test } from 'vitest';
import { withRequestDefaults } from './request-defaults.ts';

const request = { messages: [] };

test('fills in what the configuration sets and the request does not say', () => {
  const params = { temperature: 0.2, top_p: 0.9, maxTokens: 100, stop: 'END', seed: 7, reasoning_effort: 'low' };
  expect(withRequestDefaults(request, params)).toEqual({
    messages: [],
    temperature: 0.2,
    topP: 0.9,
    maxTokens: 100,
    stop: ['END'],
    seed: 7,
    reasoningEffort: 'low',
  });
});

test('leaves alone what the request says', () => {
  expect(withRequestDefaults({ ...request, temperature: 1 }, { temperature: 0.2 })).toEqual({
    messages: [],
    temperature: 1,
  });
});

test('sends parameters that no field stands for as defaults, and leaves alone what the client says in any words', () => {
  for (const dialect of ['openai-chat', 'ollama']) {
    const own = { ...request, raw: { dialect, value: { min_p: 0.1 } } };
    expect(withRequestDefaults(own, { min_p: 0.4, mirostat: 1 })).toEqual({
      ...own,
      rawDefaults: { dialect: 'openai-chat', value: { min_p: 0.4, mirostat: 1 } },
    });
  }
});

test('sends a value that is not of the kind of its field as it is', () => {
  expect(withRequestDefaults(request, { temperature: 'hot' })).toEqual({
    messages: [],
    rawDefaults: { dialect: 'openai-chat', value: { temperature: 'hot' } },
  });
});

test('keeps `streaming` to itself: it says how to ask and not what', () => {
  expect(withRequestDefaults(request, { streaming: false })).toEqual(request);
});
