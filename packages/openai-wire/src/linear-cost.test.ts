import { expect, test, vi } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';
import { encodeRequest } from './encode-request.ts';
import { SERVER_QUIRKS } from './server-quirks.ts';

// What costs the square of its length takes minutes at these lengths, and what is linear a second or two.
vi.setConfig({ testTimeout: 60_000 });

test('arguments in small pieces', () => {
  const argumentsText = JSON.stringify({ text: 'x'.repeat(1_200_000) });
  const head = call({ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } });
  const pieces = cut(argumentsText, 4).map((piece) => call({ index: 0, function: { arguments: piece } }));
  const events = decodePieces(inReads([head, ...pieces, FINISH, DONE]));

  expect(events.find(({ type }) => type === 'tool-call-end')).toMatchObject({ id: 'a', argumentsText });
});

test('many calls that are not complete', () => {
  const calls = Array.from({ length: 100_000 }, (_, index) =>
    call({ index, id: `call-${index}`, function: { name: 'f', arguments: '{' } }),
  );
  const events = decodePieces(inReads([...calls, FINISH, DONE]));

  expect(events.filter(({ type }) => type === 'tool-call-end')).toHaveLength(calls.length);
});

test('many calls that are complete and have no name', () => {
  const calls = Array.from({ length: 100_000 }, (_, index) => call({ index, function: { arguments: '{"a":1}' } }));
  const events = decodePieces(inReads([...calls, FINISH, DONE]));

  expect(events.filter(({ type }) => type === 'tool-call-end')).toHaveLength(calls.length);
});

test('calls without arguments end at the limit of what is held', () => {
  const calls = Array.from({ length: 1_000 }, (_, index) => call({ index, id: '', function: { name: 'f' } }));

  expect(decodePieces(inReads(calls), { limits: { maxBodyBytes: 10_000 } }).at(-1)).toMatchObject({
    error: { code: 'invalid-response', message: expect.stringContaining('10000 bytes') },
  });
});

test('chunks with many keys that look like those of a text', () => {
  const pad = Array.from({ length: 800 }, () => ({ content: '' }));
  const chunk = (refusal: string) => event({ model: 'm', pad, choices: [{ delta: { refusal } }] });
  const events = decodePieces(inReads([...Array.from({ length: 1_000 }, () => chunk('no ')), FINISH, DONE]));

  expect(events.flatMap((each) => (each.type === 'text-delta' ? each.text : [])).join('')).toBe('no '.repeat(1_000));
});

test('a request with very many keys beside those of the contract', () => {
  const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`k${at}`, at]));
  const value = { ...keys, seed: 1, max_tokens: 2, n: 1 };
  const raw = { dialect: 'openai-chat', value };
  const request = { model: 'm', messages: [], seed: 7, maxTokens: 8, temperature: 0.5, raw };
  const text = encodeRequest(request, { quirks: SERVER_QUIRKS.ollama });

  expect(text.match(/"seed"|"max_tokens"/g)).toHaveLength(2);
  expect(JSON.parse(text)).toEqual({
    model: 'm',
    messages: [],
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.5,
    ...value,
    seed: 7,
    max_tokens: 8,
  });
});

const FINISH = event({ model: 'm', choices: [{ delta: {}, finish_reason: 'stop' }] });
const DONE = 'data: [DONE]\n\n';

function call(entry: object): string {
  return event({ model: 'm', choices: [{ delta: { tool_calls: [entry] } }] });
}

function event(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** Reads as a socket gives them: some events in each. */
function inReads(events: readonly string[]): Buffer[] {
  const reads: Buffer[] = [];
  for (let at = 0; at < events.length; at += 100) reads.push(Buffer.from(events.slice(at, at + 100).join('')));
  return reads;
}

function cut(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, at) => text.slice(at * length, (at + 1) * length));
}
