import type { ToolDefinition } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { playTexts, repairAll, summarize } from '../test/play.ts';
import { repairArguments } from './repair-arguments.ts';

const TOOL: ToolDefinition = {
  name: 'book',
  parameters: {
    type: 'object',
    properties: {
      city: { type: 'string' },
      days: { type: 'integer' },
      paths: { type: 'array', items: { type: 'string' } },
      kind: { enum: ['single', 'double'] },
    },
  },
};

describe('arguments that a server spoiled are undone', () => {
  test.for([
    ['sent twice', '{"city": "Oslo"}{"city": "Oslo"}', { city: 'Oslo' }],
    ['sent twice with other blanks', '{"city": "Oslo"} {"city":"Oslo"}', { city: 'Oslo' }],
    ['begun anew', '{"city": "Os{"city": "Oslo", "days": 3}', { city: 'Oslo', days: 3 }],
    ['begun anew behind a whole value', '{"city": "Oslo"{"city": "Oslo"}', { city: 'Oslo' }],
    ['without `{"`', 'city": "Oslo"}', { city: 'Oslo' }],
    ['without `{`', '"city": "Oslo"}', { city: 'Oslo' }],
    ['as XML', '<parameter=city>\nOslo\n</parameter>\n<parameter=days>3</parameter>', { city: 'Oslo', days: 3 }],
    ['as XML with its end', '<parameter name="city">Oslo</parameter></function>', { city: 'Oslo' }],
    ['in `properties`', '{"properties": {"city": "Oslo"}}', { city: 'Oslo' }],
    ['a list of Python in a string', `{"paths": "['a.txt', 'b.txt',]"}`, { paths: ['a.txt', 'b.txt'] }],
  ] as const)('%s', ([, text, expected]) => {
    const { argumentsText, problem, repairs } = repairArguments(text, { tool: TOOL });

    expect(JSON.parse(argumentsText)).toEqual(expected);
    expect(problem).toBeUndefined();
    expect(repairs.length).toBeGreaterThan(0);
  });

  test.for([
    ['two different objects', '{"city": "Oslo"}{"city": "Turku"}'],
    ['a lost start with another key', 'town": "Oslo"}'],
  ] as const)('but not %s', ([, text]) => {
    expect(repairArguments(text, { tool: TOOL })).toMatchObject({ argumentsText: text, problem: expect.any(String) });
  });
});

test('a field that does not fit does not keep the others from being converted', () => {
  const { argumentsText, problem } = repairArguments('{"days": "2", "kind": "any"}', { tool: TOOL });

  expect(JSON.parse(argumentsText)).toEqual({ days: 2, kind: 'any' });
  expect(problem).toContain('kind');
});

test('text that begins like a list does not become a list of one text', () => {
  const text = '{"paths": "[unclosed"}';

  expect(JSON.parse(repairArguments(text, { tool: TOOL }).argumentsText)).not.toEqual({ paths: ['[unclosed'] });
});

test.for([
  ['get_weather</function', '{}', 'get_weather', {}],
  ['functions.get_weather:0', '{"city":"Oslo"}', 'get_weather', { city: 'Oslo' }],
  ['get_weather:12', '{"city":"Oslo"}', 'get_weather', { city: 'Oslo' }],
  ['get_weather" ', '{"city":"Oslo"}', 'get_weather', { city: 'Oslo' }],
  ['get_weather<arg_key>city</arg_key><arg_value>Oslo</arg_value>', '', 'get_weather', { city: 'Oslo' }],
  ['get_weather<arg_key>city</arg_key><arg_value>Oslo</arg_value>', '{}', 'get_weather', { city: 'Oslo' }],
  ['get_weather_now:0', '{}', 'get_weather_now:0', {}],
] as const)('the name %s is repaired', async ([name, argumentsText, expectedName, args]) => {
  const tools = [{ ...TOOL, name: 'get_weather' }];
  const events = await repairAll(
    [
      { type: 'tool-call-start', id: 'a', name },
      ...(argumentsText === '' ? [] : [{ type: 'tool-call-delta' as const, id: 'a', argumentsText }]),
      { type: 'tool-call-end', id: 'a', name, argumentsText },
      { type: 'finish', reason: 'tool-calls' },
    ],
    { tools },
  );

  expect(summarize(events).calls).toEqual([[expectedName, args]]);
});

describe('values in XML', () => {
  const tools: readonly ToolDefinition[] = [
    {
      name: 'set',
      parameters: {
        type: 'object',
        properties: {
          note: { type: ['string', 'null'] },
          size: { type: ['string', 'integer'] },
          place: { anyOf: [{ type: 'string' }, { type: 'object' }] },
          paths: { type: 'array', items: { type: 'string' } },
        },
        required: ['size'],
      },
    },
  ];
  const call = (key: string, value: string): string =>
    `<function=set>\n<parameter=size>\nbig\n</parameter>\n<parameter=${key}>\n${value}\n</parameter>\n</function>`;

  test.for([
    ['note', 'null', null],
    ['note', 'none of it', 'none of it'],
    ['size', '42', 42],
    ['place', '{"lat": 1}', { lat: 1 }],
    ['place', 'here', 'here'],
    ['paths', "['a.txt', 'b.txt',]", ['a.txt', 'b.txt']],
    ['note', '<![CDATA[x</parameter>y]]>', 'x</parameter>y'],
  ] as const)('%s: %s', async ([key, value, expected]) => {
    expect((await playTexts([call(key, value)], { tools })).calls).toEqual([['set', { size: 'big', [key]: expected }]]);
  });

  test('are no call if it breaks off before a required one', async () => {
    const text = '<function=set>\n<parameter=note>\nx\n</parameter>\n';

    expect(await playTexts([text], { tools })).toMatchObject({ text, calls: [] });
  });
});
