import { describe, expect, test } from 'vitest';
import { playTexts } from '../test/play.ts';
import { FAMILIES } from './syntaxes/families.ts';

const END_TOKENS = FAMILIES.flatMap(({ endTokens = [] }) => endTokens);
/** Answers that end with a mark, behind which an end token is cut off. */
const ENDED = [
  '<think>A sum.</think><response>Four.</response>',
  '<think>A sum.</think><answer>Four.</answer>',
  '<think>A sum.</think>Four.<|im_end|>',
  '<think>A sum.</think>Four.]<]minimax[>[\n',
];

describe.each(ENDED)('behind the end of %j', (ended) => {
  test.each(END_TOKENS)('%j is removed, wherever it is cut off and however it arrives', async (token) => {
    for (let length = 0; length <= token.length; length += 1) {
      const text = ended + token.slice(0, length);
      for (const texts of [[text], text.split('')])
        expect(await playTexts(texts)).toMatchObject({ text: 'Four.', reasoning: 'A sum.', calls: [] });
    }
  });

  test.each([' So it is.', ']<]minimax[>[ So it is.', ']<]minimax[>[</to So it is.'])(
    '%j shows that the answer goes on, however it arrives',
    async (rest) => {
      const text = ended + rest;
      const whole = await playTexts([text]);
      expect(whole.text).toMatch(/So it is\.$/);
      expect(await playTexts(text.split(''))).toEqual(whole);
    },
  );
});

const END = '<|im_end|>';

test.each([
  ['text if few follow', 100, `Four.${END}${END.repeat(100)}So it is.`],
  ['an end if many follow', 1000, 'Four.So it is.'],
])('an end token with text behind further ones is %s, however they arrive', async (_, count, text) => {
  const answer = `Four.${END}${END.repeat(count)}So it is.`;
  for (const texts of [[answer], answer.split('')]) expect((await playTexts(texts)).text).toBe(text);
});

test('a model that repeats an end token without end is read in linear time', async () => {
  const texts = ['Four.', ...Array.from({ length: 100_000 }, () => END)];
  expect(await playTexts(texts)).toMatchObject({ text: 'Four.', repairs: ['answer-marks'] });
});
