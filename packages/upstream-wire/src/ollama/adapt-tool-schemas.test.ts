import type { JsonObject } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { adaptToolSchemas } from './adapt-tool-schemas.ts';

const adapt = (parameters: JsonObject, narrow = false) => {
  const { tools, changes } = adaptToolSchemas([{ name: 'f', parameters }], { narrow });
  // As the server receives it: without keys that are undefined.
  return { parameters: JSON.parse(JSON.stringify(tools[0]?.parameters)) as unknown, changes };
};

const city = (schema: unknown): JsonObject =>
  JSON.parse(JSON.stringify({ type: 'object', properties: { city: schema } }));

// What Ollama 0.6.5, 0.12.6 and 0.17.4 refuse, all of them or one.
test.each<[string, JsonObject, JsonObject, string[]]>([
  ['a list of types', { type: ['object', 'null'] }, { type: 'object' }, ['f: parameters.type']],
  ['one required name', { required: 'city' }, { required: ['city'] }, ['f: parameters.required']],
  ['required as a flag', { required: true }, { required: [] }, ['f: parameters.required']],
  ['a list of properties', { properties: [] }, { properties: {} }, ['f: parameters.properties']],
  ['a property true', city(true), city({}), ['f: parameters.properties.city']],
  ['a property false', city(false), { type: 'object', properties: {} }, ['f: parameters.properties.city']],
  [
    'a description that is a number',
    city({ description: 7 }),
    city({ description: '7' }),
    ['f: parameters.properties.city.description'],
  ],
  [
    'an alternative true',
    city({ anyOf: [{ type: 'string' }, true] }),
    city({ anyOf: [{ type: 'string' }, {}] }),
    ['f: parameters.properties.city.anyOf[1]'],
  ],
  [
    'an alternative false',
    city({ anyOf: [false, { type: 'string' }] }),
    city({ anyOf: [{ type: 'string' }] }),
    ['f: parameters.properties.city.anyOf[0]'],
  ],
  [
    'a nested property true',
    city({ type: 'object', properties: { name: true } }),
    city({ type: 'object', properties: { name: {} } }),
    ['f: parameters.properties.city.properties.name'],
  ],
  ['an enum of one value', city({ enum: 'a' }), city({ enum: ['a'] }), ['f: parameters.properties.city.enum']],
  ['a type that is a number', city({ type: 5 }), city({ type: [] }), ['f: parameters.properties.city.type']],
])('%s', (_title, given, expected, changes) => {
  expect(adapt(given)).toEqual({ parameters: expected, changes });
});

test.each<[string, JsonObject, JsonObject]>([
  ['a list of types', city({ type: ['null', 'string'] }), city({ type: 'string' })],
  ['the type null alone', city({ type: ['null'] }), city({ type: 'null' })],
  ['values that are no text', city({ enum: [1, true, null, 'a'] }), city({ enum: ['1', 'true', 'null', 'a'] })],
])('narrowed for releases before 0.7: %s', (_title, given, expected) => {
  expect(adapt(given)).toEqual({ parameters: given, changes: [] });
  expect(adapt(given, true)).toMatchObject({ parameters: expected, changes: [expect.any(String)] });
});

test('schemas that every release accepts stay the same objects', () => {
  const tools = [
    { name: 'none' },
    {
      name: 'f',
      parameters: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: {
          a: { const: 1 },
          b: { items: [true, { type: ['string', 'null'] }] },
          c: { oneOf: [true] },
          d: null,
          e: { anyOf: [{ type: 'string' }], description: 'd', enum: ['x'] },
        },
        required: ['a'],
        $defs: { any: true },
        additionalProperties: false,
      },
    },
  ];

  expect(adaptToolSchemas(tools, { narrow: true })).toEqual({ tools, changes: [] });
  expect(adaptToolSchemas(tools).tools).toBe(tools);
});

test('a property may have the name of a keyword, or __proto__', () => {
  const parameters = JSON.parse(
    '{"properties":{"type":{"type":"string"},"required":true,"__proto__":true}}',
  ) as JsonObject;

  expect(JSON.stringify(adaptToolSchemas([{ name: 'f', parameters }]).tools[0]?.parameters)).toBe(
    '{"properties":{"type":{"type":"string"},"required":{},"__proto__":{}}}',
  );
});

test('only tools that need it are rewritten', () => {
  const [good, bad] = [
    { name: 'good', parameters: { type: 'object' } },
    { name: 'bad', parameters: { type: ['object'] } },
  ];
  const { tools, changes } = adaptToolSchemas([good, bad]);

  expect(tools[0]).toBe(good);
  expect(changes).toEqual(['bad: parameters.type']);
});
