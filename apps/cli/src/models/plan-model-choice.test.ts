import { parseConfig, planConfigEdit, type ConfigChange } from '@openclaw/config';
import { expect, test } from 'vitest';
import { planModelChoice, type WantedChoice } from './plan-model-choice.ts';

/** What a file with one choice says after another. */
function choose(choice: string, wanted: Omit<WantedChoice, 'key'>): unknown {
  const text = `{ agents: { defaults: { ${choice} } } }`;
  const changes = planModelChoice(parseConfig(text).config, { key: 'model', ...wanted }) as ConfigChange[];
  const after = planConfigEdit(text, changes);
  return /defaults: \{ (.*) \} \} \}$/.exec(after)?.[1];
}

test.each([
  ['timeoutSeconds: 5', { primary: 'b' }, 'timeoutSeconds: 5, model: { primary: "b" }'],
  ['model: "a"', { primary: 'b' }, 'model: "b"'],
  ['model: "a"', { fallbacks: ['c'] }, 'model: { primary: "a", fallbacks: ["c"] }'],
  ['model: "a"', { primary: 'b', fallbacks: ['c'] }, 'model: { primary: "b", fallbacks: ["c"] }'],
  ['model: "a"', { fallbacks: [] }, 'model: "a"'],
  ['model: { primary: "a" }', { fallbacks: ['c'] }, 'model: { primary: "a", fallbacks: ["c"] }'],
  ['model: { primary: "a", fallbacks: ["c"] }', { primary: 'b' }, 'model: { primary: "b", fallbacks: ["c"] }'],
])('%s and %j make %s', (choice, wanted, expected) => {
  expect(choose(choice, wanted)).toBe(expected);
});
