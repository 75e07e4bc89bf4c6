import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTextTemplate, matchTextTemplate } from './text-template.ts';

const chunkOf = (delta: object, more: object = {}): Record<string, unknown> => ({
  id: 'c',
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
});

test('reads the text of a chunk that differs only in its text', () => {
  const first = chunkOf({ role: 'assistant', content: 'Hello' });
  const template = createTextTemplate(JSON.stringify(first), first)!;

  expect(
    matchTextTemplate(template, JSON.stringify(chunkOf({ role: 'assistant', content: ' "world" \\ \n é😀' }))),
  ).toBe(' "world" \\ \n é😀');
});

test('finds the place of the text among other keys and texts of the same name', () => {
  const first = chunkOf({ content: '', reasoning: 'x' }, { prompt: '"content":"x"', content: 'x' });
  const template = createTextTemplate(JSON.stringify(first), first)!;

  expect(template.kind).toBe('reasoning');
  expect(
    matchTextTemplate(
      template,
      JSON.stringify(chunkOf({ content: '', reasoning: 'y' }, { prompt: '"content":"x"', content: 'x' })),
    ),
  ).toBe('y');
});

test.each<[string, Record<string, unknown>]>([
  ['ends', { ...chunkOf({}), choices: [{ index: 0, delta: { content: 'x' }, finish_reason: 'stop' }] }],
  ['counts tokens', chunkOf({ content: 'x' }, { usage: { prompt_tokens: 1 } })],
  ['says two things', chunkOf({ content: 'x', reasoning: 'y' })],
  ['says nothing', chunkOf({ content: '' })],
  ['calls a tool', chunkOf({ content: 'x', tool_calls: [{ function: { name: 'f' } }] })],
  ['names no model', { ...chunkOf({ content: 'x' }), model: '' }],
  ['is an error', chunkOf({ content: 'x' }, { error: {} })],
  ['is a whole body', { model: 'm', choices: [{ message: { content: 'x' } }] }],
])('makes no template of a chunk that %s', (_title, chunk) => {
  expect(createTextTemplate(JSON.stringify(chunk), chunk)).toBeUndefined();
});

test('either reads what a parser reads, or leaves the chunk to the parser', () => {
  const body = fc.array(
    fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(
        '"',
        '\\',
        '\\"',
        '\\n',
        '\\u00e9',
        '\\x',
        '","role":"user',
        '"}}],"x":[{"y":{"z":"',
        '\u0001',
        '😀',
        '\ud800',
        '\\ud800',
        '\u2028',
      ),
    ),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(
      body,
      fc.constantFrom('content', 'reasoning', 'reasoning_content'),
      fc.boolean(),
      (pieces, key, spaced) => {
        const first = chunkOf({ role: 'assistant', [key]: 'first' });
        const json = spaced ? JSON.stringify(first).replaceAll('":"', '": "') : JSON.stringify(first);
        const template = createTextTemplate(json, first)!;
        const next = template.prefix + pieces.join('') + template.suffix;
        const text = matchTextTemplate(template, next);

        const read = text === undefined ? 'left to the parser' : tryParse(next);
        expect(read).toEqual(text === undefined ? 'left to the parser' : chunkOf({ role: 'assistant', [key]: text }));
      },
    ),
    { numRuns: 400 },
  );
});

test('reads every text that is written as JSON writes it', () => {
  const first = chunkOf({ content: 'first' });
  const template = createTextTemplate(JSON.stringify(first), first)!;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(matchTextTemplate(template, JSON.stringify(chunkOf({ content: text })))).toBe(text);
    }),
  );
});

function tryParse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
