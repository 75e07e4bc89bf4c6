import { expect, test } from 'vitest';
import { planDiscovery } from './plan-discovery.ts';
import type { DiscoveryInputs, DiscoveryReason } from './plan-discovery.ts';

test.each<[string, DiscoveryInputs, boolean, DiscoveryReason]>([
  ['a key and no entry', { apiKey: 'ollama-local' }, true, 'api-key'],
  ['an auth profile and no entry', { hasAuthProfile: true }, true, 'auth-profile'],
  ['a reference and no entry', { isReferenced: true }, true, 'referenced'],
  ['nothing at all', {}, false, 'no-credential'],
  ['a key of blanks', { apiKey: '  ' }, false, 'no-credential'],
  ['a key and an entry with models', { apiKey: 'k', entry: { models: [{}] } }, false, 'explicit-entry'],
  ['a key and an entry with a base URL', { apiKey: 'k', entry: { baseUrl: 'http://h/v1' } }, false, 'explicit-entry'],
  ['an entry with an empty list of models', { entry: { models: [] } }, true, 'entry-without-models'],
  ['an entry with nothing that matters', { entry: {} }, true, 'entry-without-models'],
  ['a key and such an entry', { apiKey: 'k', entry: {} }, true, 'api-key'],
  ['an explicit entry that asks for it', { entry: { baseUrl: 'http://h/v1', discover: true } }, true, 'requested'],
  ['a key and an entry that forbids it', { apiKey: 'k', entry: { discover: false } }, false, 'switched-off'],
])('discovery with %s', (_title, inputs, enabled, reason) => {
  expect(planDiscovery(inputs)).toEqual({ enabled, reason });
});
