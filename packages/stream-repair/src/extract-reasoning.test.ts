import { describe, expect, test } from 'vitest';
import { playEveryCut, playTexts, repairAll, summarize, textDelta, waysToCut } from '../test/play.ts';

const CASES: Readonly<Record<string, readonly [text: string, reasoning: string, rest: string]>> = {
  'a block': ['<think>Small number.</think>Seven.', 'Small number.', 'Seven.'],
  'a block with line ends': ['<think>\nSmall number.\n</think>\n\nSeven.', 'Small number.', 'Seven.'],
  'a block behind blanks': ['\n\n<think>\na\n\nb\n</think>\n\nc\n', 'a\n\nb', 'c\n'],
  'an empty block': ['<think></think>Seven.', '', 'Seven.'],
  'an empty block with line ends': ['<think>\n\n</think>\n\nSeven.', '', 'Seven.'],
  'a block and nothing else': ['<think>hm</think>', 'hm', ''],
  'a block that is not closed': ['<think>\nWell, first\n', 'Well, first', ''],
  'two blocks': ['<think>a</think>b\n<think>c</think>\nd', 'ac', 'b\nd'],
  'two blocks in a row': ['<think>a</think>\n<think>b</think>\nc', 'ab', 'c'],
  'a block at a later line': ['I look.\n<think>hm</think>\nDone.', 'hm', 'I look.\nDone.'],
  'a block within a line': ['I look.<think>hm</think> Done.', 'hm', 'I look.Done.'],
  '<thinking>': ['<thinking>\na\n</thinking>\nb', 'a', 'b'],
  '[THINK]': ['[THINK]a[/THINK]b', 'a', 'b'],
  '<seed:think>': ['<seed:think>a</seed:think>b', 'a', 'b'],
  'other tags in a block': [
    '<think>a <b>c</b> <think> </thinking> d</think>e',
    'a <b>c</b> <think> </thinking> d',
    'e',
  ],
  'a closing tag behind a backtick in a block': [
    '<think>I close with `</think>`.</think>a',
    'I close with `</think>`.',
    'a',
  ],
  'a closing tag at the start': ['</think>\n\nSeven.', '', 'Seven.'],
  'a call in a block': [
    '<think>{"name": "list_dir", "arguments": {}}</think>a',
    '{"name": "list_dir", "arguments": {}}',
    'a',
  ],
};

const TEXT_ONLY: Readonly<Record<string, string>> = {
  'a tag between backticks': 'Use `<think>` and `</think>` for that.',
  'tags in a fenced block': 'So:\n```xml\n<think>\na\n</think>\n```\nYes.',
  'a tag within a sentence': 'The <think> tag begins, the </think> tag ends it.',
  'a tag within a sentence that is not closed': 'Models say <think>so and go on',
  'a tag in a quoted line': '> <think>a</think>',
  'a tag in quotation marks': 'It wrote "<think>hm</think>".',
  'the start of a tag': 'a <thin',
  'other tags': '<thinker>a</thinker> [THINKING] <b>',
  blanks: '  \n ',
};

describe('reasoning between tags becomes reasoning, however it is cut', () => {
  test.for(Object.entries(CASES))('%s', async ([, [text, reasoning, rest]]) => {
    for (const played of await playEveryCut(text)) {
      const { texts } = played;
      expect(played).toMatchObject({ texts, reasoning, text: rest, calls: [], finish: 'stop' });
      expect(played.repairs).toContain('reasoning-from-tags');
    }
  });
});

describe('tags that are only mentioned stay text, however they are cut', () => {
  test.for(Object.entries(TEXT_ONLY))('%s', async ([, text]) => {
    for (const played of await playEveryCut(text)) {
      const { texts } = played;
      expect(played).toMatchObject({ texts, text, reasoning: '', repairs: [] });
    }
  });
});

describe('a closing tag alone', () => {
  const text = 'They want a number.\nSeven is one.\n</think>\n\nSeven.';

  test('turns the text before it into reasoning in an answer of one piece', async () => {
    const played = await playTexts([text]);

    expect(played).toMatchObject({ reasoning: 'They want a number.\nSeven is one.', text: 'Seven.' });
  });

  test('does so in deltas, too, if reasoning is expected', async () => {
    for (const texts of waysToCut(text)) {
      const played = await playTexts(texts, { expectReasoning: true });
      expect(played).toMatchObject({ reasoning: 'They want a number.\nSeven is one.', text: 'Seven.' });
      expect(played.repairs).toEqual(['reasoning-from-tags']);
    }
  });

  test('is removed when the text before it was emitted already', async () => {
    const played = await playTexts(text.split(''));

    expect(played).toMatchObject({ reasoning: '', text: 'They want a number.\nSeven is one.\nSeven.' });
    expect(played.repairs).toEqual(['reasoning-from-tags']);
  });

  test('leaves an answer without tags as it is when reasoning was expected', async () => {
    for (const texts of waysToCut('Just seven, I think.')) {
      expect(await playTexts(texts, { expectReasoning: true })).toMatchObject({
        text: 'Just seven, I think.',
        repairs: [],
      });
    }
  });

  test('is not waited for once the server sends reasoning itself', async () => {
    const events = await repairAll([{ type: 'reasoning-delta', text: 'hm' }, textDelta('Seven.')], {
      expectReasoning: true,
    });

    expect(events.slice(1)).toEqual([{ type: 'reasoning-delta', text: 'hm' }, textDelta('Seven.')]);
  });

  test('is waited for up to a bound', async () => {
    const long = 'x'.repeat(40_000);

    const played = await playTexts([long, '</think>Seven.'], { expectReasoning: true });

    expect(played).toMatchObject({ reasoning: '', text: `${long}Seven.` });
  });
});

test('streams reasoning as it arrives', async () => {
  const events = await repairAll(['<think>', 'One', ' two', '</think>', 'three'].map(textDelta));

  expect(events.slice(1)).toEqual([
    {
      type: 'repair',
      repair: 'reasoning-from-tags',
      detail: "The model's reasoning was between <think> tags in its answer.",
    },
    { type: 'reasoning-delta', text: 'One' },
    { type: 'reasoning-delta', text: ' two' },
    textDelta('three'),
  ]);
});

test('does not change tags if that repair is off', async () => {
  const text = '<think>a</think>b';

  expect(await playTexts([text], { reasoningFromTags: false })).toMatchObject({ text, reasoning: '', repairs: [] });
});

test('ends a block where the server makes a call', async () => {
  const events = await repairAll([
    textDelta('<think>I call.\n'),
    { type: 'tool-call-start', id: 'a', name: 'list_dir' },
    { type: 'tool-call-end', id: 'a', name: 'list_dir', argumentsText: '{}' },
    textDelta('Done.'),
    { type: 'finish', reason: 'tool-calls' },
  ]);

  expect(summarize(events)).toMatchObject({ reasoning: 'I call.', text: 'Done.', calls: [['list_dir', {}]] });
});

test('recovers a call after a block', async () => {
  const text = '<think>\nI look.\n</think>\n\n<tool_call>\n{"name": "list_dir", "arguments": {}}\n</tool_call>';

  for (const texts of waysToCut(text)) {
    expect(await playTexts(texts)).toMatchObject({ reasoning: 'I look.', text: '', calls: [['list_dir', {}]] });
  }
});

test.each(['</mm:think>', ']<]minimax[>[</mm:think>'])(
  'a closing tag that another tag starts alike is read the same, however it is cut: %s',
  async (tag) => {
    for (const cut of waysToCut(`${tag}Hi`)) expect(await playTexts(cut)).toMatchObject({ text: 'Hi' });
  },
);
