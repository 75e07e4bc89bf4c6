import type { StreamEvent } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { createToolCallAssembler } from './tool-call-assembler.ts';
import type { ToolCallStyle, WireToolCall } from './tool-call-assembler.ts';

type Entry = Partial<WireToolCall>;
type Ended = [id: string, name: string, argumentsText: string];

// [what arrives, the entries, the calls that they are]
const CASES: [string, Entry[], Ended[]][] = [
  [
    'whole calls, all with index 0',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x":1}' },
      { index: 0, id: 'b', name: 'f', argumentsText: '{"x":1}' },
    ],
    [
      ['a', 'f', '{"x":1}'],
      ['b', 'f', '{"x":1}'],
    ],
  ],
  [
    'whole calls without index',
    [
      { id: 'a', name: 'f', argumentsText: '{}' },
      { id: 'b', name: 'f', argumentsText: '{}' },
    ],
    [
      ['a', 'f', '{}'],
      ['b', 'f', '{}'],
    ],
  ],
  [
    'equal whole calls without id or index',
    [
      { name: 'f', argumentsText: '{}' },
      { name: 'f', argumentsText: '{}' },
    ],
    [
      ['new-1', 'f', '{}'],
      ['new-2', 'f', '{}'],
    ],
  ],
  [
    'an id that comes after the whole call',
    [
      { index: 0, name: 'f', argumentsText: '{"x":1}' },
      { index: 0, id: 'a' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'an id that comes after the whole call, with its name once more',
    [
      { index: 0, name: 'f', argumentsText: '{"x":1}' },
      { index: 0, id: 'a', name: 'f' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'whole calls with one id',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{}' },
      { index: 1, id: 'a', name: 'f', argumentsText: '{}' },
    ],
    [
      ['a', 'f', '{}'],
      ['new-1', 'f', '{}'],
    ],
  ],
  [
    'whole calls with one id and one index',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x":1}' },
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x":1}' },
    ],
    [
      ['a', 'f', '{"x":1}'],
      ['new-1', 'f', '{"x":1}'],
    ],
  ],
  [
    'fragments',
    [
      { index: 0, id: 'a', name: 'f' },
      { index: 0, argumentsText: '{"x"' },
      { index: 0, argumentsText: ':1}' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'fragments without index',
    [
      { id: 'a', name: 'f' },
      { argumentsText: '{"x"' },
      { argumentsText: ':1}' },
      { id: 'b', name: 'g' },
      { argumentsText: '{}' },
    ],
    [
      ['a', 'f', '{"x":1}'],
      ['b', 'g', '{}'],
    ],
  ],
  [
    'fragments that begin with their arguments',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x"' },
      { index: 0, argumentsText: ':1}' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'fragments that repeat id and name',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '' },
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x"' },
      { index: 0, id: 'a', name: 'f', argumentsText: ':1}' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'an id that comes late',
    [
      { index: 0, name: 'f' },
      { index: 0, argumentsText: '{"x"' },
      { index: 0, id: 'a', argumentsText: ':1}' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'an id that comes after the arguments',
    [
      { index: 0, name: 'f' },
      { index: 0, argumentsText: '{"x":1}' },
      { index: 0, id: 'a' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'a name that comes late',
    [
      { index: 0, id: 'a' },
      { index: 0, argumentsText: '{"x":1}' },
      { index: 0, name: 'f' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'a call after a whole one at its index, its name late',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x":1}' },
      { index: 0, id: 'b', argumentsText: '{"y"' },
      { index: 0, argumentsText: ':2}' },
      { index: 0, name: 'g' },
    ],
    [
      ['a', 'f', '{"x":1}'],
      ['b', 'g', '{"y":2}'],
    ],
  ],
  [
    'a name in pieces',
    [
      { index: 0, id: 'a', name: 'get_' },
      { index: 0, name: 'weather' },
      { index: 0, argumentsText: '{}' },
    ],
    [['a', 'get_weather', '{}']],
  ],
  [
    'no id at all, in fragments',
    [
      { index: 0, name: 'f' },
      { index: 0, argumentsText: '{}' },
      { index: 1, name: 'f' },
      { index: 1, argumentsText: '{}' },
    ],
    [
      ['new-1', 'f', '{}'],
      ['new-2', 'f', '{}'],
    ],
  ],
  [
    'a placeholder in front of the arguments',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{}' },
      { index: 0, argumentsText: '{"x"' },
      { index: 0, argumentsText: ':1}' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  [
    'an empty last fragment',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x":1}' },
      { index: 0, argumentsText: '' },
    ],
    [['a', 'f', '{"x":1}']],
  ],
  ['no arguments', [{ index: 0, id: 'a', name: 'f' }], [['a', 'f', '']]],
  ['broken arguments', [{ index: 0, id: 'a', name: 'f', argumentsText: '{"x":' }], [['a', 'f', '{"x":']]],
  [
    'broken arguments, and then another call',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x":' },
      { index: 0, id: 'b', name: 'g', argumentsText: '{}' },
    ],
    [
      ['a', 'f', '{"x":'],
      ['b', 'g', '{}'],
    ],
  ],
  ['an entry of nothing', [{ index: 0 }, {}], []],
  [
    'braces inside of strings',
    [
      { index: 0, id: 'a', name: 'f', argumentsText: '{"x":"}\\"' },
      { index: 0, argumentsText: '{"}' },
      { index: 0, id: 'b', name: 'g', argumentsText: '{}' },
    ],
    [
      ['a', 'f', '{"x":"}\\"{"}'],
      ['b', 'g', '{}'],
    ],
  ],
];

describe('by what arrives', () => {
  test.each(CASES)('%s', (_title, entries, calls) => {
    expect(endedOf(run(entries))).toEqual(calls);
  });
});

test('a whole call ends at once', () => {
  const events: StreamEvent[] = [];
  const assembler = createToolCallAssembler({ emit: (event) => events.push(event), generateId: () => 'new' });
  assembler.add(entryOf({ index: 0, id: 'a', name: 'f', argumentsText: '{"x":1}' }));

  expect(events.map(({ type }) => type)).toEqual(['tool-call-start', 'tool-call-delta', 'tool-call-end']);
});

test('a server whose calls are whole never has two joined, whatever they look like', () => {
  const entries = [
    { index: 0, name: 'f', argumentsText: '{"x"' },
    { index: 0, argumentsText: ':1}' },
  ];

  expect(endedOf(run(entries, 'whole')).map(([, , argumentsText]) => argumentsText)).toEqual(['{"x"', ':1}']);
});

test('a server of fragments never has one call split, whatever it looks like', () => {
  const entries = [
    { index: 0, id: 'a', name: 'f', argumentsText: '{}' },
    { index: 0, id: 'b', name: 'f', argumentsText: '{"x":1}' },
  ];

  expect(endedOf(run(entries, 'fragments'))).toHaveLength(1);
});

function run(entries: readonly Entry[], style?: ToolCallStyle): StreamEvent[] {
  const events: StreamEvent[] = [];
  let ids = 0;
  const assembler = createToolCallAssembler({
    style,
    emit: (event) => events.push(event),
    generateId: () => `new-${(ids += 1)}`,
  });
  for (const entry of entries) assembler.add(entryOf(entry));
  assembler.close();
  return events;
}

function entryOf({ index, id = '', name = '', argumentsText = '' }: Entry): WireToolCall {
  return { index, id, name, argumentsText, opens: id !== '' };
}

function endedOf(events: readonly StreamEvent[]): Ended[] {
  return events.flatMap((event): Ended[] =>
    event.type === 'tool-call-end' ? [[event.id, event.name, event.argumentsText]] : [],
  );
}
