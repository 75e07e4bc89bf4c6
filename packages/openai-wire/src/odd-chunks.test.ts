import type { StreamEvent } from '@openclaw/provider';
import { assertStreamGrammar, joinDeltas } from '@openclaw/test-support';
import { describe, expect, test } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';
import { createChunkEncoder } from './server/encode-chunks.ts';
import { encodeCompletion } from './server/encode-completion.ts';

const encoder = new TextEncoder();

/** Decodes a stream of these events, whole and byte by byte. */
function decodeStream(events: readonly string[]): readonly StreamEvent[] {
  const bytes = encoder.encode(events.map((event) => `${event}\n\n`).join(''));
  const whole = decodePieces([bytes]);
  const single = decodePieces(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  assertStreamGrammar(whole);
  expect(joinDeltas(single)).toEqual(joinDeltas(whole));
  return whole;
}

function chunk(delta: object, more: object = {}): string {
  return JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason: null, ...more }] });
}

const data = (json: string): string => `data: ${json}`;
const finish = (reason: string): string => data(chunk({}, { finish_reason: reason }));

describe('an answer that the server interrupted is an error', () => {
  test.for(['abort', 'aborted', 'cancelled', 'canceled', 'timeout', 'network_error', 'insufficient_system_resource'])(
    'finish_reason %s',
    (reason) => {
      const events = decodeStream([data(chunk({ content: 'First, ' })), finish(reason), 'data: [DONE]']);

      expect(joinDeltas(events)).toMatchObject({ text: 'First, ', error: { code: 'invalid-response' } });
      expect(joinDeltas(events).error?.message).toContain(`the server ended it (${reason})`);
    },
  );
});

test.for([
  ['model_context_window_exceeded', 'length'],
  ['sensitive', 'content-filter'],
  ['STOP', 'stop'],
  ['something_new', 'other'],
] as const)('finish_reason %s is %s', ([wire, reason]) => {
  expect(joinDeltas(decodeStream([data(chunk({ content: 'Hi' })), finish(wire)])).finish).toBe(reason);
});

test('`null` is no chunk', () => {
  const events = decodeStream(['data: null', data(chunk({ content: 'Hi' })), 'data: null', finish('stop')]);

  expect(joinDeltas(events)).toMatchObject({ text: 'Hi', finish: 'stop', error: undefined });
});

describe('a stream that a relay framed twice', () => {
  const expected = { text: 'Hello.', finish: 'stop', error: undefined };
  const parts = [chunk({ content: 'Hel' }), chunk({ content: 'lo.' }), chunk({}, { finish_reason: 'stop' })];

  test('line by line', () => {
    const events = parts.flatMap((part) => ['data: event: message', `data: data: ${part}`, 'data: : ping']);

    expect(joinDeltas(decodeStream([...events, 'data: data: [DONE]']))).toMatchObject(expected);
  });

  test('event by event', () => {
    const events = parts.map((part) => `data: id: 1\ndata: data: ${part}\ndata: `);

    expect(joinDeltas(decodeStream(events))).toMatchObject(expected);
  });
});

describe('reasoning_details', () => {
  test.for([
    { type: 'reasoning.text', text: 'A sum.' },
    { type: 'reasoning.summary', summary: 'A sum.' },
  ])('are reasoning: $type', (detail) => {
    const events = decodeStream([
      data(chunk({ content: '', reasoning_details: [detail] })),
      data(chunk({ content: 'Four.' })),
      finish('stop'),
    ]);

    expect(joinDeltas(events)).toMatchObject({ reasoning: 'A sum.', text: 'Four.' });
  });

  test('are ignored beside another field', () => {
    const delta = { reasoning: 'A sum.', reasoning_details: [{ type: 'reasoning.text', text: 'A sum.' }] };

    expect(joinDeltas(decodeStream([data(chunk(delta)), finish('stop')])).reasoning).toBe('A sum.');
  });
});

describe('usage', () => {
  const usage = { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 };
  const zeros = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
  const counted = (counts: object): string => data(JSON.stringify({ id: 'c', model: 'm', choices: [], usage: counts }));

  test.for([
    ['zeros behind it', [counted(usage), counted(zeros)]],
    ['zeros before it', [counted(zeros), counted(usage)]],
    [
      'the prompt in another chunk',
      [counted({ ...zeros, prompt_tokens: 5 }), counted({ ...zeros, completion_tokens: 4 })],
    ],
  ] as const)('keeps its real counts with %s', ([, counts]) => {
    const events = decodeStream([data(chunk({ content: 'Hi' })), finish('stop'), ...counts]);

    expect(events.at(-1)).toMatchObject({ usage: { inputTokens: 5, outputTokens: 4, totalTokens: 9 } });
  });
});

describe('finish_reason tool_calls without a call', () => {
  test('is a stop if there is an answer', () => {
    expect(joinDeltas(decodeStream([data(chunk({ content: 'Hi' })), finish('tool_calls')])).finish).toBe('stop');
  });

  test('is an error if there is none', () => {
    expect(joinDeltas(decodeStream([data(chunk({ content: '' })), finish('tool_calls')])).error?.code).toBe(
      'invalid-response',
    );
  });
});

describe('the text that is repeated beside a call', () => {
  const toolCalls = [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }];

  test('is dropped if it equals all text so far', () => {
    const events = decodeStream([
      data(chunk({ content: 'I look it ' })),
      data(chunk({ content: 'up for you.' })),
      data(chunk({ content: 'I look it up for you.', tool_calls: toolCalls })),
      finish('tool_calls'),
    ]);

    expect(joinDeltas(events)).toMatchObject({ text: 'I look it up for you.', calls: [{ name: 'f' }] });
  });

  test('stays if it differs, or is short', () => {
    const events = decodeStream([
      data(chunk({ content: 'I look.' })),
      data(chunk({ content: 'I look.', tool_calls: toolCalls })),
      finish('tool_calls'),
    ]);

    expect(joinDeltas(events).text).toBe('I look.I look.');
  });
});

test.for([
  { content: '', images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] },
  { content: null, audio: { id: 'a', data: 'AA==' } },
  { content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] },
])('an answer of images or audio alone is an error: %j', (delta) => {
  const { error } = joinDeltas(decodeStream([data(chunk(delta)), finish('stop')]));

  expect(error?.code).toBe('invalid-response');
  expect(error?.message).toMatch(/answered with (?:images|audio|image_url) and no text/);
});

test.for<[string, object, string | undefined]>([
  ['vLLM', { stop_reason: 'END' }, 'END'],
  ['SGLang', { matched_stop: 'END' }, 'END'],
  ['vLLM, where a token ended it', { stop_reason: 151_645 }, undefined],
  ['SGLang, where a token ended it', { matched_stop: 151_645 }, undefined],
  ['vLLM, where the model stopped', { stop_reason: null }, undefined],
  ['Ollama', {}, undefined],
])('the stop sequence that ended the text, as %s says it', ([, said, stopSequence]) => {
  const events = decodeStream([data(chunk({ content: 'First' })), data(chunk({}, { finish_reason: 'stop', ...said }))]);

  expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop', ...(stopSequence && { stopSequence }) });
});

test.for<[string, 'stop' | 'length', string | undefined]>([
  ['is written as vLLM writes it', 'stop', 'END'],
  ['is left out where something else ended the answer', 'length', undefined],
])('the stop sequence of a chat completion %s', ([, reason, expected]) => {
  const identity = { id: 'c', created: 1 };
  const facts = { model: 'm', text: 'First', reasoning: '', toolCalls: [], repairs: [], warnings: [], attempts: [] };
  const whole = encodeCompletion({ ...facts, finishReason: reason, stopSequence: 'END' }, identity);
  const encoder = createChunkEncoder({ ...identity, includeUsage: false });
  encoder.encode({ type: 'start', model: 'm' });
  const streamed = encoder.encode({ type: 'finish', reason, stopSequence: 'END' });

  for (const json of [whole, streamed.split('\n')[0]!.slice('data: '.length)])
    expect(JSON.parse(json)).toMatchObject({ choices: [{ finish_reason: reason }] });
  for (const text of [whole, streamed]) expect(text.includes('"stop_reason":"END"')).toBe(expected !== undefined);
});
