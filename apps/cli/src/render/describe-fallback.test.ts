import { expect, test } from 'vitest';
import { describeFallback } from './describe-fallback.ts';

const attempt = { model: 'ollama/gpt-oss:20b', endpoint: 'http://127.0.0.1:11434/v1', durationMs: 3 };

test.each([
  [
    { ...attempt, outcome: 'connection-failed', connection: 'refused', message: 'fetch failed' } as const,
    'ollama/gpt-oss:20b could not be reached (connection refused at http://127.0.0.1:11434); answered by ollama/llama3.3',
  ],
  [
    { ...attempt, outcome: 'timeout', message: 'said nothing for 300 s.' } as const,
    'ollama/gpt-oss:20b timed out (said nothing for 300 s at http://127.0.0.1:11434); answered by ollama/llama3.3',
  ],
  [
    { ...attempt, endpoint: '', outcome: 'model-not-found', message: 'There is no model ollama/x.' } as const,
    'ollama/gpt-oss:20b was not found (There is no model ollama/x); answered by ollama/llama3.3',
  ],
])('%j is described in one sentence', (failed, sentence) => {
  expect(describeFallback(failed, { answeredBy: 'ollama/llama3.3' })).toBe(sentence);
});
