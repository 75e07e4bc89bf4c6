import { createManualClock } from '@openclaw/test-support';
import { expect, test } from 'vitest';
import { createModelResidency } from './model-residency.ts';

function residency() {
  const clock = createManualClock();
  return { ...createModelResidency(clock), advance: clock.advance };
}

test('knows what the server listed, whatever the spelling, and how old that is', () => {
  const { update, facts, isLoaded, ageMs, advance } = residency();
  expect(ageMs()).toBe(Infinity);
  update([{ name: 'Llama3.3', contextLength: 8192 }]);
  advance(500);
  expect(ageMs()).toBe(500);
  expect(facts('llama3.3:latest').loaded).toEqual({ contextLength: 8192 });
  expect([isLoaded('llama3.3'), isLoaded('qwen3:8b')]).toEqual([true, false]);
});

test('a model that answers is loaded, and what its loads took is learned', () => {
  const { noteSent, noteAnswer, facts } = residency();
  noteSent('a');
  noteAnswer('a', { loadMs: 8_000 });
  expect(facts('a')).toMatchObject({ loaded: {}, loadMs: 8_000 });
  noteAnswer('a', { loadMs: 4_000 });
  noteAnswer('a', { loadMs: 0 });
  expect(facts('a').loadMs).toBe(7_000);
});

test('knows how long loading a model takes on average, once that was measured', () => {
  const { noteSent, noteAnswer, meanLoadMs } = residency();
  noteSent('a');
  expect(meanLoadMs()).toBe(10_000);
  noteAnswer('a', { loadMs: 8_000 });
  noteAnswer('b', { loadMs: 4_000 });
  noteAnswer('c');
  expect(meanLoadMs()).toBe(6_000);
  for (let index = 0; index < 40; index++) for (const model of ['a', 'b']) noteAnswer(model, { loadMs: 50 });
  expect(meanLoadMs()).toBe(2_000);
});

test('a request for a model that is not loaded makes the server load it, until it answers or fails', () => {
  const { noteSent, noteEnd, facts, advance } = residency();
  noteSent('a');
  advance(3_000);
  expect(facts('a')).toMatchObject({ loadingMs: 7_000 });
  advance(30_000);
  expect(facts('a')).toMatchObject({ loadingMs: 0 });
  noteEnd('a');
  expect(facts('a')).not.toHaveProperty('loadingMs');
});

test('a load displaces the model that was used longest ago and is not in use', () => {
  const { noteSent, noteAnswer, noteEnd, facts, advance } = residency();
  for (const model of ['used', 'idle']) {
    noteSent(model);
    noteAnswer(model);
    advance(1_000);
  }
  noteEnd('idle');
  advance(1_000);
  expect(facts('other').displacedIdleMs).toBe(1_000);
});

test('learns how many models fit when one is displaced, and then expects it', () => {
  const { update, noteSent, noteAnswer, noteEnd, isLoaded, facts, maxModels, advance } = residency();
  for (const model of ['a', 'b', 'c']) {
    noteSent(model);
    noteAnswer(model);
    noteEnd(model);
    advance(1_000);
  }
  expect(maxModels()).toBeUndefined();
  update([{ name: 'b' }, { name: 'c' }]);
  expect([maxModels(), isLoaded('a')]).toEqual([2, false]);
  noteSent('a');
  expect([isLoaded('b'), isLoaded('c')]).toEqual([false, true]);
  update([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  expect(maxModels()).toBe(3);
  expect(facts('d')).toHaveProperty('displacedIdleMs');
});

test('a model that was not used for long has expired and was not displaced', () => {
  const { update, maxModels, advance } = residency();
  update([{ name: 'a' }, { name: 'b' }]);
  advance(300_000);
  update([{ name: 'b' }]);
  expect(maxModels()).toBeUndefined();
});

test('a model that is unloaded after its request, as with `keep_alive: 0`, was not displaced', () => {
  const { update, noteSent, noteAnswer, noteEnd, maxModels } = residency();
  update([{ name: 'a' }, { name: 'b' }]);
  noteSent('a');
  noteAnswer('a');
  noteEnd('a');
  update([{ name: 'b' }]);
  expect(maxModels()).toBeUndefined();
});
