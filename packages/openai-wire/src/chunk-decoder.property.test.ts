import { assertStreamGrammar, joinDeltas } from '@openclaw/test-support';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';
import { encodeWire, WIRE_STYLES } from '../test/encode-wire.ts';
import type { Said } from '../test/encode-wire.ts';

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const awkward = fc.constantFrom(
  '\n',
  '"',
  '\\',
  '\\u0041',
  '{"a":1}',
  '\u2028',
  '</think>',
  'data: x',
  '😀',
  '\u0000',
  '\r\n',
  'q8Vw2nZk',
);
const spoken = fc.oneof(words, awkward);
const call = fc.record({
  name: fc.constantFrom('get_weather', 'read_file', 'f'),
  argumentsText: fc
    .dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    .map((value) => JSON.stringify(value)),
});
const said = fc
  .array(fc.oneof(fc.record({ text: spoken }), fc.record({ reasoning: spoken }), fc.record({ call })), {
    maxLength: 12,
  })
  .map((list) => list.map((each, at): Said => ('call' in each ? { call: { id: `call_${at}`, ...each.call } } : each)));
const bits = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });

test('what a model said comes back as it was, in whichever style it is written and wherever it is cut', () => {
  fc.assert(
    fc.property(
      said,
      fc.constantFrom(...WIRE_STYLES),
      bits,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('reasoning', 'reasoning_content', 'reasoning_text'),
      (list, style, cuts, bodyCuts, lineEnd, reasoningKey) => {
        const bytes = encodeWire(list, { style, cuts, lineEnd, reasoningKey });
        const events = decodePieces(cut(bytes, bodyCuts));
        assertStreamGrammar(events);
        const answer = joinDeltas(events);

        expect(answer.said).toEqual(style === 'whole' ? inOrderOfABody(list) : joinNeighbours(list));
        expect(answer.finish).toBe(list.some((each) => 'call' in each) ? 'tool-calls' : 'stop');
      },
    ),
    { numRuns: 600 },
  );
});

test('fragments of parallel calls may come in any order', () => {
  const calls = fc.array(call, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(calls, bits, fc.infiniteStream(fc.nat()), (list, cuts, picks) => {
      const queues = list.map((each, index) => fragmentsOf(each, { index, cuts }));
      const lines: string[] = [];
      while (queues.some((queue) => queue.length > 0)) {
        const waiting = queues.filter((queue) => queue.length > 0);
        const fragment = waiting[picks.next().value % waiting.length]?.shift();
        lines.push(`data: ${JSON.stringify({ model: 'm', choices: [{ delta: { tool_calls: [fragment] } }] })}\n\n`);
      }
      lines.push('data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}\n\n');
      const events = decodePieces([new TextEncoder().encode(lines.join(''))]);
      assertStreamGrammar(events);

      const found = joinDeltas(events).calls.toSorted((one, other) => one.id.localeCompare(other.id));
      expect(found).toEqual(list.map((each, index) => ({ id: `call_${index}`, ...each })));
    }),
    { numRuns: 200 },
  );
});

test('no bytes make it throw or break the grammar', () => {
  const lines = fc.constantFrom(
    'data: ',
    '\n',
    '\r',
    '\n\n',
    '{',
    '}',
    '[DONE]',
    '"choices":[{',
    '"delta":{"content":"x"}',
    '"error":',
    'null',
    ',',
    ':',
    '[',
    ']',
    '"tool_calls":[{"index":0}]',
    'event: error',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(lines, fc.string({ maxLength: 6 })), { maxLength: 30 }), bits, (pieces, cuts) => {
      const bytes = new TextEncoder().encode(pieces.join(''));
      expect(() => assertStreamGrammar(decodePieces(cut(bytes, cuts)))).not.toThrow();
    }),
    { numRuns: 800 },
  );
});

test('no chunk of any shape makes it throw or break the grammar', () => {
  const key = fc.constantFrom(
    'choices',
    'delta',
    'message',
    'content',
    'tool_calls',
    'function',
    'arguments',
    'name',
    'index',
    'id',
    'error',
    'usage',
    'finish_reason',
    'model',
    'timings',
    'x_groq',
    'prompt_tokens',
    'reasoning',
  );
  const { shape } = fc.letrec<{ shape: unknown }>((tie) => ({
    shape: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, '', 'stop', 0, 1, -1, true, 'text', '{}'),
      fc.dictionary(key, tie('shape'), { maxKeys: 4 }),
      fc.array(tie('shape'), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(fc.array(shape, { maxLength: 4 }), (chunks) => {
      const body = chunks.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('');
      expect(() => assertStreamGrammar(decodePieces([new TextEncoder().encode(body)]))).not.toThrow();
    }),
    { numRuns: 800 },
  );
});

function cut(bytes: Uint8Array, parts: readonly number[]): Uint8Array[] {
  const places = [
    0,
    ...parts.map((part) => Math.floor(part * bytes.length)).toSorted((one, other) => one - other),
    bytes.length,
  ];
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
}

function joinNeighbours(list: readonly Said[]): Said[] {
  const joined: Said[] = [];
  for (const each of list) {
    const last = joined.at(-1);
    if ('text' in each && last !== undefined && 'text' in last)
      joined[joined.length - 1] = { text: last.text + each.text };
    else if ('reasoning' in each && last !== undefined && 'reasoning' in last)
      joined[joined.length - 1] = { reasoning: last.reasoning + each.reasoning };
    else joined.push(each);
  }
  return joined;
}

/** A body has one text and one reasoning, and its calls come last. */
function inOrderOfABody(list: readonly Said[]): Said[] {
  const reasoning = list.map((each) => ('reasoning' in each ? each.reasoning : '')).join('');
  const text = list.map((each) => ('text' in each ? each.text : '')).join('');
  return [
    ...(reasoning === '' ? [] : [{ reasoning }]),
    ...(text === '' ? [] : [{ text }]),
    ...list.filter((each) => 'call' in each),
  ];
}

function fragmentsOf(
  { name, argumentsText }: { name: string; argumentsText: string },
  { index, cuts }: { index: number; cuts: readonly number[] },
): object[] {
  const places = [
    0,
    ...cuts.map((part) => Math.floor(part * argumentsText.length)).toSorted((one, other) => one - other),
    argumentsText.length,
  ];
  const pieces = places.slice(1).map((end, at) => argumentsText.slice(places[at], end));
  return [
    { index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } },
    ...pieces.map((piece) => ({ index, function: { arguments: piece } })),
  ];
}
