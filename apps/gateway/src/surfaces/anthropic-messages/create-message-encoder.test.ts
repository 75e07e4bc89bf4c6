import type Anthropic from '@anthropic-ai/sdk';
import type { StreamEvent } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { createMessageEncoder } from './create-message-encoder.ts';

const start: StreamEvent = { type: 'start', model: 'ollama/m' };
const text = (value: string): StreamEvent => ({ type: 'text-delta', text: value });
const thought = (value: string): StreamEvent => ({ type: 'reasoning-delta', text: value });
const finish = (reason: 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other' = 'stop'): StreamEvent => ({
  type: 'finish',
  reason,
  usage: { inputTokens: 12, outputTokens: 5, totalTokens: 17, cachedInputTokens: 2, reasoningTokens: 3 },
});

function call(id: string, argumentsText: string): StreamEvent[] {
  return [
    { type: 'tool-call-start', id, name: 'f' },
    { type: 'tool-call-delta', id, argumentsText },
    { type: 'tool-call-end', id, name: 'f', argumentsText },
  ];
}

/** The events of a stream as a client reads them. */
function encode(...events: StreamEvent[]): Anthropic.RawMessageStreamEvent[] {
  const encoder = createMessageEncoder({ unique: 'u', estimateInputTokens: () => 7 });
  const wire = events.map((event) => encoder.encode(event)).join('');
  return [...wire.matchAll(/event: (.*)\ndata: (.*)\n\n/g)].map(([, name, data]) => {
    const event = JSON.parse(data ?? '') as Anthropic.RawMessageStreamEvent;
    expect(event.type).toBe(name);
    return event;
  });
}

/** Blocks put together as the SDK does, after a check of the order. */
function blocksOf(events: readonly Anthropic.RawMessageStreamEvent[]): Record<string, unknown>[] {
  const blocks: Record<string, unknown>[] = [];
  let open: number | undefined;
  for (const event of events) {
    if (event.type === 'content_block_start') {
      expect([open, event.index]).toEqual([undefined, blocks.length]);
      open = event.index;
      blocks.push({ ...event.content_block });
    } else if (event.type === 'content_block_delta') {
      expect(event.index).toBe(open);
      const { type: _type, ...delta } = event.delta;
      for (const [key, value] of Object.entries(delta)) {
        const block = blocks[event.index] ?? {};
        block[key] = `${(block[key] as string | undefined) ?? ''}${value as string}`;
      }
    } else if (event.type === 'content_block_stop') {
      expect(event.index).toBe(open);
      open = undefined;
    }
  }
  expect(open).toBeUndefined();
  return blocks;
}

const stopReasonOf = (events: readonly Anthropic.RawMessageStreamEvent[]) =>
  events.find((event) => event.type === 'message_delta')?.delta.stop_reason;

test('writes the events in the order that clients require', () => {
  const events = encode(
    start,
    thought('Hm.'),
    text('Hel'),
    text('lo'),
    ...call('call_0', '{"a":1}'),
    finish('tool-calls'),
  );
  expect(events.map(({ type }) => type)).toEqual([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_delta',
    'content_block_stop',
    'content_block_start',
    'content_block_delta',
    'content_block_delta',
    'content_block_stop',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  expect(blocksOf(events)).toEqual([
    { type: 'thinking', thinking: 'Hm.', signature: expect.stringMatching(/./) },
    { type: 'text', text: 'Hello', citations: null },
    { type: 'tool_use', id: 'toolu_u_0', name: 'f', input: {}, caller: { type: 'direct' }, partial_json: '{"a":1}' },
  ]);
});

test('begins with an estimate and ends with the counts of the server', () => {
  const events = encode(start, text('Hi'), finish());
  expect(events[0]).toMatchObject({
    message: {
      id: 'msg_u',
      model: 'ollama/m',
      content: [],
      stop_reason: null,
      usage: { input_tokens: 7, output_tokens: 0 },
    },
  });
  expect(events.at(-2)).toEqual({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null, container: null },
    usage: {
      input_tokens: 10,
      cache_read_input_tokens: 2,
      cache_creation_input_tokens: 0,
      output_tokens: 5,
      output_tokens_details: { thinking_tokens: 3 },
      server_tool_use: null,
    },
  });
});

test('estimates both counts when the server gives none', () => {
  const events = encode(start, text('A text of some length.'), { type: 'finish', reason: 'stop' });
  expect(events.at(-2)).toMatchObject({ usage: { input_tokens: 7, output_tokens: 7 } });
});

test('opens a new block for reasoning that comes after text', () => {
  const events = encode(start, text('One.'), thought('Hm.'), text('Two.'), finish());
  expect(blocksOf(events)).toMatchObject([{ text: 'One.' }, { thinking: 'Hm.' }, { text: 'Two.' }]);
});

test('gives calls that run at the same time blocks one after the other, with ids of its own', () => {
  const [firstStart, firstDelta, firstEnd] = call('call_0', '{"a":1}');
  const [secondStart, secondDelta, secondEnd] = call('call_1', '');
  const mixed = [firstStart, secondStart, secondDelta, firstDelta, secondEnd, firstEnd].filter((e) => e !== undefined);
  expect(blocksOf(encode(start, ...mixed, finish('tool-calls')))).toMatchObject([
    { id: 'toolu_u_0', partial_json: '{}' },
    { id: 'toolu_u_1', partial_json: '{"a":1}' },
  ]);
});

test('leaves out a call that the length limit cut off', () => {
  const events = encode(start, text('I call.'), ...call('c', '{"a":'), finish('length'));
  expect(blocksOf(events)).toMatchObject([{ text: 'I call.' }]);
  expect(stopReasonOf(events)).toBe('max_tokens');
});

test('passes broken arguments on as an object that no schema accepts', () => {
  const events = encode(start, ...call('c', '{"a":'), finish('tool-calls'));
  expect(blocksOf(events)).toMatchObject([{ partial_json: '{"arguments":"{\\"a\\":"}' }]);
  expect(stopReasonOf(events)).toBe('tool_use');
});

test.each([
  ['stop', 'end_turn'],
  ['length', 'max_tokens'],
  ['content-filter', 'refusal'],
  ['other', 'end_turn'],
] as const)('names the end %s', (reason, expected) => {
  expect(stopReasonOf(encode(start, text('Hi'), finish(reason)))).toBe(expected);
});

test('ends with `tool_use` after a whole call, whatever the server says', () => {
  expect(stopReasonOf(encode(start, ...call('c', '{}'), finish('stop')))).toBe('tool_use');
});

test('names the stop sequence that ended the text', () => {
  const events = encode(start, text('Hi'), { type: 'finish', reason: 'stop', stopSequence: 'END' });
  expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'stop_sequence', stop_sequence: 'END' } });
});
