import type { ToolDefinition } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { repairArguments } from './repair-arguments.ts';

const TOOL: ToolDefinition = {
  name: 'book',
  parameters: {
    type: 'object',
    properties: {
      city: { type: 'string' },
      days: { type: 'integer' },
      price: { type: 'number' },
      window: { type: 'boolean' },
      guests: { type: 'array', items: { type: 'object', properties: { age: { type: 'integer' } } } },
      tags: { type: 'array', items: { type: 'string' } },
      place: { $ref: '#/$defs/place' },
      room: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      kind: { enum: ['single', 'double'] },
    },
    $defs: { place: { type: 'object', properties: { lat: { type: 'number' } }, required: ['lat'] } },
    required: ['city'],
    additionalProperties: false,
  },
};

describe('broken JSON becomes JSON', () => {
  test.for([
    ['{"city": "Oslo"', { city: 'Oslo' }],
    ["{'city': 'Oslo'}", { city: 'Oslo' }],
    ['{city: "Oslo"}', { city: 'Oslo' }],
    ['{"city": "Oslo",}', { city: 'Oslo' }],
    ['{"city": "Os\nlo"}', { city: 'Os\nlo' }],
    ['{"city": "C:\\Users\\data"}', { city: 'C:\\Users\\data' }],
    ['{"city": "^\\d+\\.\\w*$"}', { city: '^\\d+\\.\\w*$' }],
    ['{"city": "a \\\n  b"}', { city: 'a \\\n  b' }],
    ['{"city": "say \\"hi\\" \\u00e5\\n",}', { city: 'say "hi" å\n' }],
    ["{'city': 'it\\'s'}", { city: "it's" }],
    ['{"city": "Oslo", "window": True}', { city: 'Oslo', window: true }],
    ['```json\n{"city": "Oslo"}\n```', { city: 'Oslo' }],
    ['{"city": "Oslo", "days": "3"', { city: 'Oslo', days: 3 }],
  ] as const)('%s', ([text, expected]) => {
    const { argumentsText, repairs, problem } = repairArguments(text, { tool: TOOL });

    expect(JSON.parse(argumentsText)).toEqual(expected);
    expect(repairs[0]).toMatchObject({ repair: 'arguments-json' });
    expect(problem).toBeUndefined();
  });
});

describe('values take the type of the schema where nothing is lost', () => {
  test.for([
    ['{"city": "a", "days": "5"}', { city: 'a', days: 5 }],
    ['{"city": "a", "price": "-1.5e2"}', { city: 'a', price: -150 }],
    ['{"city": "a", "window": "true"}', { city: 'a', window: true }],
    ['{"city": "a", "window": "False"}', { city: 'a', window: false }],
    ['{"city": 5}', { city: '5' }],
    ['{"city": true}', { city: 'true' }],
    ['{"city": "a", "tags": "x"}', { city: 'a', tags: ['x'] }],
    ['{"city": "a", "tags": "[\\"x\\", \\"y\\"]"}', { city: 'a', tags: ['x', 'y'] }],
    ['{"city": "a", "guests": [{"age": "7"}, {"age": 8}]}', { city: 'a', guests: [{ age: 7 }, { age: 8 }] }],
    ['{"city": "a", "guests": {"age": 7}}', { city: 'a', guests: [{ age: 7 }] }],
    ['{"city": "a", "place": {"lat": "59.9"}}', { city: 'a', place: { lat: 59.9 } }],
    ['{"city": "a", "place": "{\\"lat\\": 59.9}"}', { city: 'a', place: { lat: 59.9 } }],
    ['{"city": "a", "room": "12"}', { city: 'a', room: 12 }],
    ['{"city": "a", "room": "null"}', { city: 'a', room: null }],
    ['"{\\"city\\": \\"a\\"}"', { city: 'a' }],
  ] as const)('%s', ([text, expected]) => {
    const { argumentsText, repairs, problem } = repairArguments(text, { tool: TOOL });

    expect(JSON.parse(argumentsText)).toEqual(expected);
    expect(repairs).toMatchObject([{ repair: 'arguments-types' }]);
    expect(problem).toBeUndefined();
  });
});

describe('arguments that cannot be repaired are returned unchanged, with the reason', () => {
  test.for([
    ['{"days": 3}', 'required property "city"'],
    ['{"city": "a", "days": "many"}', 'days'],
    ['{"city": "a", "days": "1.5"}', 'days'],
    ['{"city": "a", "days": "007"}', 'days'],
    ['{"city": "a", "days": "12345678901234567890"}', 'days'],
    ['{"city": "a", "window": "yes"}', 'window'],
    ['{"city": 1.5}', 'city'],
    ['{"city": null}', 'city'],
    ['{"city": "a", "kind": "suite"}', 'kind'],
    ['{"city": "a", "town": "b"}', 'town'],
    ['{"city": "a", "place": {}}', 'lat'],
    ['["a"]', 'not an object'],
    ['Oslo', 'could not be repaired'],
    ['5', 'not an object'],
    ['', 'city'],
    ['null', 'city'],
  ] as const)('%s', ([text, reason]) => {
    const { argumentsText, repairs, problem } = repairArguments(text, { tool: TOOL });

    expect(argumentsText).toBe(text);
    expect(repairs).toEqual([]);
    expect(problem).toContain(reason);
    expect(problem).toContain('book');
  });

  test('broken JSON that does not fit becomes JSON all the same', () => {
    const { argumentsText, repairs, problem } = repairArguments("{'days': 3}", { tool: TOOL });

    expect({ argumentsText, problem }).toMatchObject({
      argumentsText: '{"days":3}',
      problem: expect.stringContaining('city'),
    });
    expect(repairs).toHaveLength(1);
  });
});

test.for([
  '{"city":  "Oslo"}',
  ' {"city": "\\u00d8"}\n',
  '{"days": 1.0, "city": "a"}',
  '{"city": "a", "price": 1e400}',
])('leaves arguments in order byte for byte: %s', (text) => {
  expect(repairArguments(text, { tool: TOOL })).toEqual({ argumentsText: text, repairs: [] });
});

test.for(['', '  ', 'null'])('gives a tool that needs no arguments {} for %o', (text) => {
  const { argumentsText, repairs, problem } = repairArguments(text, { tool: { name: 'now' } });

  expect({ argumentsText, problem }).toEqual({ argumentsText: '{}', problem: undefined });
  expect(repairs).toMatchObject([{ repair: 'arguments-json' }]);
});

test('loses no digits of large numbers while it repairs another value', () => {
  const text = '{"city": 5, "price": 12345678901234567890}';

  expect(repairArguments(text, { tool: TOOL })).toMatchObject({ argumentsText: text, problem: expect.any(String) });
});

describe('hostile schemas and arguments end in time', () => {
  const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  test.for([
    ['a reference to nothing', { $ref: '#/$defs/none' }, '{}'],
    ['a reference to itself', { $ref: '#' }, '{}'],
    ['a circle', { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' }, '{}'],
    ['a pattern without end', { properties: { a: { pattern: '^(a+)+$' } } }, `{"a": "${'a'.repeat(40)}!"}`],
    ['a pattern that is none', { properties: { a: { pattern: '(' } } }, '{"a": "x"}'],
    ['a type that is none', { type: 5 }, '{}'],
    ['keywords of the wrong type', { properties: 5, required: 'x', anyOf: {}, items: 'y' }, '{"a": 1}'],
    ['a hundred million branches', branching(27), '{}'],
    ['branches at every depth', recursiveBranching(), deep(30)],
    ['ten thousand levels', recursiveBranching(), deep(10_000)],
  ] as const)('%s', ([, parameters, text]) => {
    const { argumentsText } = repairArguments(text, { tool: { name: 'x', parameters: parameters as any } });
    expect(argumentsText).toBe(text);
  });

  test('a megabyte of brackets', () => {
    for (const text of ['{'.repeat(1_000_000), '['.repeat(60_000), '{"a":'.repeat(12_000), '1 '.repeat(30_000)]) {
      expect(repairArguments(text, { tool: TOOL })).toMatchObject({ argumentsText: text, problem: expect.any(String) });
    }
  });

  test('properties of every object', () => {
    const parameters = { type: 'object', properties: { __proto__: { type: 'integer' } } };
    const text = '{"__proto__": {"x": 1}, "constructor": "5", "toString": 1}';
    expect(repairArguments(text, { tool: { name: 'x', parameters: parameters as any } }).argumentsText).toBe(text);
    expect(({} as any).x).toBeUndefined();
  });

  test('the schema of the caller is not written into', () => {
    const before = structuredClone(TOOL);
    repairArguments('{"days": "x"}', { tool: TOOL });
    expect(TOOL).toEqual(before);
  });
});

/** A schema that refers twice to the next, as many times. */
function branching(levels: number): unknown {
  const definitions = Array.from({ length: levels }, (_, level) => [
    `d${level}`,
    { anyOf: [{ $ref: `#/$defs/d${level + 1}` }, { $ref: `#/$defs/d${level + 1}` }] },
  ]);
  return { $defs: { ...Object.fromEntries(definitions), [`d${levels}`]: { required: ['no'] } }, $ref: '#/$defs/d0' };
}

/** A schema that refers twice to itself for each level of the value. */
function recursiveBranching(): unknown {
  const node = { anyOf: [{ properties: { a: { $ref: '#/$defs/n' } } }, { properties: { a: { $ref: '#/$defs/n' } } }] };
  return { $defs: { n: { ...node, required: ['no'] } }, $ref: '#/$defs/n' };
}
