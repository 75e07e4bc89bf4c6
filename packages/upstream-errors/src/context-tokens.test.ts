import { expect, test } from 'vitest';
import { readContextTokens } from './context-tokens.ts';
import { createFailures } from './failures.ts';

test.each([
  ['request (26528 tokens) exceeds the available context size (16384 tokens), try increasing it', 26_528, 16_384],
  [
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens. Please reduce",
    9_000,
    8_192,
  ],
  [
    "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the completion)",
    5_000,
    4_096,
  ],
  ['the input length exceeds the context length', undefined, undefined],
])('%s', (message, neededTokens, contextTokens) => {
  expect(readContextTokens(message)).toEqual({
    ...(neededTokens !== undefined && { neededTokens }),
    ...(contextTokens !== undefined && { contextTokens }),
  });
});

test('both counts are in the error, whatever envelope they come in', () => {
  const failures = createFailures({
    provider: 'ollama',
    server: 'ollama',
    url: 'http://127.0.0.1:11434/api/chat',
    capability: 'chat',
    secrets: [],
  });
  const error =
    '{"error":{"code":400,"message":"request (26528 tokens) exceeds the available context size (16384 tokens), try increasing it","type":"exceed_context_size_error"}}';

  expect(failures.response({ status: 400, headers: {}, body: JSON.stringify({ error }) })).toMatchObject({
    code: 'context-length-exceeded',
    neededTokens: 26_528,
    contextTokens: 16_384,
  });
});
