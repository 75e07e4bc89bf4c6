import { readRawValue } from '../grammar/json-value.ts';
import { readUntil } from '../grammar/read-until.ts';
import { typedArguments } from '../grammar/typed-arguments.ts';
import type { WrittenArgument } from '../grammar/typed-arguments.ts';
import type { ModelFamily } from '../model-family.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

const CALL_BEGIN = '<|tool_call_begin|>';
const ARGUMENT_BEGIN = '<|tool_call_argument_begin|>';
const NAMESPACE = 'functions.';
const K3_CALL = '<|open|>call ';
const K3_ARGUMENT = '<|open|>argument ';
const K3_CALL_END = '<|close|>call<|sep|>';
const K3_TAGS = [K3_ARGUMENT, K3_CALL_END];
const SEPARATOR = '<|sep|>';

/** Kimi's tokens (K2) and elements (K3). */
export const KIMI: ModelFamily = {
  id: 'kimi',
  models: 'Kimi K2, K3',
  architectures: ['kimi'],
  grammar: [
    '`<|tool_calls_section_begin|><|tool_call_begin|>functions.NAME:0<|tool_call_argument_begin|>JSON<|tool_call_end|><|tool_calls_section_end|>` (K2)',
    '`NAME:0<|tool_call_argument_begin|>JSON` at the start of a line: the server removed the opening tokens (K2)',
    '`<|open|>tools<|sep|><|open|>call tool="NAME" index="1"<|sep|><|open|>argument key="KEY" type="string"<|sep|>VALUE<|close|>argument<|sep|><|close|>call<|sep|><|close|>tools<|sep|>` (K3)',
  ],
  source: 'NousResearch/hermes-agent#24534, #73491, typeclaw/typeclaw#344, can1357/oh-my-pi#8495',
  syntaxes: [
    {
      opening: ['<|tool_calls_section_begin|>', '<|tool_call_section_begin|>'],
      form: 'marked',
      label: '<|tool_calls_section_begin|>',
      read: readSection,
    },
    { opening: CALL_BEGIN, form: 'marked', label: CALL_BEGIN, read: readCall },
    {
      opening: (name) => [`${NAMESPACE}${name}:`, `${name}:`],
      form: 'marked',
      label: ARGUMENT_BEGIN,
      read: readCallWithoutOpening,
    },
    { opening: '<|open|>tools<|sep|>', form: 'marked', label: '<|open|>tools', read: readK3Section },
    { opening: K3_CALL, form: 'marked', label: K3_CALL, read: readK3Call },
  ],
  closings: [
    '<|tool_call_end|>',
    '<|tool_calls_section_end|>',
    '<|tool_call_section_end|>',
    K3_CALL_END,
    '<|close|>tools<|sep|>',
    '<|close|>message<|sep|>',
  ],
  reasoning: [{ opening: '<|open|>think<|sep|>', closings: ['<|close|>think<|sep|>'] }],
  answer: [
    {
      opening: '<|open|>response<|sep|>',
      closings: ['<|close|>response<|sep|>', '<|close|>message<|sep|>'],
      closesAlone: true,
    },
  ],
  samples: [
    {
      text: '<|tool_calls_section_begin|><|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{"city": "Oslo"}<|tool_call_end|><|tool_call_begin|>functions.list_dir:1<|tool_call_argument_begin|>{}<|tool_call_end|><|tool_calls_section_end|>',
      calls: [
        ['get_weather', { city: 'Oslo' }],
        ['list_dir', {}],
      ],
    },
    {
      text: 'get_weather:0<|tool_call_argument_begin|>{"city": "Oslo"}<|tool_call_end|><|tool_calls_section_end|>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<|open|>think<|sep|>A lookup.<|close|>think<|sep|><|open|>response<|sep|>I look.<|close|>response<|sep|><|open|>tools<|sep|><|open|>call tool="get_weather" index="1"<|sep|><|open|>argument key="city" type="string"<|sep|>Oslo<|close|>argument<|sep|><|open|>argument key="days" type="number"<|sep|>3<|close|>argument<|sep|><|close|>call<|sep|><|close|>tools<|sep|><|close|>message<|sep|>',
      reasoning: 'A lookup.',
      rest: 'I look.',
      calls: [['get_weather', { city: 'Oslo', days: 3 }]],
    },
    { text: '<|open|>response<|sep|>Four.<|close|>response<|sep|><|close|>message<|sep|>', rest: 'Four.' },
  ],
};

function* readSection(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  const { word } = yield* readWord(reader, [CALL_BEGIN]);
  return word === undefined ? undefined : yield* readCall(reader, tools);
}

/** Reads the text after the token that opens one call. `functions.NAME:N` is its id, too. */
function* readCall(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  yield* readWord(reader, [NAMESPACE]);
  const { word: name } = yield* readWord(reader, tools.names);
  if (name === undefined) return undefined;
  const { word: colon } = yield* readWord(reader, [':']);
  return yield* readRestOfCall(reader, { name, hasIndex: colon !== undefined });
}

function* readCallWithoutOpening(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const opening = reader.text.slice(0, reader.offset - 1);
  const name = tools.names.filter((each) => opening.endsWith(each)).toSorted((a, b) => b.length - a.length)[0];
  return name === undefined ? undefined : yield* readRestOfCall(reader, { name, hasIndex: true });
}

function* readRestOfCall(
  reader: TextReader,
  { name, hasIndex }: { readonly name: string; readonly hasIndex: boolean },
): Parse<readonly FoundCall[] | undefined> {
  const index = hasIndex ? yield* readWhile(reader, /\d/y, 8) : '';
  if (hasIndex && index === '') return undefined;
  yield* readBlanks(reader);
  if ((yield* readWord(reader, [ARGUMENT_BEGIN])).word === undefined) return undefined;
  yield* readBlanks(reader);
  if (reader.peek() !== '{') return undefined;
  const value = yield* readRawValue(reader);
  if (value.end !== 'whole') return undefined;
  return [{ name, argumentsText: value.text, ...(hasIndex && { id: `${NAMESPACE}${name}:${index}` }) }];
}

function* readK3Section(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  const { word } = yield* readWord(reader, [K3_CALL]);
  return word === undefined ? undefined : yield* readK3Call(reader, tools);
}

function* readK3Call(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const name = attribute(yield* readUntil(reader, { first: '<', ends: [SEPARATOR] }), 'tool');
  const tool = name === undefined ? undefined : tools.get(name);
  if (!tool) return undefined;
  const written: WrittenArgument[] = [];
  for (;;) {
    yield* readBlanks(reader);
    const { word } = yield* readWord(reader, K3_TAGS);
    if (word === K3_CALL_END) return [{ name: tool.name, argumentsText: typedArguments(written, tool.parameters) }];
    if (word === undefined) return undefined;
    const header = yield* readUntil(reader, { first: '<', ends: [SEPARATOR] });
    const key = attribute(header, 'key');
    const value = yield* readUntil(reader, { first: '<', ends: ['<|close|>argument<|sep|>'] });
    if (key === undefined || !value) return undefined;
    const type = attribute(header, 'type');
    written.push({ key, text: value.text, type: type === undefined ? undefined : type === 'string' ? 'text' : 'json' });
  }
}

function attribute(header: { readonly text: string } | undefined, name: string): string | undefined {
  return header && new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(header.text)?.[1];
}
