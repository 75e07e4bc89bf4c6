import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { repairAll, textDelta } from '../test/play.ts';

function call(argumentsText: string, { id = 'a', name = 'read_file', size = 3 } = {}): StreamEvent[] {
  const parts = argumentsText.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return [
    { type: 'tool-call-start', id, name },
    ...parts.map((part): StreamEvent => ({ type: 'tool-call-delta', id, argumentsText: part })),
    { type: 'tool-call-end', id, name, argumentsText },
  ];
}

const FINISH: StreamEvent = { type: 'finish', reason: 'tool-calls' };

test('emits valid arguments as the original deltas', async () => {
  const events = [...call('{"path":  "a.ts"}'), FINISH];

  const repaired = await repairAll(events);

  expect(repaired.slice(1)).toHaveLength(events.length);
  for (const [index, event] of events.entries()) expect(repaired[index + 1]).toBe(event);
});

test('emits a repair before the arguments that it explains', async () => {
  const repaired = await repairAll([...call("{'path': 'a.ts', 'line': '3'}"), FINISH]);

  expect(repaired.slice(1, -1)).toEqual([
    { type: 'tool-call-start', id: 'a', name: 'read_file' },
    { type: 'repair', repair: 'arguments-json', detail: expect.stringContaining('read_file') },
    { type: 'repair', repair: 'arguments-types', detail: expect.stringContaining('line') },
    { type: 'tool-call-delta', id: 'a', argumentsText: '{"path":"a.ts","line":3}' },
    { type: 'tool-call-end', id: 'a', name: 'read_file', argumentsText: '{"path":"a.ts","line":3}' },
  ]);
});

test('gives {} to a call without arguments', async () => {
  const repaired = await repairAll([...call('', { name: 'list_dir' }), FINISH]);

  expect(repaired.at(-2)).toEqual({ type: 'tool-call-end', id: 'a', name: 'list_dir', argumentsText: '{}' });
  expect(repaired.at(-3)).toEqual({ type: 'tool-call-delta', id: 'a', argumentsText: '{}' });
});

test('repairs the JSON of a tool it does not know, and checks no more', async () => {
  const repaired = await repairAll([...call('{"x": {"y": "1"}', { name: 'unknown' }), FINISH]);

  expect(repaired.at(-2)).toEqual({
    type: 'tool-call-end',
    id: 'a',
    name: 'unknown',
    argumentsText: '{"x":{"y":"1"}}',
  });
});

const OTHER: StreamEvent = { type: 'finish', reason: 'other' };
const LENGTH: StreamEvent = { type: 'finish', reason: 'length' };
const STOP: StreamEvent = { type: 'finish', reason: 'stop' };
const FAILED: StreamEvent = { type: 'error', error: new ProviderError('server-error', 'gone') };
const COUNTED: StreamEvent = {
  ...FINISH,
  usage: { inputTokens: 3, outputTokens: 16, totalTokens: 19 },
} as StreamEvent;

const WHOLE = { type: 'tool-call-end', id: 'a', name: 'read_file', argumentsText: '{"path":"a.ts"}' };
const CUT = {
  ...WHOLE,
  argumentsText: '{"path": "a.ts"',
  problem: 'The answer ended before the arguments of read_file did.',
};

test.for([
  ['the answer ends', FINISH, WHOLE, FINISH],
  ['the model goes on', textDelta('so'), WHOLE, textDelta('so')],
  ['the answer ends below its token limit', COUNTED, WHOLE, COUNTED],
  ['the answer was cut at its length limit', LENGTH, CUT, LENGTH],
  ['the answer ended for an unknown reason', OTHER, CUT, OTHER],
  ['the stream fails', FAILED, CUT, FAILED],
] as const)(
  'adds brackets that are missing at the end only if the answer was not cut: %s',
  async ([, next, end, last]) => {
    const repaired = await repairAll([...call('{"path": "a.ts"'), next], { maxTokens: 17 });

    expect(repaired.slice(-2)).toEqual([end, last]);
  },
);

test('takes an answer with as many tokens as the request allowed for one that was cut', async () => {
  const repaired = await repairAll([...call('{"path": "a.ts"'), COUNTED], { maxTokens: 16 });

  expect(repaired.slice(-2)).toEqual([CUT, { ...COUNTED, reason: 'length' }]);
});

test.for([
  '{"path": "a.t',
  '{"path": "a.ts", "line": 1',
  '{"path": "a.ts", "line": nul',
  '{"path": "a.ts", "line":',
  '{"path": "a.ts", "li',
  '{"path": "a.ts", "line"',
  '{"path": "a.ts",',
  "{'path': 'a.t",
  '{"path": "if (a) { }',
])('never completes a value that breaks off, and says that the answer was cut: %s', async (argumentsText) => {
  for (const next of [FINISH, STOP, textDelta('so')]) {
    const repaired = await repairAll([...call(argumentsText), next, ...(next.type === 'finish' ? [] : [FINISH])]);

    expect(repaired).toContainEqual({ ...CUT, argumentsText });
    expect(repaired.at(-1)).toEqual({ type: 'finish', reason: 'length' });
  }
});

test('keeps an earlier problem', async () => {
  const end = { type: 'tool-call-end', id: 'a', name: 'read_file', argumentsText: '{', problem: 'broken' } as const;

  const repaired = await repairAll([...call('{').slice(0, -1), end, FINISH]);

  expect(repaired.at(-2)).toBe(end);
});

test('keeps calls apart that are open at the same time', async () => {
  const [startA, ...restA] = call("{'path': 'a'}", { id: 'a' });
  const [startB, ...restB] = call('{"path": "b"}', { id: 'b' });
  const mixed = restA.flatMap((event, index) => [event, restB[index]]).concat(restB.slice(restA.length));

  const repaired = await repairAll([startA, startB, ...mixed, FINISH].filter((event) => event !== undefined));

  const ends = repaired.filter((event) => event.type === 'tool-call-end');
  expect(ends.map(({ id, argumentsText }) => [id, argumentsText])).toEqual([
    ['a', '{"path":"a"}'],
    ['b', '{"path": "b"}'],
  ]);
});

test('does not change arguments that are too long', async () => {
  const events = [...call(`{'path': '${'x'.repeat(1000)}'}`, { size: 100 }), FINISH];

  expect((await repairAll(events, { maxHeldCharacters: 500 })).slice(1)).toEqual(events);
});

test('does not change arguments if that repair is off', async () => {
  const events = [...call("{'path': 'a'}"), FINISH];

  expect((await repairAll(events, { argumentsRepair: false })).slice(1)).toEqual(events);
});
