import type { StreamEvent } from '@openclaw/provider';
import { assertStreamGrammar, joinDeltas } from '@openclaw/test-support';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';

interface Said {
  readonly thinking: string;
  readonly content: string;
  readonly calls: readonly { readonly name: string; readonly arguments: Record<string, unknown> }[];
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 });

const call = fc.record({
  name: fc.constantFrom('look', 'list_dir'),
  arguments: fc.dictionary(fc.constantFrom('path', 'depth'), fc.oneof(text, fc.nat())),
});

const said: fc.Arbitrary<Said> = fc.record({
  thinking: text,
  content: text,
  calls: fc.array(call, { maxLength: 3 }),
});

test('whatever is said and wherever it is cut, a stream joined up is what one body says', () => {
  fc.assert(
    fc.property(
      said,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
      fc.boolean(),
      (answer, cuts, callsOnLastLine) => {
        const streamed = decodePieces(cutBytes(encodeLines(answer, callsOnLastLine), cuts));
        const whole = decodePieces([encode(message(answer), true)], { endsWithLast: true });

        assertStreamGrammar(streamed);
        assertStreamGrammar(whole);
        expect(comparable(streamed)).toEqual(comparable(whole));
      },
    ),
    { numRuns: 300 },
  );
});

function message({ thinking, content, calls }: Said): object {
  return { content, thinking, tool_calls: calls.map((called) => ({ function: called })) };
}

/** A line for each character, as a token may be. */
function encodeLines({ thinking, content, calls }: Said, callsOnLastLine: boolean): Uint8Array {
  const lines = [
    ...Array.from(thinking, (character) => encode({ content: '', thinking: character }, false)),
    ...Array.from(content, (character) => encode({ content: character }, false)),
    ...(callsOnLastLine
      ? [encode(message({ thinking: '', content: '', calls }), true)]
      : [
          ...calls.map((each) => encode(message({ thinking: '', content: '', calls: [each] }), false)),
          encode({ content: '' }, true),
        ]),
  ];
  return Buffer.concat(lines);
}

function encode(content: object, done: boolean): Uint8Array {
  const end = done ? { done_reason: 'stop', prompt_eval_count: 5, eval_count: 2, eval_duration: 1_500_000 } : {};
  return Buffer.from(`${JSON.stringify({ model: 'm', message: { role: 'assistant', ...content }, done, ...end })}\n`);
}

function cutBytes(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((part) => Math.floor(part * bytes.length)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
}

function comparable(events: readonly StreamEvent[]): unknown {
  return { ...joinDeltas(events), last: events.at(-1) };
}
