import { expect, test } from 'vitest';
import { startStack } from './start-stack.ts';
import { SURFACES } from './surfaces-under-test.ts';

/** Kimi K3 opens and closes its answer, and says nothing in it. */
const MARKS = '<|open|>response<|sep|><|close|>response<|sep|><|close|>message<|sep|>';

test.each(SURFACES.flatMap((surface) => [true, false].map((stream) => [surface.api, stream, surface] as const)))(
  'an answer of marks alone is an empty answer for %s, stream: %j',
  async (_, stream, { path, body, streaming, success }) => {
    const { gateway } = await startStack({
      simulator: { reply: () => ({ steps: [{ text: MARKS }], verbatim: true, pieceLength: 5 }) },
      config: { agents: { defaults: { model: 'ollama/gpt-oss:20b', retry: { maxRetries: 0 } } } },
    });

    const response = await fetch(`${gateway.url}${path}`, {
      method: 'POST',
      body: JSON.stringify({ ...body, ...streaming(stream) }),
    });
    const text = await response.text();

    expect({ status: response.status, text }).toMatchObject({ status: 200, text: expect.not.stringContaining('<|') });
    if (stream) expect(text).toMatch(success);
  },
);
