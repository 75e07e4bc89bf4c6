import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createThinkingParser } from './thinking-parser.ts';

/** What a text becomes, fed in pieces of this length. */
function parse(text: string, length: number): { reasoning: string; text: string } {
  const parser = createThinkingParser();
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${length}}`, 'g')) ?? [];
  return pieces
    .map((piece) => parser.add(piece))
    .reduce((all, part) => ({ reasoning: all.reasoning + part.reasoning, text: all.text + part.text }), {
      reasoning: '',
      text: '',
    });
}

test.each([
  ['<think>\nHm.\n</think>\n\nYes.', 'Hm.\n', 'Yes.'],
  [' \n<think>Hm.</think>Yes.', 'Hm.', 'Yes.'],
  ['Yes.', '', 'Yes.'],
  ['  Yes.', '', '  Yes.'],
  ['Hm.\n</think>\n\nYes.', '', 'Hm.\n</think>\n\nYes.'],
  ['Yes. <think>No.</think>', '', 'Yes. <think>No.</think>'],
  ['<think>\nHm', 'Hm', ''],
  ['<think></think>Yes.', '', 'Yes.'],
  ['<thinking', '', '<thinking'],
])('%j', (text, reasoning, rest) => {
  for (let length = 1; length <= text.length; length += 1) {
    expect(parse(text, length)).toEqual({ reasoning, text: rest });
  }
});

test('how a text is cut into pieces does not matter', () => {
  const part = fc.constantFrom('<think>', '</think>', '<', 'think', ' ', '\n', 'a', '/');
  fc.assert(
    fc.property(fc.array(part), fc.integer({ min: 1, max: 9 }), (parts, length) => {
      const text = parts.join('');
      expect(parse(text, length)).toEqual(parse(text, 1));
    }),
  );
});
