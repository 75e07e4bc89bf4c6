import { readRawValue } from '../grammar/json-value.ts';
import type { ModelFamily } from '../model-family.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

/** Apertus of the Swiss AI Initiative: the name is the key. */
export const APERTUS: ModelFamily = {
  id: 'apertus',
  models: 'Apertus',
  architectures: ['apertus'],
  grammar: ['`<|tools_prefix|>[{"NAME": JSON}, …]<|tools_suffix|>`'],
  source: "llama.cpp's tests of Apertus",
  syntaxes: [{ opening: '<|tools_prefix|>', form: 'marked', label: '<|tools_prefix|>', read: readNamedObjects }],
  closings: ['<|tools_suffix|>'],
  reasoning: [{ opening: '<|inner_prefix|>', closings: ['<|inner_suffix|>'] }],
  samples: [
    {
      text: '<|inner_prefix|>A lookup.<|inner_suffix|><|tools_prefix|>[{"get_weather": {"city": "Oslo"}}, {"list_dir": {}}]<|tools_suffix|>',
      reasoning: 'A lookup.',
      calls: [
        ['get_weather', { city: 'Oslo' }],
        ['list_dir', {}],
      ],
    },
  ],
};

function* readNamedObjects(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const calls: FoundCall[] = [];
  yield* readBlanks(reader);
  if ((yield* readWord(reader, ['['])).word === undefined) return undefined;
  for (;;) {
    yield* readWhile(reader, /[\s,]+/y);
    if (reader.peek() === ']' && calls.length > 0) {
      reader.advance();
      return calls;
    }
    const { word } = yield* readWord(
      reader,
      tools.names.map((name) => `{"${name}":`),
    );
    yield* readBlanks(reader);
    if (word === undefined || reader.peek() !== '{') return undefined;
    const value = yield* readRawValue(reader);
    yield* readBlanks(reader);
    if (value.end !== 'whole' || reader.peek() !== '}') return undefined;
    reader.advance();
    calls.push({ name: word.slice(2, -2), argumentsText: value.text });
  }
}
