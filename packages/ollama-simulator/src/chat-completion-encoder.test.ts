import { array, assert, boolean, constantFrom, integer, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { createChatCompletionEncoder } from './chat-completion-encoder.ts';
import { createOutputParser } from './output-parser.ts';
import { parseRelease } from './release.ts';
import { type Say, splitSay } from './script.ts';

const says = array(
  record(
    {
      reasoning: string({ unit: 'grapheme' }),
      text: string({ unit: 'grapheme' }),
      toolCall: record({ name: constantFrom('f', 'g'), arguments: record({ a: string(), '<b>': integer() }) }),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 6 },
);
const versions = constantFrom('0.5.7', '0.7.1', '0.8.0', '0.9.6', '0.11.0', '0.12.6', '0.18.0', '0.30.0', '0.32.6');

/** One of the two forms of a reply, read as a client would. */
function play(steps: readonly Say[], options: { version: string; streamed: boolean } & Record<string, any>) {
  const release = parseRelease(options.version);
  const parser = createOutputParser({
    release,
    model: { toolParser: options['toolParser'], family: 'any', name: 'any', modelfile: '', template: '' },
    streamed: options.streamed,
    tools: options['hasTools'] ? [{ name: 'f', parameters: {} }] : [],
    verbatim: true,
    thinking: options['thinking'],
    generateToolCallId: () => 'call_x',
  });
  const encoder = createChatCompletionEncoder({ release, id: 'x', model: 'm', created: () => 1, includeUsage: true });
  const batches = steps
    .flatMap((step) => splitSay(step, { pieceLength: options['pieceLength'] }))
    .flatMap((step) => parser.accept(step));
  const end = {
    final: parser.finish(),
    finishReason: 'stop' as const,
    usage: { promptTokens: 1, completionTokens: 2 },
    timings: { totalMs: 1, loadMs: 1, promptMs: 1, completionMs: 1 },
  };
  if (!options.streamed) {
    const { choices, usage } = JSON.parse(encoder.whole(batches, end));
    const { content, reasoning = '', tool_calls: calls = [] } = choices[0].message;
    return { content, reasoning, calls: calls.map(called), finish: choices[0].finish_reason, usage };
  }
  const chunks = [...batches.flatMap((batch) => encoder.batch(batch)), ...encoder.finish(end)].map((text) =>
    JSON.parse(text),
  );
  const deltas = chunks.flatMap(({ choices }) => choices);
  return {
    content: deltas.map(({ delta }) => delta.content ?? '').join(''),
    reasoning: deltas.map(({ delta }) => delta.reasoning ?? '').join(''),
    calls: deltas.flatMap(({ delta }) => delta.tool_calls ?? []).map(called),
    finish: deltas.at(-1).finish_reason,
    usage: chunks.at(-1).usage,
  };
}

const called = ({ function: { name, arguments: text } }: any) => ({ name, arguments: JSON.parse(text) });

test('a script says the same streamed and whole, in every release, however it is cut into pieces', () => {
  const options = record({
    version: versions,
    pieceLength: constantFrom(undefined, 1, 3),
    toolParser: constantFrom('template', 'builtin', 'harmony'),
    thinking: constantFrom('parsed', 'in-text', 'off'),
    hasTools: boolean(),
  });
  assert(
    property(says, options, (steps, chosen) => {
      const whole = play(steps, { ...chosen, pieceLength: undefined, streamed: false });
      const streamed = play(steps, { ...chosen, streamed: true });
      // Before 0.5.12 only whole replies tell that they end with calls.
      const finish = chosen.version === '0.5.7' ? 'stop' : whole.finish;
      expect(streamed).toEqual({ ...whole, finish });
    }),
  );
});
