import { joinDeltas } from '@openclaw/test-support';
import { expect, test } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';
import type { DecodePiecesOptions } from '../test/decode-pieces.ts';

const chunk = (content: string): string => JSON.stringify({ model: 'm', choices: [{ delta: { content } }] });
const END = '{"choices":[{"delta":{},"finish_reason":"stop"}]}';

test.each<[string, string, DecodePiecesOptions['limits'] & {}, string]>([
  ['an event without an end', `data: ${'x'.repeat(200)}`, { maxEventBytes: 100 }, 'one event is larger than 100 bytes'],
  ['an event of many lines', 'data: x\n'.repeat(50), { maxEventBytes: 80 }, 'one event is larger than 80 bytes'],
  ['a body without an end', `{"a":"${'x'.repeat(200)}`, { maxBodyBytes: 100 }, 'the body is larger than 100 bytes'],
  ['a body of many lines', `{\n${'"x":\n'.repeat(50)}`, { maxBodyBytes: 100 }, 'the body is larger than 100 bytes'],
  ['a body of blanks', ' '.repeat(200), { maxBodyBytes: 100 }, 'the body is larger than 100 bytes'],
  [
    'arguments without an end',
    `data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{${'x'.repeat(90)}"}}]}}]}\n\n`.repeat(
      3,
    ),
    { maxBodyBytes: 200 },
    'the arguments of its tool calls is larger',
  ],
])('%s is not held beyond the bound', (_title, body, limits, words) => {
  const bytes = new TextEncoder().encode(body);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, at) => bytes.subarray(at * 16, at * 16 + 16));
  const { error } = joinDeltas(decodePieces(pieces, { limits }));

  expect(error?.code).toBe('invalid-response');
  expect(error?.message).toContain(words);
});

test('text that came in one read is one event', () => {
  const body = [chunk('a'), chunk('b'), chunk('c'), END].map((each) => `data: ${each}\n\n`).join('');
  const events = decodePieces([new TextEncoder().encode(body)]);

  expect(events).toEqual([
    { type: 'start', model: 'm' },
    { type: 'text-delta', text: 'abc' },
    { type: 'finish', reason: 'stop' },
  ]);
});

test.each([
  'event: error\ndata: The model has crashed.\n\n',
  'event: error\ndata: {"text":"The model has crashed."}',
  'event: error\r\ndata: "The model has crashed."\r\n\r\n',
])('an event of type error is one, whatever its data looks like: %j', (body) => {
  expect(joinDeltas(decodePieces([new TextEncoder().encode(body)])).error).toMatchObject({ code: 'server-error' });
});

test.each(['', '\n', '\n\n', '\r\n'])('an error on a bare line between events is one (then %j)', (lineEnd) => {
  const error = '{"StatusCode":429,"Status":"429 Too Many Requests","error":"slow down"}';
  const decoded = joinDeltas(decodePieces([new TextEncoder().encode(`data: ${chunk('a')}\n\n${error}${lineEnd}`)]));

  expect(decoded.error).toMatchObject({ code: 'rate-limited', serverMessage: 'slow down' });
});

test('half an error on a bare line is an answer that broke off', () => {
  const decoded = joinDeltas(decodePieces([new TextEncoder().encode(`data: ${chunk('a')}\n\n{"error":"slo`)]));

  expect(decoded.error?.message).toContain('broke off');
});

test('a chunk that looks like a hidden error after the finish is ignored', () => {
  const hidden = '{"model":"","choices":[{"index":0,"delta":{"content":""},"finish_reason":null}]}';
  const body = [chunk('a'), END, hidden].map((each) => `data: ${each}\n\n`).join('');

  expect(
    joinDeltas(decodePieces([new TextEncoder().encode(body)], { hidesErrorsInEmptyChunk: true })).error,
  ).toBeUndefined();
});

test('an index in quotes is one', () => {
  const entry = (index: string, call: string): string =>
    `data: {"choices":[{"delta":{"tool_calls":[{"index":"${index}",${call}}]}}]}\n\n`;
  const body = [
    entry('0', '"id":"a","function":{"name":"f","arguments":"{"}'),
    entry('1', '"id":"b","function":{"name":"g","arguments":"{"}'),
    entry('0', '"function":{"arguments":"}"}'),
    entry('1', '"function":{"arguments":"}"}'),
    `data: ${END}\n\n`,
  ].join('');
  const { calls } = joinDeltas(decodePieces([new TextEncoder().encode(body)]));

  expect(calls.map(({ name, argumentsText }) => name + argumentsText)).toEqual(['f{}', 'g{}']);
});

test('nothing after [DONE] counts', () => {
  const body = `data: ${chunk('a')}\n\ndata: [DONE]\n\ndata: ${chunk('b')}\n\ndata: {"error":"late"}\n\n`;

  expect(joinDeltas(decodePieces([new TextEncoder().encode(body)]))).toMatchObject({
    text: 'a',
    finish: 'stop',
    error: undefined,
  });
});

test('half a line of JSON at the end is dropped, and the answer is not complete', () => {
  const body = `${chunk('a')}\n${chunk('b').slice(0, 20)}`;

  expect(joinDeltas(decodePieces([new TextEncoder().encode(body)]))).toMatchObject({
    text: 'a',
    error: { code: 'invalid-response' },
  });
});

test('an empty delta without a model is no failure of a server that never names one', () => {
  const unnamed = (content: string): string =>
    JSON.stringify({ model: '', choices: [{ delta: { role: 'assistant', content }, finish_reason: null }] });
  const body = [unnamed(''), unnamed('Hi'), unnamed(''), END].map((each) => `data: ${each}\n\n`).join('');

  expect(joinDeltas(decodePieces([new TextEncoder().encode(body)]))).toMatchObject({ text: 'Hi', finish: 'stop' });
});

test('an empty delta without a model is a failure of Ollama at once, though the connection stays open', () => {
  const body = `data: {"model":"","choices":[{"delta":{"role":"assistant","content":""},"finish_reason":null}]}\n\ndata: ${chunk('more')}\n\n`;
  const events = decodePieces([new TextEncoder().encode(body)], { hidesErrorsInEmptyChunk: true });

  expect(events).toMatchObject([{ type: 'error', error: { code: 'server-error' } }]);
});

test.each(['constructor', '__proto__', 'toString', 'flagged'])('an unknown finish reason is other: %s', (reason) => {
  const body = `data: {"choices":[{"delta":{"content":"a"},"finish_reason":"${reason}"}]}\n\n`;

  expect(joinDeltas(decodePieces([new TextEncoder().encode(body)])).finish).toBe('other');
});
