import { describe, expect, test } from 'vitest';
import { createTaggedToolCallParser } from './tagged-tool-call-parser.ts';
import { toolCallKeys, toolCallTag } from './template-tool-format.ts';
import type { ToolCallParser } from './tool-call-parser.ts';
import { createUntaggedToolCallParser } from './untagged-tool-call-parser.ts';
import { createXmlToolCallParser } from './xml-tool-call-parser.ts';

/** The outcome of a text, which has to be the same for pieces of every length. */
function outcome(text: string, create: () => ToolCallParser): { text: string; calls: unknown[] } {
  const results = Array.from({ length: text.length }, (_, n) => {
    const parser = create();
    const parts = (text.match(new RegExp(`[\\s\\S]{1,${n + 1}}`, 'g')) ?? []).map((piece) => parser.add(piece));
    return {
      text: parts.map((part) => part.text).join('') + parser.finish(),
      calls: parts.flatMap(({ toolCalls }) => toolCalls.map((call) => [call.name, call.arguments])),
    };
  });
  for (const result of results) expect(result).toEqual(results[0]);
  return results[0]!;
}

const OSLO = ['get_weather', { city: 'Oslo' }];
const CALL = '{"name": "get_weather", "arguments": {"city": "Oslo"}}';

describe('the parser with a tag', () => {
  const parse = (text: string, tag = '<tool_call>') =>
    outcome(text, () => createTaggedToolCallParser({ tag, names: ['get', 'get_weather'] }));

  test.each([
    ['I look.\n<tool_call>CALL</tool_call>', 'I look.\n', [OSLO]],
    ['<tool_call>CALL</tool_call>\n<tool_call>CALL</tool_call>', '', [OSLO, OSLO]],
    ['<tool_call>{"name": "get_weather", "parameters": {"city": "Oslo"}}', '', [OSLO]],
    ['<tool_call>{"name": "get_weather", "arguments": "{\\"city\\": \\"Oslo\\"}"}', '', [OSLO]],
    ['<tool_call>{"get_weather": {"city": "Oslo"}}', '', [OSLO]],
    ['<tool_call>get_weather {"city": "Oslo"}', '', [OSLO]],
    ['<tool_call>{"name": "other", "arguments": {"city": "Oslo"}}</tool_call> And text.', '', []],
    ['<tool_call>{"name": "get_weather", "arguments": {"city": "Oslo", }}</tool_call>', '', []],
    ['<tool_call>{"name": "get_weather", "arguments": {"city": "Os', '', []],
    ['<tool_call>{"name": "get_weather"}', '', []],
    ['No call at all <tool', 'No call at all ', []],
    ['CALL', CALL, []],
  ])('%s', (text, rest, calls) => {
    expect(parse(text.replaceAll('CALL', CALL))).toEqual({ text: rest, calls });
  });

  test.each([
    [CALL, '', [OSLO]],
    [` ${CALL}`, ' ', [OSLO]],
    [`Sure: ${CALL}`, `Sure: ${CALL}`, []],
    ['{"city": "Umea"}', '{"city": "Umea"}', []],
    ['{"city": "Um', '{"city": "Um', []],
  ])('that is a brace: %s', (text, rest, calls) => {
    expect(parse(text, '{')).toEqual({ text: rest, calls });
  });
});

test.each([
  [`A fence: \`\`\`json\n${CALL}\n\`\`\``, '', [OSLO]],
  [`[TOOL_CALLS][${CALL}]`, '', [OSLO]],
  ['{"name": "undeclared", "arguments": {}}', '', [['undeclared', {}]]],
  [`{"outer": [${CALL}]}`, '', [OSLO]],
  ['{"name": "get_weather", "parameters": {}}', '{"name": "get_weather", "parameters": {}}', []],
  [
    '{"name": "get_weather", "arguments": {"city": "Oslo", }}',
    '{"name": "get_weather", "arguments": {"city": "Oslo", }}',
    [],
  ],
])('the parser without a tag: %s', (text, rest, calls) => {
  const create = () => createUntaggedToolCallParser({ name: 'name', arguments: 'arguments' });
  expect(outcome(text, create)).toEqual({ text: rest, calls });
});

describe('the parser of XML', () => {
  const tools = [
    { name: 'get_weather', parameters: { properties: { city: { type: 'string' }, days: { type: 'integer' } } } },
  ];
  const parse = (text: string) => outcome(text, () => createXmlToolCallParser({ tools }));
  const call = (city: string) =>
    `<tool_call>\n<function=get_weather>\n<parameter=city>\n${city}\n</parameter>\n<parameter=days>\n3\n</parameter>\n</function>\n</tool_call>`;

  test('finds calls, and drops the blanks around them', () => {
    expect(parse(`Look-ups.\n${call('Lund')}\n${call('Umea')}`)).toEqual({
      text: 'Look-ups.',
      calls: [
        ['get_weather', { city: 'Lund', days: 3 }],
        ['get_weather', { city: 'Umea', days: 3 }],
      ],
    });
  });

  test('leaves other text, and drops what is unfinished', () => {
    expect(parse('<function=get_weather>\n</function>')).toEqual({
      text: '<function=get_weather>\n</function>',
      calls: [],
    });
    expect(parse('<tool_call>\n<function=get')).toEqual({ text: '', calls: [] });
  });

  test('fails like an XML decoder', () => {
    expect(() =>
      parse('<tool_call>\n<function=get_weather>\n<parameter=city>\nBoras\n</function>\n</tool_call>'),
    ).toThrow('XML syntax error on line 5: element <parameter> closed by </function>');
  });
});

test.each([
  [
    '{{ if .ToolCalls }}{{ range .ToolCalls }}<tool_call>\n{"name": "{{ .Function.Name }}"}{{ end }}{{ end }}',
    '<tool_call>',
  ],
  ['{{ range .ToolCalls }}[TOOL_CALLS] [{"name": "{{ .Function.Name }}"}]{{ end }}', '[TOOL_CALLS] ['],
  ['{{ range .ToolCalls }}{"name": "{{ .Function.Name }}"}{{ end }}', '{'],
  ['{{ .Prompt }}', '{'],
])('the tag of %s', (template, tag) => {
  expect(toolCallTag(template)).toBe(tag);
});

test('the keys of a call are those of the template', () => {
  const template =
    '{{ range .ToolCalls }}{"tool": "{{ .Function.Name }}", "parameters": {{ .Function.Arguments }}}{{ end }}';
  expect(toolCallKeys(template)).toEqual({ name: 'tool', arguments: 'parameters' });
  expect(toolCallKeys('{{ .Prompt }}')).toEqual({ name: 'name', arguments: 'arguments' });
});
