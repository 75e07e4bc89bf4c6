import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextContextLength, planContext } from './plan-context.ts';
import type { ContextQuestion } from './plan-context.ts';

const K64 = 65_536;

/** A small request to a model with a window of 64k tokens at a server that loads 4096 by itself. */
const BASE: ContextQuestion = { need: 1000, window: K64, served: 4096 };

const V1 = { type: 'plan', api: 'openai-completions' };
const exceeded = (neededTokens: number, contextTokens: number) => ({
  type: 'exceeded',
  neededTokens,
  contextTokens,
});
const native = (numCtx?: number) => ({ type: 'plan', api: 'ollama', ...(numCtx !== undefined && { numCtx }) });

const TABLE: [string, Partial<ContextQuestion>, object][] = [
  ['fits what the server loads', {}, V1],
  ['fits what the server has loaded', { loaded: 4096 }, V1],
  ['fits exactly', { need: 4096 }, V1],
  ['does not fit', { need: 4097 }, native(8192)],
  ['does not fit the default of releases before 0.6.7', { need: 3000, served: 2048 }, native(4096)],
  ['fits the num_ctx of the Modelfile', { need: 10_000, served: 16_384 }, V1],
  ['needs 30,000 tokens', { need: 30_000 }, native(32_768)],
  ['needs a context that is no power of two', { need: 40_000, window: 40_960 }, native(40_960)],
  ['needs exactly the window', { need: K64 }, native(K64)],
  ['needs more than the window', { need: K64 + 1 }, exceeded(K64 + 1, K64)],
  ['may need more than the window', { need: K64 + 1, least: K64 }, native(K64)],
  ['needs more than the num_ctx of the Modelfile', { need: 600, window: 512, served: 512 }, exceeded(600, 512)],
  ['is small while the model is loaded with more by this runtime', { previous: 32_768 }, native(32_768)],
  ['is small while the model is loaded with more by another client', { loaded: 32_768 }, native(32_768)],
  ['is larger than all that is loaded', { need: 40_000, previous: 32_768, loaded: 16_384 }, native(K64)],
  ['is small while the model is loaded with less', { loaded: 512 }, native(4096)],
  ['fits less than the server loads by itself', { loaded: 2048 }, native(2048)],
  ['meets a model that is loaded beyond its window', { loaded: 131_072, window: 8192 }, native(8192)],
  ['has a pinned context', { pinned: 8192 }, native(8192)],
  ['has a pinned context, and the model is loaded with more', { pinned: 8192, loaded: 32_768 }, native(8192)],
  ['has a context that is pinned beyond the window', { pinned: 131_072 }, native(K64)],
  ['needs more than the pinned context', { need: 9000, pinned: 8192 }, exceeded(9000, 8192)],
  ['may need more than the pinned context', { need: 9000, least: 8000, pinned: 8192 }, native(8192)],
  ['has a keep_alive', { onlyNative: true }, native()],
  ['goes to a provider with api "ollama"', { api: 'ollama' }, native()],
  ['goes to a provider with api "ollama" and does not fit', { api: 'ollama', need: 5000 }, native(8192)],
  ['goes to a provider with api "openai-completions"', { api: 'openai-completions', need: 30_000 }, V1],
  ['is pinned in vain', { api: 'openai-completions', pinned: 8192, need: 30_000 }, V1],
  [
    'exceeds the window of api "openai-completions"',
    { api: 'openai-completions', need: 99_999 },
    exceeded(99_999, K64),
  ],
];

test.each(TABLE)('a request that %s', (_, question, plan) => {
  const { reason, ...planned } = { reason: undefined, ...planContext({ ...BASE, ...question }) };
  expect(planned).toEqual(plan);
  if (planned.type === 'plan') expect(reason).toBeTypeOf('string');
});

const tokens = fc.integer({ min: 1, max: 300_000 });
const maybe = fc.option(tokens, { nil: undefined });

test('never shrinks a loaded model, never goes beyond the window, never below the need', () => {
  const question = fc.record({ need: tokens, window: tokens, served: tokens, loaded: maybe, previous: maybe });
  fc.assert(
    fc.property(question, (asked) => {
      const plan = planContext(asked);
      const { need, window, served, loaded = 0, previous = 0 } = asked;
      if (plan.type === 'exceeded') {
        expect(need).toBeGreaterThan(window);
        return;
      }
      const length = plan.numCtx ?? served;
      expect(length).toBeGreaterThanOrEqual(need);
      expect(length).toBeGreaterThanOrEqual(Math.min(window, Math.max(loaded, previous)));
      if (plan.numCtx !== undefined) expect(plan.numCtx).toBeLessThanOrEqual(window);
    }),
  );
});

test('requests that follow each other load a model at most once for each doubling', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: K64 }), { maxLength: 50 }), (needs) => {
      let loads = 0;
      let loaded: number | undefined;
      for (const need of needs) {
        const plan = planContext({ ...BASE, need, loaded });
        if (plan.type === 'exceeded') throw new Error('exceeded');
        const length = plan.numCtx ?? BASE.served;
        if (length !== loaded) loads += 1;
        loaded = length;
      }
      expect(loads).toBeLessThanOrEqual(5);
    }),
  );
});

test('grows after a rejection, up to the window', () => {
  expect(nextContextLength(8192, { window: K64 })).toBe(16_384);
  expect(nextContextLength(8192, { window: K64, needed: 26_528 })).toBe(32_768);
  expect(nextContextLength(8192, { window: 10_000 })).toBe(10_000);
  expect(nextContextLength(10_000, { window: K64 })).toBe(16_384);
  expect(nextContextLength(K64, { window: K64 })).toBeUndefined();
});
