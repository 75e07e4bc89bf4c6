import type { StreamEvent } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { playTexts, repairAll, summarize, textDelta, waysToCut } from '../test/play.ts';

const CALL = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Oslo"}}\n</tool_call>';
const KIMI =
  '<|tool_call_begin|>functions.list_dir:0<|tool_call_argument_begin|>{}<|tool_call_end|><|tool_calls_section_end|>';
const STOP: StreamEvent = { type: 'finish', reason: 'stop' };

function thinks(texts: readonly string[]): StreamEvent[] {
  return texts.map((text) => ({ type: 'reasoning-delta', text }));
}

describe('whole calls at the end of reasoning, with nothing else said, become calls', () => {
  test.for([
    ['one', `I need it.\n${CALL}`, 'I need it.\n', [['get_weather', { city: 'Oslo' }]]],
    ['in the middle of a line', `I call ${CALL}\n`, 'I call ', [['get_weather', { city: 'Oslo' }]]],
    [
      'two of two families',
      `So:${CALL}\n${KIMI}`,
      'So:',
      [
        ['get_weather', { city: 'Oslo' }],
        ['list_dir', {}],
      ],
    ],
    ['behind a draft', `${CALL} or not.\n${KIMI}`, `${CALL} or not.\n`, [['list_dir', {}]]],
  ] as const)('%s', async ([, text, reasoning, calls]) => {
    for (const texts of waysToCut(text)) {
      const played = summarize(await repairAll([...thinks(texts), textDelta('\n'), STOP]));
      expect({ ...played, texts }).toMatchObject({ texts, reasoning, calls, finish: 'tool-calls' });
    }
  });

  test('in an unclosed think block', async () => {
    for (const texts of waysToCut(`<think>\nI need it.\n${CALL}`)) {
      expect(await playTexts(texts)).toMatchObject({
        reasoning: expect.stringMatching(/^I need it\.\n?$/),
        text: '',
        calls: [['get_weather', { city: 'Oslo' }]],
        finish: 'tool-calls',
      });
    }
  });
});

describe('calls in reasoning stay reasoning', () => {
  const text = `I need it.\n${CALL}`;
  const serverCall: readonly StreamEvent[] = [
    { type: 'tool-call-start', id: 'a', name: 'list_dir' },
    { type: 'tool-call-end', id: 'a', name: 'list_dir', argumentsText: '{}' },
  ];

  test.for([
    ['text follows', text, [textDelta('Done.'), STOP]],
    ['a call of the server follows', text, [...serverCall, STOP]],
    ['the answer was cut', text, [{ type: 'finish', reason: 'length' }]],
    ['reasoning goes on', `${text} would do it.`, [STOP]],
    ['the call is bare JSON', 'So: {"name": "list_dir", "arguments": {}}', [STOP]],
    ['the call is in code', `So: \`${CALL}\``, [STOP]],
    ['the call is not whole', text.slice(0, -20), [STOP]],
    ['the tool is unknown', text.replace('get_weather', 'rm'), [STOP]],
  ] as const)('%s', async ([, reasoning, rest]) => {
    for (const texts of waysToCut(reasoning)) {
      const played = summarize(await repairAll([...thinks(texts), ...rest]));
      expect(played.reasoning).toBe(reasoning);
      expect(played.calls.filter(([name]) => name === 'get_weather')).toEqual([]);
    }
  });

  test('with the option off', async () => {
    const played = summarize(await repairAll([...thinks([text]), STOP], { callsFromReasoning: false }));

    expect(played).toMatchObject({ reasoning: text, calls: [], finish: 'stop' });
  });
});

describe('an answer at the end of reasoning is text', () => {
  test('in <response>', async () => {
    for (const texts of waysToCut('A sum.\n<response>Four.</response>')) {
      expect(summarize(await repairAll([...thinks(texts), STOP], { tools: [] }))).toMatchObject({
        reasoning: 'A sum.\n',
        text: 'Four.',
      });
    }
  });

  test('as JSON that was asked for', async () => {
    for (const texts of waysToCut('\n{"name": "Saturn"}')) {
      const played = summarize(await repairAll([...thinks(texts), STOP], { jsonAnswer: true }));
      expect(played).toMatchObject({ reasoning: '\n', text: '{"name": "Saturn"}', calls: [], finish: 'stop' });
    }
  });

  test.for([
    ['JSON that was not asked for', '{"name": "Saturn"}', {}],
    ['JSON with words behind it', '{"name": "Saturn"} it is.', { jsonAnswer: true }],
    ['a response with words behind it', '<response>a</response> is the tag.', {}],
  ] as const)('but not %s', async ([, text, options]) => {
    expect(summarize(await repairAll([...thinks([text]), STOP], options))).toMatchObject({ reasoning: text, text: '' });
  });
});
