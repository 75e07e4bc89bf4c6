import { expect, test } from 'vitest';
import { canonicalPath } from './canonical-path.ts';

test.each([
  ['/v1/chat/completions/', '/v1/chat/completions'],
  ['//v1//chat/completions', '/v1/chat/completions'],
  ['/chat/completions', '/v1/chat/completions'],
  ['/completions', '/v1/completions'],
  ['/embeddings', '/v1/embeddings'],
  ['/models/', '/v1/models'],
  ['/models/ollama/gpt-oss:20b', '/v1/models/ollama/gpt-oss:20b'],
  ['/v1/v1/messages', '/v1/messages'],
  ['/v1/v1/v1/models', '/v1/models'],
  ['/v1/api/chat', '/api/chat'],
  ['/api/tags/', '/api/tags'],
  ['//', '/'],
])('%s means %s', (path, meant) => {
  expect(canonicalPath(path)).toBe(meant);
});

test.each(['/', '/v1', '/v1/models', '/v1/models/a', '/api/chat', '/status', '/modelsx', '/chat', '/v1x/v1', '*'])(
  '%s is itself',
  (path) => {
    expect(canonicalPath(path)).toBe(path);
  },
);

test('takes no longer for a path of very many slashes', () => {
  expect(canonicalPath('/'.repeat(30_000))).toBe('/');
  expect(canonicalPath(`/${'v1/'.repeat(10_000)}models`)).toBe('/v1/models');
});
