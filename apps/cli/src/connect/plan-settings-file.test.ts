import { expect, test } from 'vitest';
import { planSettingsFile } from './plan-settings-file.ts';

const JSON_FILE = { path: '~/x.json', format: 'json', value: { model: 'openclaw', env: { URL: 'here' } } } as const;
const TOML_FILE = { path: '~/x.toml', format: 'toml', text: 'model = "openclaw"\n' } as const;

test('writes a file that does not exist', () => {
  expect(planSettingsFile(TOML_FILE, undefined)).toEqual({ type: 'write', text: 'model = "openclaw"\n' });
  expect(planSettingsFile(TOML_FILE, ' \n')).toMatchObject({ type: 'write' });
  expect(planSettingsFile(JSON_FILE, undefined)).toEqual({
    type: 'write',
    text: '{\n  "model": "openclaw",\n  "env": {\n    "URL": "here"\n  }\n}\n',
  });
});

test('keeps the other keys of JSON, and its indentation', () => {
  const current = '{\n\t"theme": "dark",\n\t"env": { "OTHER": "1", "URL": "there" }\n}\n';
  const plan = planSettingsFile(JSON_FILE, current);
  expect(plan).toMatchObject({ type: 'write', text: expect.stringContaining('\n\t"theme": "dark"') });
  expect(plan.type === 'write' && JSON.parse(plan.text)).toEqual({
    theme: 'dark',
    env: { OTHER: '1', URL: 'here' },
    model: 'openclaw',
  });
});

test('says when there is nothing to change', () => {
  expect(planSettingsFile(JSON_FILE, JSON.stringify({ a: 1, ...JSON_FILE.value }))).toEqual({ type: 'unchanged' });
  expect(planSettingsFile(TOML_FILE, `# mine\n${TOML_FILE.text}`)).toEqual({ type: 'unchanged' });
});

test.each([
  [JSON_FILE, '{ // mine\n}'],
  [JSON_FILE, '[]'],
  [TOML_FILE, 'model = "other"\n'],
])('leaves to its owner what cannot be merged', (file, current) => {
  expect(planSettingsFile(file, current)).toEqual({ type: 'by-hand', reason: expect.any(String) });
});
