import { ProviderError } from '@openclaw/provider';
import type { ProviderErrorCode, StreamEvent } from '@openclaw/provider';
import { assertStreamGrammar } from '@openclaw/test-support';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';
import { answering, askWhole, breakingOff, failing, scriptModels } from '../test/scripted-models.ts';
import type { Act } from '../test/scripted-models.ts';
import type { CatalogModel } from './catalog-model.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { FALLBACK_POLICY, fallbackRule } from './fallback-policy.ts';
import { createModelCatalog } from './model-catalog.ts';
import { planCandidates } from './plan-candidates.ts';
import type { Schedule } from './schedule.ts';
import { streamWithFallback } from './stream-with-fallback.ts';

const maxRetries = 2;

/** What a model does with a request, and its failure before the first content, if it fails. */
interface Behaviour {
  readonly acts: readonly Act[];
  readonly failure?: ProviderError;
}

const failures: fc.Arbitrary<Behaviour> = fc
  .record({
    code: fc.constantFrom(...Object.keys(FALLBACK_POLICY).map((code) => code as ProviderErrorCode)),
    connection: fc.option(fc.constantFrom('refused', 'reset', 'unreachable', 'dns', 'tls', 'closed'), {
      nil: undefined,
    }),
    capability: fc.option(fc.constantFrom('tools', 'images'), { nil: undefined }),
    started: fc.boolean(),
  })
  .map(({ code, started, ...details }) => ({
    acts: [...(started ? answering.slice(0, 1) : []), ...failing(code, details)],
    failure: new ProviderError(code, 'As above.', details),
  }));

const emptyAnswer: Behaviour = {
  acts: [
    { type: 'start', model: 'm' },
    { type: 'finish', reason: 'stop' },
  ],
  failure: new ProviderError('invalid-response', 'Empty.'),
};

const behaviours = fc.oneof(
  { weight: 6, arbitrary: failures },
  { weight: 1, arbitrary: fc.constant<Behaviour>(emptyAnswer) },
  { weight: 1, arbitrary: fc.constant<Behaviour>({ acts: answering }) },
  { weight: 1, arbitrary: fc.constant<Behaviour>({ acts: breakingOff('server-error') }) },
);

const scenarios = fc.record({
  models: fc.array(
    fc.record({
      endpoint: fc.integer({ min: 0, max: 2 }),
      contextWindow: fc.constantFrom(4096, 8192, 32_768),
      sees: fc.boolean(),
      /** One for each attempt; the last one repeats. */
      script: fc.array(behaviours, { minLength: 1, maxLength: maxRetries + 1 }),
      brokenBefore: fc.boolean(),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  /** After how many events the caller leaves. */
  leavesAfter: fc.option(fc.nat({ max: 8 }), { nil: undefined }),
});

/** Waits no time, but is asynchronous. */
const atOnce: Schedule = (task) => {
  let cancelled = false;
  queueMicrotask(() => cancelled || task());
  return () => {
    cancelled = true;
  };
};

test('whatever fails: it fails only if it must, sends nothing after a success, and repeats only retries', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, fc.boolean(), async ({ models: described, leavesAfter }, isWhole) => {
      const models = described.map(({ endpoint, contextWindow, sees }, index) =>
        catalogModel(`p/${index}`, {
          endpoint: `http://${endpoint}.test/v1`,
          contextWindow,
          input: sees ? ['text', 'image'] : ['text'],
        }),
      );
      const circuits = createCircuitBreaker();
      described.forEach(({ brokenBefore }, index) => {
        if (brokenBefore) circuits.forceAcquire(models[index]!).fail(new ProviderError('server-error', 'Earlier.'));
      });
      const [primary, ...fallbacks] = models.map(({ ref }) => ref);
      const plan = planCandidates({
        catalog: createModelCatalog(models),
        primary,
        fallbacks,
        circuits: circuits.status(),
      });
      const scripted = scriptModels(
        Object.fromEntries(described.map(({ script }, index) => [`p/${index}`, script.map(({ acts }) => acts)])),
      );

      const events: StreamEvent[] = [];
      const ask = isWhole ? askWhole(scripted.ask) : scripted.ask;
      const stream = streamWithFallback({ plan, ask, circuits, retry: { maxRetries }, schedule: atOnce });
      let left = false;
      for await (const event of stream) {
        events.push(event);
        left = events.length === leavesAfter;
        if (left) break;
      }

      const run = {
        models,
        asked: scripted.asked,
        outcomes: outcomesOf(scripted.asked, { described, isWhole }),
        events,
      };
      expect(scripted.open()).toEqual([]);
      expectAttemptsByTheRules(run);
      if (left) return;
      assertStreamGrammar(events);
      const answered = events.some(({ type }) => type === 'start');
      (answered ? expectAnswerOfTheLast : expectNoOtherCandidate)(run);
    }),
    { numRuns: 500 },
  );
});

interface Run {
  readonly models: readonly CatalogModel[];
  readonly asked: readonly string[];
  /** The outcome of each attempt. */
  readonly outcomes: readonly Behaviour[];
  readonly events: readonly StreamEvent[];
}

function outcomesOf(
  asked: readonly string[],
  { described, isWhole }: { described: readonly { script: readonly Behaviour[] }[]; isWhole: boolean },
): Behaviour[] {
  return asked.map((ref, index) => {
    const { script } = described[Number(ref.slice(2))]!;
    const before = asked.slice(0, index).filter((other) => other === ref).length;
    const behaviour = script[before] ?? script.at(-1)!;
    const last = behaviour.acts.at(-1);
    // Content counts as an answer only if it is emitted before the end.
    return isWhole && last !== undefined && 'error' in last ? { ...behaviour, failure: last.error } : behaviour;
  });
}

/**
 * No attempt follows a success. Only the last candidate is retried, after a failure of that kind, and not too often.
 */
function expectAttemptsByTheRules({ asked, outcomes }: Run): void {
  expect(outcomes.slice(0, -1).every(({ failure }) => failure !== undefined)).toBe(true);
  const firstRetry = asked.findIndex((ref, index) => asked.indexOf(ref) < index);
  const retries = firstRetry === -1 ? [] : asked.slice(firstRetry);
  const retried = firstRetry === -1 ? [] : outcomes.slice(firstRetry - 1, -1);
  expect(retries.length).toBeLessThanOrEqual(maxRetries);
  expect(retries.every((ref) => ref === asked[firstRetry - 1])).toBe(true);
  expect(retried.every(({ failure }) => fallbackRule(failure!).retryLast)).toBe(true);
}

/** It failed without content only because all failed, or may not follow the failure. */
function expectNoOtherCandidate({ models, asked, outcomes, events }: Run): void {
  expect(events.at(-1)?.type).toBe('error');
  expect(outcomes.at(-1)?.failure).toBeDefined();
  const unasked = models.filter(({ ref }) => !asked.includes(ref));
  const excluded = unasked.filter((other) =>
    outcomes.some(({ failure }, index) => {
      const failed = models.find(({ ref }) => ref === asked[index])!;
      return excludes(failure!, { failed, other });
    }),
  );
  expect(excluded).toEqual(unasked);
}

function excludes(failure: ProviderError, { failed, other }: { failed: CatalogModel; other: CatalogModel }): boolean {
  const { code, capability } = failure;
  if (code === 'aborted') return true;
  if (code === 'context-length-exceeded') return other.contextWindow <= failed.contextWindow;
  if (code !== 'invalid-request') return false;
  return capability === undefined || (capability === 'images' && !other.input.includes('image'));
}

/** The last attempt answered, and `start` lists every attempt. */
function expectAnswerOfTheLast({ asked, outcomes, events }: Run): void {
  const start = events.find((event) => event.type === 'start');
  const reported = events.flatMap((event) => (event.type === 'fallback' ? [event.failed] : []));
  expect(outcomes.at(-1)?.failure).toBeUndefined();
  expect(start?.model).toBe(asked.at(-1));
  expect(start?.attempts?.slice(0, -1)).toEqual(reported);
  expect(start?.attempts?.at(-1)).toMatchObject({ model: asked.at(-1), outcome: 'ok' });
  const failed = reported.filter(({ outcome }) => outcome !== 'skipped');
  expect(failed.map(({ model }) => model)).toEqual(asked.slice(0, -1));
}
