import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarkdownRenderer } from './markdown.ts';
import { createStyle } from './style.ts';

/** Marks styles with letters, so that a test can be read. */
const marked = Object.fromEntries(
  Object.keys(createStyle(false)).map((name) => [
    name,
    (text: string) => (text === '' ? '' : `<${name}>${text}</${name}>`),
  ]),
) as unknown as ReturnType<typeof createStyle>;

function render(text: string, { style = marked, cuts = [] as number[] } = {}): string {
  const renderer = createMarkdownRenderer(style);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].toSorted(
    (a, b) => a - b,
  );
  const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
  return pieces.map((piece) => renderer.push(piece)).join('') + renderer.end();
}

test.each([
  ['# Title\nText', '<accent><bold>Title</bold></accent>\nText'],
  ['**bold** and *slanted*', '<bold>bold</bold> and <italic>slanted</italic>'],
  ['__bold__ and _slanted_', '<bold>bold</bold> and <italic>slanted</italic>'],
  ['***both***', '<italic><bold>both</bold></italic>'],
  ['2 * 3 * 4 = 24', '2 * 3 * 4 = 24'],
  ['snake_case_name', 'snake_case_name'],
  ['`code *with* stars`', '<accent>code *with* stars</accent>'],
  ['``a ` b``', '<accent>a </accent><accent>`</accent><accent> b</accent>'],
  ['- one\n* two\n  - three', '<accent>•</accent> one\n<accent>•</accent> two\n  <accent>•</accent> three'],
  ['1. first', '1. first'],
  ['> said', '<dim>│ </dim>said'],
  ['---\n', `<dim>${'─'.repeat(40)}</dim>\n`],
  ['[label](https://a.b)', '<underline>label</underline><dim> (https://a.b)</dim>'],
  ['[not a link] (x)', '[not a link] (x)'],
  ['\\*plain\\*', '*plain*'],
  ['C:\\new', 'C:\\new'],
  [
    '```ts\nconst a = `*`;\n\n# no\n```\nafter',
    '<dim>ts</dim>\n<accent>const</accent> a = <success>`*`</success>;\n\n# no\nafter',
  ],
  ['~~~\n```\n~~~\n', '<accent>```</accent>\n'],
  ['**never closed\nnext', '<bold>never closed</bold>\nnext'],
  ['ends with *', 'ends with *'],
  ['| a | b |', '| a | b |'],
  ['2*3*4 = 24', '2*3*4 = 24'],
])('%j reads well', (text, expected) => {
  expect(render(text)).toBe(expected);
});

test.each([
  [
    '| Name | Size | Where |\n|:--|--:|:-:|\n| **漢字** | 12 | in |\n| a \\| b | - |\nafter',
    'Name   Size  Where\n─────  ────  ─────\n漢字     12   in\na | b     -\nafter',
  ],
  ['| a |\n|---|', 'a\n─'],
  ['| no table |\n| at all |\n', '| no table |\n| at all |\n'],
])('%j is a table that reads well', (text, expected) => {
  expect(render(text, { style: createStyle(false) })).toBe(expected);
});

test('a line may end with a carriage return and a line feed', () => {
  expect(render('one\r\n---\r\n- two\r\n')).toBe(render('one\n---\n- two\n'));
});

test('shows the same text wherever it is cut', () => {
  const token = fc.constantFrom(
    '*',
    '**',
    '_',
    '`',
    '```',
    '\n',
    '\\',
    '[',
    '](',
    ')',
    '# ',
    '- ',
    '> ',
    '---',
    ' ',
    '\t',
    'word',
    '1. ',
    '~~~',
    '| ',
  );
  const strip = (text: string) => text.replaceAll(/<\/?[a-z]+>/g, '');
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), fc.array(fc.nat(200), { maxLength: 20 }), (tokens, cuts) => {
      const text = tokens.join('');
      expect(strip(render(text, { cuts }))).toBe(strip(render(text)));
    }),
    { numRuns: 500 },
  );
});

test('gives a word out as soon as it is there', () => {
  const renderer = createMarkdownRenderer(createStyle(false));
  expect(renderer.push('Hello ')).toBe('Hello ');
  expect(renderer.push('wor')).toBe('wor');
  expect(renderer.push('ld *')).toBe('ld ');
});
