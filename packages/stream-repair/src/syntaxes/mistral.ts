import { readJsonCalls } from '../grammar/json-call.ts';
import { readRawValue } from '../grammar/json-value.ts';
import type { ModelFamily } from '../model-family.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

/** Mistral's marker, and Magistral's reasoning. */
export const MISTRAL: ModelFamily = {
  id: 'mistral',
  models: 'Mistral, Magistral, Devstral',
  architectures: ['mistral', 'mixtral', 'pixtral'],
  grammar: ['`[TOOL_CALLS][JSON]`, `[TOOL_CALLS]JSON`', '`[TOOL_CALLS]NAME[ARGS]JSON`, with `[CALL_ID]` (since 2506)'],
  source: "Mistral's tokenizers",
  syntaxes: [{ opening: '[TOOL_CALLS]', form: 'marked', label: '[TOOL_CALLS]', read: readMistralCalls }],
  closings: ['[/TOOL_CALLS]', '</s>'],
  reasoning: [{ opening: '[THINK]', closings: ['[/THINK]'] }],
  samples: [
    {
      text: '[THINK]A lookup.[/THINK][TOOL_CALLS]get_weather[ARGS]{"city": "Oslo"}',
      reasoning: 'A lookup.',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '[TOOL_CALLS][{"name": "get_weather", "arguments": {"city": "Oslo"}}]',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
  ],
};

function* readMistralCalls(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if (reader.peek() === '{' || reader.peek() === '[') {
    const found = yield* readJsonCalls(reader, tools, { argumentsOptional: true });
    return typeof found === 'string' ? undefined : found;
  }
  const name = (yield* readWhile(reader, /[^[{\s]/y, tools.maxNameLength)).trim();
  if (!tools.get(name)) return undefined;
  yield* readBlanks(reader);
  let { read, word } = yield* readWord(reader, ['[CALL_ID]', '[ARGS]']);
  if (word === '[CALL_ID]') {
    yield* readWhile(reader, /[\w-]/y, 64);
    ({ read, word } = yield* readWord(reader, ['[ARGS]']));
  }
  if (word === undefined && read !== '') return undefined;
  yield* readBlanks(reader);
  if (reader.peek() !== '{') return undefined;
  const value = yield* readRawValue(reader);
  return value.end === 'whole' ? [{ name, argumentsText: value.text }] : undefined;
}
