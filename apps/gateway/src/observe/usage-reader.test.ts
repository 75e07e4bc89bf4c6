import { expect, test } from 'vitest';
import { createUsageReader } from './usage-reader.ts';

const COMPLETION =
  '{"choices":[{"text":"\\"prompt_tokens\\": 9"}],"usage":{"prompt_tokens":7,"completion_tokens":12,"total_tokens":19}}';
const EMBEDDINGS = `{"data":[{"embedding":[${'0.5,'.repeat(5000)}1]}],"usage":{"prompt_tokens": 4, "total_tokens": 4}}`;
const STREAM = 'data: {"choices":[{"text":"a"}]}\n\ndata: {"choices":[{"text":"b"}]}\n\ndata: [DONE]\n\n';
const OLLAMA = '{"response":"a","done":false}\n{"response":"","done":true,"prompt_eval_count":3,"eval_count":5}\n';

test.each([
  ['a completion', COMPLETION, { inputTokens: 7, outputTokens: 12, totalTokens: 19 }],
  ['embeddings', EMBEDDINGS, { inputTokens: 4, outputTokens: 0, totalTokens: 4 }],
  ['lines of Ollama', OLLAMA, { inputTokens: 3, outputTokens: 5, totalTokens: 8 }],
  ['a stream without counts', STREAM, undefined],
])('reads the counts of %s, wherever it is cut', (_, text, expected) => {
  for (const size of [1, 7, 4096]) {
    const reader = createUsageReader();
    for (let at = 0; at < text.length; at += size) reader.read(Buffer.from(text.slice(at, at + size)));
    expect(reader.usage()).toEqual(expected);
  }
});

test('counts the frames of streams', () => {
  const reader = createUsageReader();
  reader.read(Buffer.from(STREAM));
  expect(reader.frames()).toBe(3);
  reader.read(Buffer.from(OLLAMA));
  expect(reader.frames()).toBe(4);
});
