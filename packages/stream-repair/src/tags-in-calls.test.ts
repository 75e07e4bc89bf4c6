import { expect, test } from 'vitest';
import { playTexts } from '../test/play.ts';

const json = (path: string): string =>
  `<tool_call>\n{"name": "list_dir", "arguments": ${JSON.stringify({ path })}}\n</tool_call>`;
const xml = (path: string): string => `<function=list_dir>\n<parameter=path>\n${path}\n</parameter>\n</function>`;
const bare = (path: string): string => JSON.stringify({ name: 'list_dir', parameters: { path } });

const PATHS = [
  'a<think>b</think>c',
  'a</think>c',
  'a\n<think>\nb\n</think>\nc',
  'a <|START_RESPONSE|> b<|END_RESPONSE|> c',
  'a<|im_end|>b',
  '<think>',
  '[THINK]a',
];

const FORMS = { json, xml, bare };
const CASES = Object.keys(FORMS).flatMap((form) => PATHS.map((path) => ({ form: form as keyof typeof FORMS, path })));

test.each(CASES)('the $form call of $path keeps its tags, however it arrives', async ({ form, path }) => {
  const text = FORMS[form](path);
  const whole = await playTexts([text]);
  expect(whole.calls).toEqual([['list_dir', { path }]]);
  expect(whole.reasoning).toBe('');
  expect(whole.text).toBe('');
  expect(await playTexts(text.split(''))).toEqual(whole);
  for (let at = 1; at < text.length; at += 1) {
    const parts = await playTexts([text.slice(0, at), text.slice(at)]);
    expect(parts).toEqual(whole);
  }
});

test.each(Object.entries({ json, xml }))('behind a %s call with a tag, tags count again', async (_, form) => {
  const text = `<think>I look.</think>${form('a<think>b')}${form('c')}<think>Done?</think>`;
  const whole = await playTexts([text]);
  expect(whole.calls).toEqual([
    ['list_dir', { path: 'a<think>b' }],
    ['list_dir', { path: 'c' }],
  ]);
  expect(whole.reasoning).toContain('I look.');
  expect(whole.reasoning).toContain('Done?');
  expect(await playTexts(text.split(''))).toEqual(whole);
});

test.each([
  ['a call without an end', `<tool_call>{"name": "list_dir", "arguments": {"path": "a</think>The answer.`],
  ['other JSON', `{"note": "a", "more": <think>b</think>}`],
  ['text with an opening marker', `The mark <tool_call> is for calls.\n<think>b</think>The answer.`],
])('%s is none, and its tags count', async (_, text) => {
  const whole = await playTexts([text]);
  expect(whole.calls).toEqual([]);
  expect(whole.reasoning).not.toBe('');
  expect(whole.text).not.toContain('think>');
});

test.each(['<|channel|>]<]minimax[>[', '<|start|><|channel>thought'])('nothing is lost: %s', async (text) => {
  expect(await playTexts([text])).toMatchObject({ text, repairs: [] });
  expect(await playTexts(text.split(''))).toMatchObject({ text, repairs: [] });
});

test('an end token behind a call without an end is removed', async () => {
  const text = '<tool_call>{"name": "list_dir", "arguments": {"path": "Oslo"}<|im_end|>';
  const whole = await playTexts([text]);
  expect(whole.calls).toEqual([['list_dir', { path: 'Oslo' }]]);
  expect(await playTexts(text.split(''))).toEqual(whole);
});

test('many tags in one call cost no more than their length', async () => {
  const path = '<think>'.repeat(20_000);
  const { calls } = await playTexts(json(path).match(/.{1,50}/gsu) ?? []);
  expect(calls).toEqual([['list_dir', { path }]]);
});
