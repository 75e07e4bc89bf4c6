import fc from 'fast-check';
import { expect, test } from 'vitest';
import { playTexts } from '../test/play.ts';
import { FAMILIES } from './syntaxes/families.ts';

const samples = FAMILIES.flatMap(({ samples: own }) => own.map(({ text }) => text));
const marks = FAMILIES.flatMap(({ syntaxes = [], closings = [], reasoning = [], answer = [], endTokens = [] }) => [
  ...syntaxes.flatMap(({ opening }) => (typeof opening === 'function' ? opening('list_dir') : opening)),
  ...closings,
  ...endTokens,
  ...[...reasoning, ...answer].flatMap((marksOf) => [marksOf.opening, ...marksOf.closings]),
]);
const WORDS = [
  'Let me look.',
  'For example:',
  'It is cold in Oslo, and so on.',
  ' and ',
  '\n',
  '\n\n',
  ' ',
  '`',
  '```\n',
  '- ',
  '"',
  'a < b',
  'list_dir',
  'ñandú 😀',
];

/** Pieces of answers: whole calls, the starts and ends of calls, marks alone and cut off, prose. */
const piece = fc.oneof(
  fc.constantFrom(...samples),
  fc.tuple(fc.constantFrom(...samples), fc.nat(400)).map(([text, end]) => text.slice(0, end)),
  fc.tuple(fc.constantFrom(...samples), fc.nat(60)).map(([text, start]) => text.slice(start)),
  fc.constantFrom(...marks),
  fc.tuple(fc.constantFrom(...marks), fc.nat(30)).map(([mark, end]) => mark.slice(0, end)),
  fc.constantFrom(...WORDS),
);
const answer = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));

test('an answer reads the same in one piece and character by character, but for closing marks alone', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (text) => {
      const whole = await playTexts([text]);
      const single = await playTexts(text.split(''));
      // A closing mark alone depends on what was emitted already, and is tested by itself.
      fc.pre(whole.reasoning === single.reasoning && !hasClosingAlone(text));
      expect(single).toEqual(whole);
    }),
    { numRuns: 400 },
  );
});

test('an opening word is at the start of a line only without blanks before it, however the text arrives', async () => {
  const call = 'Action: ```json\n[{"tool_name": "get_weather", "parameters": {"city": "Oslo"}}]```';
  const counts = [];
  for (const text of [call, `Well.\n${call}`, ` ${call}`, `Well.\n ${call}`]) {
    const whole = await playTexts([text]);
    expect(await playTexts(text.split(''))).toEqual(whole);
    counts.push(whole.calls.length);
  }
  expect(counts).toEqual([1, 1, 0, 0]);
});

test('no text is invented: text and reasoning are parts of the answer in its order', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (text) => {
      const { text: said, reasoning } = await playTexts([text]);
      expect(isSubsequence(said, text)).toBe(true);
      expect(isSubsequence(reasoning, text)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('no text is lost: without a repair an answer stays as it is', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (text) => {
      const played = await playTexts([text]);
      if (played.repairs.length === 0) expect(played.text).toBe(text);
    }),
    { numRuns: 400 },
  );
});

test('the name and each argument of a recovered call occur in the answer', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (text) => {
      const { calls } = await playTexts([text]);
      for (const [name, args] of calls) {
        expect(text).toContain(name);
        // Marks within arguments without an end are removed.
        if (typeof args === 'string') expect(isSubsequence(args, text)).toBe(true);
        else for (const leaf of leavesOf(args)) expect(text).toContain(leaf);
      }
    }),
    { numRuns: 400 },
  );
});

/** Whether a text has more closing marks of reasoning or of the answer than opening ones, up to any place. */
function hasClosingAlone(text: string): boolean {
  return FAMILIES.flatMap(({ reasoning = [], answer: answers = [] }) => [...reasoning, ...answers]).some(
    ({ opening, closings }) =>
      closings.some((closing) =>
        text.split(closing).some((_, closed, parts) => {
          const before = parts.slice(0, closed).join('');
          return closed > before.split(opening).length - 1;
        }),
      ),
  );
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The keys and values of arguments, without the characters that JSON and XML write in several ways. */
function leavesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, part]) => [key, ...leavesOf(part)]);
  if (typeof value === 'boolean' || value === null) return [];
  return (typeof value === 'string' ? value : JSON.stringify(value)).split(/[\s\\"']+/).filter((word) => word !== '');
}
