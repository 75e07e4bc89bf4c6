import { parseConfig } from '@openclaw/config';
import { expect, test } from 'vitest';
import { selectionNames } from './selection-names.ts';

function names(query: { model?: string; agent?: string }, agents: object = {}) {
  const { config } = parseConfig(JSON.stringify({ agents }));
  return selectionNames(query, { config });
}

const defaults = { model: { primary: 'p/one', fallbacks: ['p/two'] } };

test.each(['openclaw', 'openclaw/default', 'OpenClaw', 'openclaw/main', 'openclaw:main', 'agent:main'])(
  'means the default agent by %s',
  (model) => {
    expect(names({ model }, { defaults })).toMatchObject({
      requested: undefined,
      primary: 'p/one',
      fallbacks: ['p/two'],
    });
  },
);

test('means the model that a request names, with the defaults behind it', () => {
  expect(names({ model: 'gpt-oss:20b' }, { defaults })).toMatchObject({ requested: 'gpt-oss:20b', primary: 'p/one' });
});

test('puts an agent’s own model in place of the default, and keeps the fallbacks that it does not set', () => {
  const agents = { defaults, list: [{ id: 'coder', model: 'p/coder' }] };
  expect(names({ model: 'openclaw/coder' }, agents)).toMatchObject({ primary: 'p/coder', fallbacks: ['p/two'] });
  expect(names({ agent: 'CODER' }, agents)).toMatchObject({ primary: 'p/coder' });
});

test('takes an agent at its word when it sets no fallbacks', () => {
  const agents = { defaults, entries: { lone: { model: { primary: 'p/lone', fallbacks: [] } } } };
  expect(names({ agent: 'lone' }, agents)).toMatchObject({ primary: 'p/lone', fallbacks: [] });
});

test('means the agent that is marked as the default', () => {
  const agents = { defaults, list: [{ id: 'a' }, { id: 'b', default: true, model: 'p/b' }] };
  expect(names({ model: 'openclaw' }, agents)).toMatchObject({ primary: 'p/b' });
  expect(names({}, agents)).toMatchObject({ primary: 'p/b' });
});

test('reads the image model of an agent', () => {
  const agents = { defaults: { ...defaults, imageModel: 'p/eyes' }, list: [{ id: 'a' }] };
  expect(names({ agent: 'a' }, agents).imageModel).toEqual({ primary: 'p/eyes', fallbacks: [] });
});

test('names the agents there are when one does not exist', () => {
  expect(() => names({ model: 'openclaw/ghost' }, { list: [{ id: 'coder' }] })).toThrow(
    'There is no agent "ghost". Agents: openclaw/coder.',
  );
});
