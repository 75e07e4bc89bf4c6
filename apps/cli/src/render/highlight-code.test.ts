import { expect, test } from 'vitest';
import { createCodeHighlighter } from './highlight-code.ts';
import { createStyle, type Style } from './style.ts';

const mark =
  (name: string) =>
  (text: string): string =>
    `<${name}:${text}>`;

/** Shows styles as text. */
const MARKS: Style = {
  ...createStyle(false),
  dim: mark('dim'),
  accent: mark('keyword'),
  success: mark('string'),
  warning: mark('number'),
};

const highlight = (language: string, ...lines: string[]): string[] => {
  const highlighter = createCodeHighlighter(language, MARKS);
  return lines.map((line) => highlighter.line(line));
};

test.each([
  ['ts', 'const a = "x\\"y"; // why', '<keyword:const> a = <string:"x\\"y">; <dim:// why>'],
  ['js', 'return a.constant + 0x1F + 1.5e3', '<keyword:return> a.constant + <number:0x1F> + <number:1.5e3>'],
  ['python', 'def f(x): # note', '<keyword:def> f(x): <dim:# note>'],
  ['bash', 'echo $# "a # b" # c', 'echo $# <string:"a # b"> <dim:# c>'],
  [
    'sql',
    "SELECT * from t where a = 'b' -- c",
    "<keyword:SELECT> * <keyword:from> t <keyword:where> a = <string:'b'> <dim:-- c>",
  ],
  ['json', '{"a": [1, true]}', '{<string:"a">: [<number:1>, <keyword:true>]}'],
  ['yaml', 'url: http://a#b # c', 'url: http://a#b <dim:# c>'],
  ['rust', "fn f<'a>(x: &'a str)", "<keyword:fn> f<'a>(x: &'a <keyword:str>)"],
  ['go', 'x := `raw` /* c */ + y', 'x := <string:`raw`> <dim:/* c */> + y'],
  ['unheard-of', 'if (x) 1', '<keyword:if (x) 1>'],
  ['ts', '', ''],
  ['ts', "'open", "<string:'open>"],
])('%s: %s', (language, line, shown) => {
  expect(highlight(language, line)).toEqual([shown]);
});

test('comments and strings may span lines', () => {
  expect(highlight('ts', 'a /* one', 'two', 'three */ if')).toEqual([
    'a <dim:/* one>',
    '<dim:two>',
    '<dim:three */> <keyword:if>',
  ]);
  expect(highlight('py', '"""doc', 'if', '""" if')).toEqual([
    '<string:"""doc>',
    '<string:if>',
    '<string:"""> <keyword:if>',
  ]);
});

test('no character is lost or added', () => {
  const line = 'é漢 "a" /* b */ `c` 1_000 $x #! // d';
  const highlighter = createCodeHighlighter('ts', createStyle(false));
  expect(highlighter.line(line)).toBe(line);
});
