import fc from 'fast-check';
import JSON5 from 'json5';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ConfigError } from './config-error.ts';
import { toJson, type Json5Node } from './json5-node.ts';
import { isBlankJson5, parseJson5 } from './parse-json5.ts';

const parse = (text: string) => toJson(parseJson5({ file: 'test.json5', text }));

/** The value or the fact of a refusal: messages differ by design. */
function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch {
    return 'refused';
  }
}

function expectSameOutcome(text: string): void {
  expect(outcome(() => parse(text))).toEqual(outcome(() => JSON5.parse(text)));
}

function issueOf(text: string) {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues[0]!;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

const oddities = [
  '{}',
  '[]',
  'null',
  'true',
  '"x"',
  '+.5',
  '-.5e-3',
  '5.',
  '5.e3',
  '.5',
  '0x1F',
  '-0xa',
  '+0XAB',
  '-0',
  '0',
  '00',
  '01',
  '1e',
  '0x',
  '.',
  '- 1',
  '+Infinity',
  '-Infinity',
  'NaN',
  '-NaN',
  'infinity',
  'nan',
  'NAN',
  '1e400',
  '-1e-400',
  '9007199254740993',
  'nullx',
  'True',
  'undefined',
  "'single'",
  '"line\\\ncontinued"',
  '"crlf\\\r\ncontinued"',
  '"a\\\u2028b"',
  '"raw\u2028separator"',
  '"raw\nnewline"',
  '"\\0"',
  '"\\01"',
  '"\\1"',
  '"\\x41\\u0042"',
  '"\\x4"',
  '"\\u12"',
  '"\\q\\$\\""',
  '"\\ud83d\\ude00"',
  '"\\😀"',
  '"\\v\\b\\f"',
  '"unclosed',
  "'",
  '{a:1,}',
  '{a:1,,}',
  '{,}',
  '[,]',
  '[1,]',
  '[1,,2]',
  '{a:1 b:2}',
  '{"a":1,\'b\':2,c:3,$d:4,_e:5,ümlaut:6,\\u0061x:7}',
  '{a\\u200cb:1}',
  '{\\u0031a:1}',
  '{1a:1}',
  '{a-b:1}',
  '{a.b:1}',
  '{ⸯ:1}',
  '{𠮷:1}',
  '{aͤ:1}',
  '{null:1,true:2,Infinity:3}',
  '{a:1,a:2}',
  '{__proto__:1}',
  '{"__proto__":{x:1}}',
  '{constructor:1,toString:2}',
  '// only a comment',
  '/* open',
  '{}// end',
  '{}/* end */',
  '/**/1/***/',
  '1//\u2028',
  '{a://x\n1}',
  '\ufeff{}',
  '{\u00a0a\u3000:\u200a1}',
  '\v\f{}',
  '{\u180ea:1}',
  '',
  ' ',
  '{} {}',
  '1 2',
  '{a:}',
  '{:1}',
  '{a}',
  '[1 2]',
  '"a" "b"',
  '{a:1}}',
  '\\u0061',
  '{"a":"\\u0000"}',
  '{a:"\t"}',
  "{a:'\"'}",
  '/',
  '//',
  '{a:/**/1/**/,}',
  '+',
  '-',
  '+-1',
  '1_000',
  '0b1',
  '0o7',
  '1n',
  '.e1',
  '1.2.3',
  '{"":1}',
  "{'':2}",
];

describe('compared with the json5 package', () => {
  // The package warns about U+2028 in strings, which it accepts.
  beforeAll(() => {
    vi.spyOn(console, 'warn').mockReturnValue();
  });

  test.each(oddities)('reads %j alike', (text) => {
    expect(outcome(() => parse(text))).toEqual(outcome(() => JSON5.parse(text)));
  });

  test('reads whatever it writes alike', () => {
    const values = fc.json().map((json) => JSON5.stringify(JSON.parse(json), { space: 2 }));
    fc.assert(fc.property(values, expectSameOutcome), { numRuns: 300 });
  });

  test('reads any soup of its tokens alike', () => {
    const tokens = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      'a',
      '$b',
      '"c"',
      "'d'",
      '\\u0061',
      '1',
      '-2',
      '.5',
      '0x1f',
      '+Infinity',
      'NaN',
      'null',
      'true',
      'false',
      ' ',
      '\n',
      '//x\n',
      '/*y*/',
      '"\\\n"',
      '\u2028',
      '0',
      'e1',
      '.',
    );
    const soups = fc.oneof(
      fc.array(tokens, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.array(tokens, { maxLength: 8 }).map((parts) => `{a:[${parts.join('')}]}`),
      fc.array(tokens, { maxLength: 8 }).map((parts) => `{k:1,${parts.join('')}}`),
    );
    fc.assert(fc.property(soups, expectSameOutcome), { numRuns: 2000 });
  });

  test('reads any string literal alike', () => {
    const pieces = fc.constantFrom(
      '\\',
      'x',
      'u',
      '0',
      '4',
      '1',
      'a',
      'f',
      '\n',
      '\r',
      '\u2028',
      '"',
      "'",
      '😀',
      'n',
      'b',
    );
    const literals = fc.array(pieces, { maxLength: 10 }).map((parts) => `"${parts.join('')}"`);
    fc.assert(fc.property(literals, expectSameOutcome), { numRuns: 2000 });
  });
});

describe('products', () => {
  test.each([
    ['8192 * 10', 81_920],
    ['2*3*4', 24],
    ['0x10 * 2', 32],
    ['8 /* KiB */ * 1024', 8192],
    ['-2 * 3', -6],
  ])('%s is a number', (text, value) => {
    expect(parse(`{ a: ${text}, b: 1 }`)).toEqual({ a: value, b: 1 });
  });

  test.each([
    ['1.5 * 2', 'expected `,` or `}`, found `*`'],
    ['2 * 1.5', 'only whole numbers can be multiplied'],
    ['2 *', 'expected a value, found `}`; text needs quotes'],
    ['9007199254740991 * 2', 'the product is too large'],
  ])('%s is refused', (text, message) => {
    expect(issueOf(`{ a: ${text} }`).message).toBe(message);
  });
});

describe('places', () => {
  test('every node spans exactly its own text', () => {
    const text = '{ a: [1, 8 * 2 , "x"], /* c */ "b" : { c: null } }';
    const spans: string[] = [];
    const visit = (node: Json5Node) => {
      spans.push(text.slice(node.start, node.end));
      if (node.type !== 'scalar') for (const member of node.members) visit(member.value);
    };
    visit(parseJson5({ file: 'test.json5', text }));
    expect(spans).toEqual([text, '[1, 8 * 2 , "x"]', '1', '8 * 2', '"x"', '{ c: null }', 'null']);
  });

  test.each([
    ['{\n  a: 1\n  b: 2\n}', 3, 3, 'expected `,` or `}`, found `b`'],
    ['{\r\n  a: hello,\r\n}', 2, 6, 'expected a value, found `hello`; text needs quotes'],
    ['{ a: {\n  b: 1,\n', 1, 6, '`{` is never closed'],
    ['{ a: "open\n}', 1, 6, 'the string that begins here is not closed on its line'],
    ['{ gateway.port: 1 }', 1, 10, 'expected `:` after the key `gateway`, found `.`'],
    ['{ a: 1 } trailing', 1, 10, 'expected the end of the file, found `trailing`'],
    ['{\n/* a: 1 }', 2, 1, 'the comment that begins here is never closed'],
    ['{ a: "\\7" }', 1, 7, '`\\7` is not an escape; write `\\\\` for a backslash'],
  ])('%j is refused at the right place', (text, line, column, message) => {
    expect(issueOf(text)).toMatchObject({ line, column, message, code: 'syntax' });
  });

  test('the quoted line does not show secrets', () => {
    expect(issueOf('{ apiKey: "sk-secret" token: \'t0ps\' }').excerpt).toBe('{ apiKey: *********** token: ****** }');
    expect(issueOf('{ apiKey: sk-secret }').excerpt).toBe('{ apiKey: ********* }');
    expect(issueOf('{ "apiKey": "${KEY}", maxTokens: 5 x }').excerpt).toBe('{ "apiKey": "${KEY}", maxTokens: 5 x }');
  });

  test('nesting that would end the process is refused', () => {
    expect(issueOf('['.repeat(100_000)).message).toBe('nested more than 1000 levels deep');
  });
});

test('a text of comments and white space is blank', () => {
  expect(isBlankJson5({ file: 'x', text: ' // nothing\n/* yet */ ' })).toBe(true);
  expect(isBlankJson5({ file: 'x', text: '// {}\n{}' })).toBe(false);
});
