import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { FALSE_FRIENDS } from '../test/fixtures/false-friends.ts';
import { playEveryCut, playTexts, repairAll, summarize, textDelta, waysToCut } from '../test/play.ts';
import { TOOLS } from '../test/tools.ts';
import { TRUE_LEAKS } from '../test/fixtures/true-leaks.ts';
import { repairStream } from './repair-stream.ts';

describe('a call that was written as text becomes a call, however it is cut', () => {
  test.for(TRUE_LEAKS.map((leak) => [leak.title, leak] as const))('%s', async ([, { text, calls, rest = '' }]) => {
    for (const played of await playEveryCut(text)) {
      const { texts } = played;
      expect(played).toMatchObject({ texts, text: rest, calls, finish: 'tool-calls', problems: [] });
      expect(played.repairs.filter((repair) => repair === 'tool-call-from-text')).toHaveLength(calls.length);
    }
  });
});

describe('what only looks like a call stays text, byte for byte, however it is cut', () => {
  test.for(Object.entries(FALSE_FRIENDS))('%s', async ([, text]) => {
    for (const played of await playEveryCut(text)) {
      const { texts } = played;
      expect(played).toMatchObject({ texts, text, calls: [], repairs: [], finish: 'stop' });
    }
  });
});

describe('the same calls', () => {
  test('stay text without tools, and nothing is held back for them', async () => {
    for (const { text } of TRUE_LEAKS) {
      const deltas = text.split('').map(textDelta);
      const events = await repairAll([...deltas, { type: 'finish', reason: 'stop' }], { tools: [] });
      expect(summarize(events).text).toBe(text);
    }
  });

  test('stay text when that repair is switched off', async () => {
    for (const { text } of TRUE_LEAKS) {
      const played = await playTexts([text], { toolCallsFromText: false });
      expect(played).toMatchObject({ text, calls: [], finish: 'stop' });
    }
  });

  test('stay text once the server has made a call itself', async () => {
    for (const { text } of TRUE_LEAKS.filter((leak) => !/^[<[]?\//.test(leak.text))) {
      const events = await repairAll([...serverCall('a'), textDelta(text), { type: 'finish', reason: 'tool-calls' }]);
      expect(summarize(events)).toMatchObject({ text, calls: [['list_dir', {}]], repairs: [] });
    }
  });

  test('stay text when the stream fails in the middle of them', async () => {
    const error = new ProviderError('server-error', 'gone');
    for (const { text } of TRUE_LEAKS) {
      const half = text.slice(0, text.length / 2);
      const events = await repairAll([textDelta(half), { type: 'error', error }]);
      const { calls, text: emitted } = summarize(events);
      expect(calls.length > 0 || emitted === half).toBe(true);
      expect(events.at(-1)).toEqual({ type: 'error', error });
    }
  });
});

test.for(['T', 'Task', 'TOOL', 'TOOL_C', 'TOOL_CALLSIGN'])(
  'a bracketed call of a tool whose name starts like a marker becomes a call: %s',
  async (name) => {
    const tools = [{ name, parameters: { type: 'object', properties: { path: { type: 'string' } } } }];
    for (const texts of waysToCut(`[${name}(path=".")]`)) {
      const played = await playTexts(texts, { tools });
      expect({ ...played, texts }).toMatchObject({ texts, text: '', calls: [[name, { path: '.' }]] });
    }
  },
);

test('a recovered call has a repair event, a start, its arguments and an end with one new id', async () => {
  const text = '<tool_call>{"name": "list_dir", "arguments": {"path": "."}}</tool_call>';

  const events = await repairAll([textDelta(text), { type: 'finish', reason: 'stop' }], { generateId: () => 'new' });

  expect(events).toEqual([
    { type: 'start', model: 'm' },
    {
      type: 'repair',
      repair: 'tool-call-from-text',
      detail: 'The model wrote its call of list_dir as text (<tool_call>).',
    },
    { type: 'tool-call-start', id: 'new', name: 'list_dir' },
    { type: 'tool-call-delta', id: 'new', argumentsText: '{"path": "."}' },
    { type: 'tool-call-end', id: 'new', name: 'list_dir', argumentsText: '{"path": "."}' },
    { type: 'finish', reason: 'tool-calls' },
  ]);
});

test('keeps `length` as the reason of an answer that was cut after a whole call', async () => {
  const text = '<tool_call>\n{"name": "list_dir", "arguments": {"path": "."}}\n</tool_call>\nAnd now';

  const played = await playTexts([text], { reason: 'length' });

  expect(played).toMatchObject({ calls: [['list_dir', { path: '.' }]], text: 'And now', finish: 'length' });
});

test.for([
  '{"name": "write_file", "arguments": {"path": "a", "content": "b"}',
  '<function=write_file>\n<parameter=path>\na\n</parameter>',
  '[{"name": "list_dir", "arguments": {}},',
  '<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Oslo</arg_value>',
])('makes no call of one that was cut at the length limit: %s', async (text) => {
  expect(await playTexts([text], { reason: 'length' })).toMatchObject({ text, calls: [], finish: 'length' });
});

test.for([
  ['Hello', 'Hello'],
  ['Hello <', 'Hello '],
  ['Hello <b', 'Hello <b'],
  ['Hello <tool_call', 'Hello '],
  ['Hello <tool_caller', 'Hello <tool_caller'],
  ['See [', 'See '],
  ['See [1', 'See [1'],
  ['{"na', ''],
  ['{"name": "Bob"', '{"name": "Bob"'],
  ['{"title"', '{"title"'],
  ['{"name": "get_weather", "arguments": {', ''],
  ['{"name": "get_weather", "description"', '{"name": "get_weather", "description"'],
  ['```json\n{"a"', '```json\n{"a"'],
  ['```js\n', '```js\n'],
  ['a ``', 'a ``'],
  ['You could send {"name": "get_weather"', 'You could send {"name": "get_weather"'],
  ['"{"name": "get_weather"', '"{"name": "get_weather"'],
  ['`<tool_call>{"name": "get_weather"', '`<tool_call>{"name": "get_weather"'],
  ['<function=read', ''],
  ['<function=rm>', '<function=rm>'],
  ['<｜tool▁call▁begin｜>list_dir<｜tool▁sep｜>{', ''],
  ['<function=rm({', '<function=rm({'],
  ['<function=list_dir({', ''],
  ['<tool_call>\n{"name": "list_dir", "arguments": {}}', ''],
  ['<tool_call>list_dir', ''],
  ['<tool_call>list_dirs', '<tool_call>list_dirs'],
  ['<tool_call>list_dir\n<arg_key>', ''],
  ['<tool_call>list_dir\n<arg_name', '<tool_call>list_dir\n<arg_name'],
] as const)('holds back only what may still become a call: %s', async ([text, expected]) => {
  for (const texts of waysToCut(text)) expect([texts, await textBeforeEnd(texts)]).toEqual([texts, expected]);
});

test('passes text without a marker as the original event', async () => {
  const event = textDelta('Plain words, as they mostly are.\n');

  const events = await repairAll([event, { type: 'finish', reason: 'stop' }]);

  expect(events[1]).toBe(event);
});

test('passes reasoning on while a call is held', async () => {
  const events = await repairAll([
    textDelta('<tool_call>{"name": "list_dir",'),
    { type: 'reasoning-delta', text: 'hm' },
    textDelta(' "arguments": {}}</tool_call>'),
    { type: 'finish', reason: 'stop' },
  ]);

  expect(summarize(events)).toMatchObject({ reasoning: 'hm', text: '', calls: [['list_dir', {}]] });
});

test('removes the closing tag that a server left after its own call', async () => {
  for (const texts of waysToCut('\n</tool_call>')) {
    const finish = { type: 'finish', reason: 'tool-calls' } as const;
    const events = await repairAll([...serverCall('a'), ...texts.map(textDelta), finish]);
    expect(summarize(events)).toMatchObject({ text: '', calls: [['list_dir', {}]], repairs: ['tool-call-from-text'] });
  }
});

test.for([
  ['create-event<|channel|>analysis', 'create-event', 1],
  ['functions.list_dir', 'list_dir', 1],
  ['list_dir<|constrain|>json', 'list_dir', 1],
  ['assistant<|channel|>analysis', 'assistant<|channel|>analysis', 0],
  ['unknown', 'unknown', 0],
  ['list_dir', 'list_dir', 0],
] as const)('frees the name of a call from harmony markers: %s', async ([name, expected, repairs]) => {
  const events = await repairAll([
    { type: 'tool-call-start', id: 'a', name },
    { type: 'tool-call-delta', id: 'a', argumentsText: '{"title":"x"}' },
    { type: 'tool-call-end', id: 'a', name, argumentsText: '{"title":"x"}' },
    { type: 'finish', reason: 'tool-calls' },
  ]);

  const names = events.flatMap((event) => ('name' in event ? event.name : []));
  expect(names).toEqual([expected, expected]);
  expect(summarize(events).repairs).toHaveLength(repairs);
});

test('emits a call above the bound as text, and loses nothing', async () => {
  const begin = '<tool_call>{"name": "write_file", "arguments": {"path": "a", "content": "';
  const texts = [begin, ...Array.from({ length: 50 }, () => 'x'.repeat(10)), '"}}</tool_call>'];

  const played = await playTexts(texts, { maxHeldCharacters: 300 });

  expect(played).toMatchObject({ text: texts.join(''), calls: [], finish: 'stop' });
});

// Linear work takes a second here, quadratic work takes minutes.
describe('half a million hostile characters end soon', () => {
  const length = 500_000;
  test.for([
    ['braces', '{'],
    ['angle brackets', '<'],
    ['brackets', '['],
    ['backticks', '`'],
    ['lines of backticks', '```\n'],
    ['tags', '<tool_call>'],
    ['tags with a brace', '<tool_call>{'],
    ['begun calls', '{"name": "get_weather", "arguments":\n'],
    ['nested functions', '{"function":'],
    ['begun lists', '[{"name": "list_dir", "arguments": {}},'],
    ['begun XML', '<function=read_file><parameter=path>'],
    ['begun GLM', '<tool_call>get_weather<arg_key>city</arg_key><arg_value>'],
    ['closed values of GLM', '<tool_call>get_weather<arg_key>city</arg_key><arg_value></arg_value>x'],
    ['begun XML with a brace', '<function=read_file({'],
    ['begun DeepSeek', '<｜tool▁call▁begin｜>function<｜tool▁sep｜>list_dir\n```json\n{'],
    ['closed parameters', '</parameter>\n'],
    ['begun Gemma', '<|tool_call>call:list_dir{path:{'],
    ['think tags', '<think>'],
    ['closed thoughts', '</think>'],
    ['begun tags', '<thin'],
    ['blanks', ' '],
    ['lines', '\n'],
    ['quotes', '"\''],
  ])('%s', async ([, unit = '']) => {
    const text = unit.repeat(length / unit.length);
    const small = text.slice(0, 20_000).split('');
    expect((await playTexts([text])).calls).toEqual([]);
    expect((await playTexts(small)).calls).toEqual([]);
  });
});

/** The text that was emitted before the finish event was pulled. */
async function textBeforeEnd(texts: readonly string[]): Promise<string> {
  let text = '';
  let textInTime = '';
  async function* answer(): AsyncGenerator<StreamEvent> {
    for (const each of texts) yield textDelta(each);
    textInTime = text;
    yield { type: 'finish', reason: 'stop' };
  }
  for await (const event of repairStream(answer(), { tools: TOOLS }))
    if (event.type === 'text-delta') text += event.text;
  return textInTime;
}

function serverCall(id: string) {
  return [
    { type: 'tool-call-start', id, name: 'list_dir' },
    { type: 'tool-call-delta', id, argumentsText: '{}' },
    { type: 'tool-call-end', id, name: 'list_dir', argumentsText: '{}' },
  ] as const;
}
