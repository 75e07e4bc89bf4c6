import type * as contract from '@openclaw/provider';
import { collectEvents } from '@openclaw/test-support';
import { expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';
import { answering, scriptModels } from '../test/scripted-models.ts';
import { createModelCatalog } from './model-catalog.ts';
import { planCandidates } from './plan-candidates.ts';
import { streamWithFallback } from './stream-with-fallback.ts';

const url = new URL('../../provider/src/provider-error.ts?second-copy', import.meta.url).href;
const second: Pick<typeof contract, 'ProviderError'> = await import(url);
const failure = new second.ProviderError('server-error', 'It failed.', { status: 500 });

test('a failure from a second copy of the contract leads to the next model', async () => {
  const models = [catalogModel('a/1'), catalogModel('b/2')];
  const plan = planCandidates({ catalog: createModelCatalog(models), primary: 'a/1', fallbacks: ['b/2'] });
  const { ask } = scriptModels({ 'a/1': [[{ type: 'error', error: failure }]], 'b/2': [answering] });

  const events = await collectEvents(streamWithFallback({ plan, ask }));

  expect(events.map(({ type }) => type)).toEqual(['fallback', 'start', 'text-delta', 'finish']);
});

test('a failure to select from a second copy of the contract is an event, not a bug', async () => {
  const events = await collectEvents(streamWithFallback(() => Promise.reject(failure)));

  expect(events).toEqual([{ type: 'error', error: failure }]);
});
