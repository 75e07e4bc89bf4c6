import type { JsonValue, StreamEvent } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';

const token = (text: string): { readonly [key: string]: JsonValue } => ({
  token: text,
  logprob: -0.25,
  bytes: [...Buffer.from(text)],
  top_logprobs: [{ token: text, logprob: -0.25, bytes: null }],
});
const chunk = (choice: object) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, ...choice }] })}\n\n`;
const words = ['Good', ' morn', 'ing'];

/** The text of an answer and the log probabilities of its tokens. */
function textWithLogprobs(events: readonly StreamEvent[]): { text: string; logprobs: readonly JsonValue[] } {
  const deltas = events.filter((event) => event.type === 'text-delta');
  return { text: deltas.map(({ text }) => text).join(''), logprobs: deltas.flatMap(({ logprobs = [] }) => logprobs) };
}

test('keeps the log probabilities of a stream, wherever it is cut', () => {
  const stream = Buffer.from(
    [
      ...words.map((word) => chunk({ delta: { content: word }, logprobs: { content: [token(word)] } })),
      chunk({ delta: {}, finish_reason: 'stop', logprobs: null }),
      'data: [DONE]\n\n',
    ].join(''),
  );
  for (let at = 0; at <= stream.length; at += 1) {
    const events = decodePieces([stream.subarray(0, at), stream.subarray(at)]);

    expect(textWithLogprobs(events)).toEqual({ text: 'Good morning', logprobs: words.map(token) });
  }
});

test('keeps the log probabilities of chunks of which only the content differs otherwise', () => {
  const logprobs = { content: [{ token: 'x', logprob: -1 }] };
  const stream = words.map((word) => chunk({ delta: { content: word }, logprobs })).join('');
  const events = decodePieces([Buffer.from(`${stream}${chunk({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`)]);

  expect(textWithLogprobs(events).logprobs).toHaveLength(3);
});

test('keeps the log probabilities of a whole body', () => {
  const message = { role: 'assistant', content: 'Good morning' };
  const choice = { index: 0, message, logprobs: { content: words.map(token) }, finish_reason: 'stop' };
  const events = decodePieces([Buffer.from(JSON.stringify({ model: 'm', choices: [choice] }))]);

  expect(textWithLogprobs(events)).toEqual({ text: 'Good morning', logprobs: words.map(token) });
});

test('says nothing of tokens where the server does not', () => {
  const events = decodePieces([
    Buffer.from(chunk({ delta: { content: 'Hi' }, logprobs: null, finish_reason: 'stop' })),
  ]);

  expect(events).toContainEqual({ type: 'text-delta', text: 'Hi' });
});
