import type { StreamEvent } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { createAnswerTimer } from './answer-timer.ts';

const USAGE = { inputTokens: 5, outputTokens: 120, totalTokens: 125 };

/** Events that come at the given times, in milliseconds. */
async function measure(times: readonly [StreamEvent, number][], usage: object | null = USAGE): Promise<string> {
  let time = 1000;
  const timer = createAnswerTimer({ now: () => time });
  async function* events(): AsyncGenerator<StreamEvent> {
    for (const [event, at] of times) {
      time = 1000 + at;
      yield event;
    }
  }
  for await (const _ of timer.watch(events()));
  return timer.describe({ model: 'ollama/m', ...(usage !== null && { usage: usage as typeof USAGE }) });
}

const text = (at: number): [StreamEvent, number] => [{ type: 'text-delta', text: 'a' }, at];
const finish = (at: number): [StreamEvent, number] => [{ type: 'finish', reason: 'stop' } as StreamEvent, at];

test('a stream has a speed and a first token', async () => {
  expect(await measure([text(500), text(2000), finish(3500)])).toBe(
    'ollama/m, 120 tokens, 40 tokens/s, first token after 0.5 s, complete after 3.5 s',
  );
});

test('a slow model has a speed with a decimal', async () => {
  expect(await measure([text(500), text(30_000), finish(48_500)])).toContain(', 2.5 tokens/s, ');
});

test('a whole answer has neither, unless the server measured it', async () => {
  expect(await measure([text(3500), finish(3501)])).toBe('ollama/m, 120 tokens, complete after 3.5 s');
  expect(await measure([text(3500), finish(3500)], { ...USAGE, outputMs: 2000 })).toBe(
    'ollama/m, 120 tokens, 60 tokens/s, complete after 3.5 s',
  );
});

test('without usage the time remains', async () => {
  expect(await measure([text(500), finish(2000)], null)).toBe(
    'ollama/m, first token after 0.5 s, complete after 2.0 s',
  );
});
