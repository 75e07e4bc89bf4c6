import { readTaggedCalls } from '../grammar/tagged-call.ts';
import { readUntil } from '../grammar/read-until.ts';
import { typedValue } from '../grammar/typed-arguments.ts';
import type { ModelFamily } from '../model-family.ts';
import { itemSchema, propertySchema } from '../schema-types.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

/** M3 writes its namespace token before every tag. */
const NAMESPACE = ']<]minimax[>[';
const MAX_TAG_LENGTH = 256;
const MAX_DEPTH = 16;

/** MiniMax's XML (M2) and its elements with namespace tokens (M3). */
export const MINIMAX: ModelFamily = {
  id: 'minimax',
  models: 'MiniMax M2, M3',
  architectures: ['minimax'],
  grammar: [
    '`<minimax:tool_call><invoke name="NAME"><parameter name="KEY">VALUE</parameter></invoke></minimax:tool_call>` (M2)',
    '`<tool_call><invoke name="NAME"><KEY>VALUE</KEY></invoke></tool_call>`, with `]<]minimax[>[` before every tag; objects nest, items of lists are `<item>` (M3)',
  ],
  source: 'MiniMax-AI/MiniMax-M2.5#10, MiniMax-AI/MiniMax-M3#31, vllm-project/vllm-ascend#12815',
  syntaxes: [
    {
      opening: '<minimax:tool_call>',
      form: 'marked',
      label: '<minimax:tool_call>',
      read: (reader, tools) => readTaggedCalls(reader, tools, { closingTag: '</minimax:tool_call>' }),
    },
    { opening: `${NAMESPACE}<tool_call>`, form: 'marked', label: 'minimax', read: readSection },
    { opening: `${NAMESPACE}<invoke name="`, form: 'marked', label: 'minimax', read: readInvoke },
  ],
  closings: [
    '</minimax:tool_call>',
    NAMESPACE,
    ...['tool_call', 'invoke'].flatMap((tag) => [`${NAMESPACE}</${tag}>`, `${NAMESPACE}</${tag}`]),
  ],
  endTokens: [NAMESPACE, `${NAMESPACE}</tool_call>`, `${NAMESPACE}</tool_call`, '</minimax:tool_call>'],
  reasoning: [
    { opening: '<mm:think>', closings: ['</mm:think>'] },
    { opening: `${NAMESPACE}<mm:think>`, closings: [`${NAMESPACE}</mm:think>`] },
  ],
  samples: [
    {
      text: '<minimax:tool_call>\n<invoke name="get_weather">\n<parameter name="city">Oslo</parameter>\n</invoke>\n<invoke name="list_dir">\n</invoke>\n</minimax:tool_call>',
      calls: [
        ['get_weather', { city: 'Oslo' }],
        ['list_dir', {}],
      ],
    },
    {
      text: 'I look.]<]minimax[>[<tool_call>\n]<]minimax[>[<invoke name="get_weather">]<]minimax[>[<city>Oslo]<]minimax[>[</city>]<]minimax[>[<days>3]<]minimax[>[</days>]<]minimax[>[</invoke>\n]<]minimax[>[</tool_call>',
      calls: [['get_weather', { city: 'Oslo', days: 3 }]],
      rest: 'I look.',
    },
    { text: '<mm:think>A sum.</mm:think>Four.', reasoning: 'A sum.', rest: 'Four.' },
  ],
};

function* readSection(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  const { word } = yield* readWord(reader, [`${NAMESPACE}<invoke name="`]);
  return word === undefined ? undefined : yield* readInvoke(reader, tools);
}

function* readInvoke(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const name = yield* readWhile(reader, /[^">\n]/y, tools.maxNameLength);
  const tool = tools.get(name);
  if (!tool || (yield* readWord(reader, ['">'])).word === undefined) return undefined;
  const value = yield* readContent(reader, { closing: 'invoke', schema: tool.parameters, depth: 0 });
  if (value === NO_VALUE) return undefined;
  return [{ name: tool.name, argumentsText: JSON.stringify(value === '' ? {} : value) }];
}

/** Represents a value that could not be read. It is not a JSON value. */
const NO_VALUE = Symbol('no value');

interface Element {
  /** The name of its closing tag. */
  readonly closing: string;
  readonly schema: unknown;
  readonly depth: number;
}

/** Reads the inside of an element, up to and with its closing tag: text, or further elements. */
function* readContent(reader: TextReader, { closing, schema, depth }: Element): Parse<unknown> {
  const members: [string, unknown][] = [];
  let text = '';
  if (depth > MAX_DEPTH) return NO_VALUE;
  for (;;) {
    const before = yield* readUntil(reader, { first: ']', ends: [NAMESPACE] });
    if (!before) return NO_VALUE;
    text += before.text;
    const tag = yield* readTag(reader);
    if (tag === `/${closing}`) break;
    if (tag === undefined || tag.startsWith('/')) return NO_VALUE;
    const inner = depth > 0 && tag === 'item' ? itemSchema(schema) : propertySchema(schema, tag);
    // Only keys of the tool are arguments.
    if (depth === 0 && inner === undefined) return NO_VALUE;
    const value: unknown = yield* readContent(reader, { closing: tag, schema: inner, depth: depth + 1 });
    if (value === NO_VALUE) return NO_VALUE;
    members.push([tag, value]);
  }
  if (members.length === 0) return depth === 0 ? '' : typedValue(text, schema);
  const isList = members.every(([tag]) => tag === 'item') && propertySchema(schema, 'item') === undefined;
  return isList && depth > 0 ? members.map(([, value]) => value) : Object.fromEntries(members);
}

/** Reads `<KEY>` or `</KEY>`; the `>` of a closing tag may be missing. */
function* readTag(reader: TextReader): Parse<string | undefined> {
  while (reader.starved) yield;
  if (reader.peek() !== '<') return undefined;
  reader.advance();
  const tag = yield* readWhile(reader, /[/\w.:-]/y, MAX_TAG_LENGTH);
  if (reader.peek() === '>') reader.advance();
  else if (!tag.startsWith('/')) return undefined;
  return tag;
}
