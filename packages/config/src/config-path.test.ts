import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatConfigPath, parseConfigPath } from './config-path.ts';

test.each([
  ['', []],
  ['gateway.port', ['gateway', 'port']],
  ['models.providers.ollama.apiKey', ['models', 'providers', 'ollama', 'apiKey']],
  [
    'agents.defaults.models["ollama/gpt-oss:20b"].alias',
    ['agents', 'defaults', 'models', 'ollama/gpt-oss:20b', 'alias'],
  ],
  ["agents.defaults.models['ollama/llama3.3'].alias", ['agents', 'defaults', 'models', 'ollama/llama3.3', 'alias']],
  ['agents.defaults.models[ollama/llama3.3].alias', ['agents', 'defaults', 'models', 'ollama/llama3.3', 'alias']],
  ['agents.defaults.models.ollama/gpt-oss:20b.alias', ['agents', 'defaults', 'models', 'ollama/gpt-oss:20b', 'alias']],
  ['agents.defaults.models.ollama/llama3\\.3.alias', ['agents', 'defaults', 'models', 'ollama/llama3.3', 'alias']],
  ['models.providers.ollama.models[0].id', ['models', 'providers', 'ollama', 'models', '0', 'id']],
  ['models.providers.ollama.models.0.id', ['models', 'providers', 'ollama', 'models', '0', 'id']],
  ['["a\\"b"][\'c\']', ['a"b', 'c']],
  ['a[ "b" ][ 2 ]', ['a', 'b', '2']],
])('%s is read', (text, path) => {
  expect(parseConfigPath(text)).toEqual(path);
});

test.each([
  ['a..b', 'a key is empty'],
  ['.a', 'a key is empty'],
  ['a.', 'a key is empty'],
  ['a[]', 'the brackets are empty'],
  ['a[0', 'a bracket is not closed'],
  ['a["b]', 'a bracket is not closed'],
  ['a[0]b', 'a key is empty'],
  ['a.__proto__.b', '__proto__'],
])('%s is refused: %s', (text, message) => {
  expect(() => parseConfigPath(text)).toThrow(message);
});

test('every path reads back from its notation', () => {
  const segment = fc.string({ minLength: 1, unit: 'binary' }).filter((key) => key !== '__proto__');
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (path) => {
      expect(parseConfigPath(formatConfigPath(path))).toEqual(path);
    }),
    { numRuns: 300 },
  );
});
