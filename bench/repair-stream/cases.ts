import type { StreamEvent, ToolDefinition } from '@openclaw/provider';

/** Answers whose repair is measured, by their size in characters. */
export interface RepairCase {
  readonly name: string;
  readonly events: (size: number) => readonly StreamEvent[];
}

export const TOOLS: readonly ToolDefinition[] = ['get_weather', 'read_file', 'write_file', 'bash', 'list_dir'].map(
  (name) => ({
    name,
    parameters: { type: 'object', properties: { path: { type: 'string' }, content: { type: 'string' } } },
  }),
);

const PROSE =
  'The harbour of Bergen is sheltered, and its market sells fish. It rains on most days; people carry umbrellas.\n\n';
const CODE =
  '```ts\nconst list: Array<string> = [a, b].map((x) => ({ name: x }));\nif (a < b && c[0] > 1) return {};\n```\n';

/** A token has about four characters. */
const DELTA = 4;

/** Plain texts, which most answers are, then texts that make work. */
export const REPAIR_CASES: readonly RepairCase[] = [
  { name: 'plain text', events: (size) => answer(deltas('text-delta', repeat(PROSE, size))) },
  { name: 'text with code', events: (size) => answer(deltas('text-delta', repeat(PROSE + CODE, size))) },
  {
    name: 'reasoning, then text',
    events: (size) =>
      answer([...deltas('reasoning-delta', repeat(PROSE, size / 2)), ...deltas('text-delta', repeat(PROSE, size / 2))]),
  },
  {
    name: 'reasoning in tags',
    events: (size) => answer(deltas('text-delta', `<think>\n${repeat(PROSE, size)}</think>\nDone.`)),
  },
  { name: 'a long call of the server', events: (size) => answer(serverCall(repeat(CODE, size)), 'tool-calls') },
  {
    name: 'a long call in text',
    events: (size) => answer(deltas('text-delta', `<tool_call>\n${callOf(repeat(CODE, size))}\n</tool_call>`)),
  },
  ...Object.entries({
    'opening tags': '<tool_call>',
    'begun calls': '<tool_call>{"name": "write_file", "arguments": {"path": "',
    'begun names': 'write_file:0<|tool_call_argument_begin|>\n',
    'begun DSML': '<｜DSML｜tool_calls><｜DSML｜invoke name="read_file"><｜DSML｜parameter name="path">',
    'begun elements': ']<]minimax[>[<tool_call>]<]minimax[>[<invoke name="read_file">]<]minimax[>[<path>',
    'calls with words': `I look.\n<tool_call>${callOf('x')}</tool_call>\nand so on, `,
    'think tags with words': '<think> is a tag. ',
    'closing tags': '</tool_call></think>',
    'half tokens': '<|start|>assistant<|chan',
    brackets: '[{<',
  }).map(([name, unit]) => ({
    name: `adversarial: ${name}`,
    events: (size: number) => answer(deltas('text-delta', repeat(unit, size))),
  })),
  {
    name: 'adversarial: objects in broken arguments',
    events: (size) => answer(serverCall('', repeat('{"path": ', size)), 'tool-calls'),
  },
];

function repeat(text: string, size: number): string {
  return text.repeat(Math.ceil(size / text.length)).slice(0, size);
}

function deltas(type: 'text-delta' | 'reasoning-delta', text: string): readonly StreamEvent[] {
  return Array.from({ length: Math.ceil(text.length / DELTA) }, (_, index) => ({
    type,
    text: text.slice(index * DELTA, (index + 1) * DELTA),
  }));
}

function callOf(content: string): string {
  return JSON.stringify({ name: 'write_file', arguments: { path: 'a.ts', content } });
}

function serverCall(
  content: string,
  argumentsText = JSON.stringify({ path: 'a.ts', content }),
): readonly StreamEvent[] {
  const call = { id: 'a', name: 'write_file' };
  return [
    { type: 'tool-call-start', ...call },
    ...deltas('text-delta', argumentsText).map((delta): StreamEvent => ({
      type: 'tool-call-delta',
      id: 'a',
      argumentsText: 'text' in delta ? delta.text : '',
    })),
    { type: 'tool-call-end', ...call, argumentsText },
  ];
}

function answer(events: readonly StreamEvent[], reason: 'stop' | 'tool-calls' = 'stop'): readonly StreamEvent[] {
  return [{ type: 'start', model: 'm' }, ...events, { type: 'finish', reason }];
}
