import fc from 'fast-check';
import JSON5 from 'json5';
import { describe, expect, test } from 'vitest';
import { formatConfigPath } from './config-path.ts';
import type { JsonValue } from './json-value.ts';
import { findMember, findNode } from './json5-node.ts';
import { parseJson5 } from './parse-json5.ts';
import { planConfigEdit } from './plan-config-edit.ts';

const set = (text: string, path: string, value: JsonValue) => planConfigEdit(text, [{ type: 'set', path, value }]);
const unset = (text: string, path: string) => planConfigEdit(text, [{ type: 'unset', path }]);

const commented = `// My configuration
{
  // who answers
  agents: {
    defaults: {
      model: { primary: 'ollama/gpt-oss:20b' }, // the big one
      "models": { 'ollama/llama3.3': { alias: 'llama' } },
    },
  },
  gateway: {
    port: 18789, // as ever
    /* a secret */
    auth: { token: '\${TOKEN}' },
  },
}
`;

describe('changing a value', () => {
  test('changes its bytes and no others', () => {
    expect(set(commented, 'gateway.port', 19_000)).toBe(commented.replace('18789', '19000'));
  });

  test('a byte order mark stays at the start of the file, and nowhere else', () => {
    expect(set('\uFEFF{}', 'gateway.port', 19_000)?.split('\uFEFF')).toHaveLength(2);
  });

  test('a text in the place of a text keeps its quotes, whatever the rest prefers', () => {
    const text = `{ a: 'one', b: "two", c: "three" }`;
    const changes = [{ type: 'set', path: 'a', value: 'uno' } as const];
    expect(planConfigEdit(text, changes)).toBe(`{ a: 'uno', b: "two", c: "three" }`);
  });

  test('writes strings in the quotes of the file', () => {
    expect(set(commented, 'agents.defaults.model.primary', "it's")).toBe(
      commented.replace("'ollama/gpt-oss:20b'", "'it\\'s'"),
    );
  });

  test('leaves the text alone when the value is there already', () => {
    expect(set(commented, 'gateway', { auth: { token: '${TOKEN}' }, port: 18_789 })).toBe(commented);
  });

  test('descends into objects, so that comments beside what stays are kept', () => {
    expect(set(commented, 'gateway', { port: 1, auth: { token: '${TOKEN}' }, bind: 'lan' })).toBe(
      commented
        .replace('18789', '1')
        .replace("auth: { token: '${TOKEN}' },", "auth: { token: '${TOKEN}' },\n    bind: 'lan',"),
    );
  });

  test('writes numbers, also those that were products', () => {
    expect(set('{ a: 8192 * 10, b: 1 }', 'a', 5)).toBe('{ a: 5, b: 1 }');
  });

  test('changes the last of two entries with one key, which is the one that counts', () => {
    expect(set('{ a: 1, a: 2 }', 'a', 3)).toBe('{ a: 1, a: 3 }');
  });
});

describe('adding a value', () => {
  test.each([
    ['', 'a.b', 1, '{\n  a: {\n    b: 1,\n  },\n}\n'],
    ['// only a comment', 'a', 1, '// only a comment\n{\n  a: 1,\n}\n'],
    ['{}', 'a', 1, '{\n  a: 1,\n}'],
    ['{}\n', 'a', [1, 2], '{\n  a: [1, 2],\n}\n'],
    ['{\n}\n', 'a', 1, '{\n  a: 1,\n}\n'],
    ['{\n  // nothing yet\n}\n', 'a', 1, '{\n  // nothing yet\n  a: 1,\n}\n'],
    ['{ a: 1 }', 'b', 2, '{ a: 1, b: 2 }'],
    ['{ a: 1, }', 'b', 2, '{ a: 1, b: 2, }'],
    ['{a:1}', 'b.c', 2, '{a:1, b: { c: 2 }}'],
    ['{\n  "a": 1\n}\n', 'b', { c: 2 }, '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}\n'],
    ['{\n\ta: 1, // one\n}\n', 'b', 2, '{\n\ta: 1, // one\n\tb: 2,\n}\n'],
    ['{\n    a: 1 // one\n}\n', 'b', 2, '{\n    a: 1, // one\n    b: 2\n}\n'],
    ['{\r\n  a: 1,\r\n}\r\n', 'b', 2, '{\r\n  a: 1,\r\n  b: 2,\r\n}\r\n'],
    ['{\n  a: 1,\n  // last words\n}\n', 'b', 2, '{\n  a: 1,\n  // last words\n  b: 2,\n}\n'],
    ['{\n  a: {},\n}\n', 'a.b', 1, '{\n  a: {\n    b: 1,\n  },\n}\n'],
    ['{\n  a: [\n    1,\n  ],\n}\n', 'a[1]', 2, '{\n  a: [\n    1,\n    2,\n  ],\n}\n'],
    ['{\n  a: [1],\n}\n', 'a.1', 2, '{\n  a: [1, 2],\n}\n'],
    ['{\n  a: 1, b: 2 }', 'c', 3, '{\n  a: 1, b: 2,\n  c: 3 }'],
    ['{ a: { b: 1 /* one */ } }', 'a.c', 2, '{ a: { b: 1, /* one */ c: 2 } }'],
  ])('%j with %s', (text, path, value, expected) => {
    expect(set(text, path, value)).toBe(expected);
  });

  test('makes a list where the schema has one', () => {
    expect(JSON5.parse(set('{}', 'models.providers.acme.models[0].id', 'a'))).toEqual({
      models: { providers: { acme: { models: [{ id: 'a' }] } } },
    });
  });

  test('quotes keys that need it', () => {
    expect(set(commented, 'agents.defaults.models["ollama/x.y"].streaming', true)).toContain(
      "{ 'ollama/llama3.3': { alias: 'llama' }, 'ollama/x.y': { streaming: true } }",
    );
  });
});

describe('removing a value', () => {
  test.each([
    ['{ a: 1 }', 'a', '{ }'],
    ['{ a: 1, b: 2 }', 'a', '{ b: 2 }'],
    ['{ a: 1, b: 2 }', 'b', '{ a: 1 }'],
    ['{ a: 1, b: 2, }', 'b', '{ a: 1, }'],
    ['{\n  a: 1,\n  b: 2,\n}\n', 'a', '{\n  b: 2,\n}\n'],
    ['{\n  "a": 1,\n  "b": 2\n}\n', 'b', '{\n  "a": 1\n}\n'],
    ['{\n  a: 1, // one\n  b: 2,\n}\n', 'a', '{\n  // one\n  b: 2,\n}\n'],
    ['{\n  // about a\n  a: 1,\n  b: 2,\n}\n', 'a', '{\n  // about a\n  b: 2,\n}\n'],
    ['{ a: 1 /* one */, b: 2 }', 'a', '{ /* one */ b: 2 }'],
    ['{ a: [1, 2, 3] }', 'a[0]', '{ a: [2, 3] }'],
    ['{ a: [1, 2, 3] }', 'a[2]', '{ a: [1, 2] }'],
    ['{ a: 1, a: 2, b: 3 }', 'a', '{ b: 3 }'],
    ['{\r\n  a: 1,\r\n  b: 2,\r\n}', 'b', '{\r\n  a: 1,\r\n}'],
    ['{\n  a: 1\n  , b: 2\n}', 'b', '{\n  a: 1\n  \n}'],
  ])('%j without %s', (text, path, expected) => {
    expect(unset(text, path)).toBe(expected);
  });

  test('an item that leaves a list takes its line along, and no other', () => {
    const text = '{\n  a: [\n    "x", // ex\n    "y", // why\n    "z", // zed\n  ],\n}\n';
    expect(set(text, 'a', ['x', 'z'])).toBe('{\n  a: [\n    "x", // ex\n    // why\n    "z", // zed\n  ],\n}\n');
    expect(set(text, 'a', ['x', 'n', 'y', 'z'])).toBe(text.replace('"y",', '"n",\n    "y",'));
  });

  test('a missing value cannot be removed', () => {
    expect(() => unset('{ a: 1 }', 'b')).toThrow('b is not set. Nothing was changed.');
  });
});

describe('refusing', () => {
  test.each(['***', 'sk-***-9876', '__OPENCLAW_REDACTED__'])('the mask %s is no value', (mask) => {
    expect(() => set('{}', 'models', { providers: { a: { apiKey: mask } } })).toThrow('is a mask (***)');
  });

  test('a value has no keys', () => {
    expect(() => set('{ a: 1 }', 'a.b', 2)).toThrow('a holds a single value; it has no `b`.');
  });

  test('a list has no gaps', () => {
    expect(() => set('{ a: [1] }', 'a[5]', 2)).toThrow('a is a list; the next free index is 1, not `5`.');
  });

  test('a text that cannot be read is not changed', () => {
    expect(() => set('{ a: }', 'a', 1)).toThrow('the configuration is invalid');
  });
});

/**
 * Random documents as people write them: any spacing, comments anywhere, every kind of quotes, products, trailing
 * commas.
 */
const trivia = fc
  .array(fc.constantFrom('', ' ', '\n', '\n  ', '\t', ' // c\n', '/* k */', '\r\n', ' /* a\n b */ '), { maxLength: 2 })
  .map((parts) => parts.join(''));
const scalarText = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('null', 'true', '0x1F', '.5', '2 * 3', '-Infinity', "'it\\'s'", '"a // no comment"', '"\\\n"', '""'),
  fc.string().map((text) => JSON.stringify(text)),
);
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e f', 'g/h:i');
const keyText = key.map((name) => ({ name, text: /^\w$/.test(name) ? name : `'${name}'` }));

interface Written {
  text: string;
  paths: string[][];
}

const { value: document } = fc.letrec<{ value: Written; object: Written; list: Written; scalar: Written }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('scalar'), tie('object'), tie('list')),
  scalar: scalarText.map((text) => ({ text, paths: [[]] })),
  object: fc
    .tuple(
      fc.uniqueArray(fc.tuple(keyText, tie('value'), trivia, trivia, trivia, trivia), {
        selector: ([{ name }]) => name,
        maxLength: 4,
      }),
      trivia,
      fc.boolean(),
    )
    .map(([entries, tail, comma]) => ({
      text: `{${entries
        .map(([{ text }, value, t1, t2, t3, t4]) => `${t1}${text}${t2}:${t3}${value.text}${t4}`)
        .join(',')}${comma && entries.length > 0 ? ',' : ''}${tail}}`,
      paths: [[], ...entries.flatMap(([{ name }, value]) => value.paths.map((path) => [name, ...path]))],
    })),
  list: fc
    .tuple(fc.array(fc.tuple(tie('value'), trivia, trivia), { maxLength: 4 }), fc.boolean())
    .map(([items, comma]) => ({
      text: `[${items.map(([value, t1, t2]) => t1 + value.text + t2).join(',')}${comma && items.length > 0 ? ',' : ''}]`,
      paths: [[], ...items.flatMap(([value], index) => value.paths.map((path) => [String(index), ...path]))],
    })),
}));
const edits = fc.record({
  root: fc.tuple(trivia, document, trivia).map(([before, { text, paths }, after]) => ({
    text: `${before}{ first: 1, ${'x'}:${text}, last: 2 }${after}`,
    paths: paths.map((path) => ['x', ...path]),
  })),
  pick: fc.nat(),
  value: fc
    .jsonValue({ maxDepth: 2 })
    .map((value) => JSON.stringify(value))
    // Masks and includes are refused, and rightly.
    .filter((json) => !/\*{3}|__OPENCLAW_REDACTED__|\$include/.test(json))
    .map((json): JsonValue => JSON.parse(json)),
});

const numberAware = (text: string): JsonValue => JSON5.parse(text.replaceAll('2 * 3', '6'));
const comments = (text: string) => {
  const withoutStrings = text.replaceAll(/"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/g, '""');
  return withoutStrings.match(/\/\/[^\r\n]*|\/\*[^]*?\*\//g) ?? [];
};

describe('any document', () => {
  test('reads back with the value that was set, and every other byte is the same', () => {
    fc.assert(
      fc.property(edits, ({ root: { text, paths }, pick, value }) => {
        const path = paths[pick % paths.length]!;
        const edited = set(text, formatConfigPath(path), value);
        const expected = numberAware(text);
        path.slice(0, -1).reduce<any>((at, segment) => at[segment], expected)[path.at(-1)!] = value;
        expect(numberAware(edited)).toEqual(expected);
        expectOneChange(text, edited, path);
      }),
      { numRuns: 500 },
    );
  });

  test('reads back without the value that was unset, and keeps every comment outside of it', () => {
    fc.assert(
      fc.property(edits, ({ root: { text, paths }, pick }) => {
        const path = paths[pick % paths.length]!;
        const edited = unset(text, formatConfigPath(path));
        const expected = numberAware(text);
        const parent = path.slice(0, -1).reduce<any>((at, segment) => at[segment], expected);
        if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
        else delete parent[path.at(-1)!];
        expect(numberAware(edited)).toEqual(expected);
        expect(comments(edited)).toEqual(comments(without(text, path)));
      }),
      { numRuns: 500 },
    );
  });

  test('takes a new key, loses no comment, and gives it back when the key is unset', () => {
    fc.assert(
      fc.property(edits, ({ root: { text, paths }, pick, value }) => {
        const objects = paths.filter((path) =>
          isObject(path.reduce<any>((at, segment) => at[segment], numberAware(text))),
        );
        const path = [...(objects[pick % objects.length] ?? []), 'fresh'];
        const edited = set(text, formatConfigPath(path), value);
        const parent = path.slice(0, -1).reduce<any>((at, segment) => at[segment], numberAware(edited));
        expect(parent.fresh).toEqual(value);
        expect(comments(edited)).toEqual(comments(text));
        expect(numberAware(unset(edited, formatConfigPath(path)))).toEqual(numberAware(text));
      }),
      { numRuns: 500 },
    );
  });
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands before and after the value is untouched. */
function expectOneChange(text: string, edited: string, path: string[]): void {
  const { start, end } = findNode(parseJson5({ file: 'test.json5', text }), path)!;
  expect(edited.slice(0, start)).toBe(text.slice(0, start));
  expect(edited.slice(edited.length - (text.length - end))).toBe(text.slice(end));
}

/** The text as if the member had never been in it: its comments are those that must stay. */
function without(text: string, path: string[]): string {
  const parent = findNode(parseJson5({ file: 'test.json5', text }), path.slice(0, -1))!;
  const { start, value } = findMember(parent, path.at(-1)!)!;
  return text.slice(0, start) + text.slice(value.end);
}
