import { readFunctionBody } from '../grammar/function-xml.ts';
import { XML_NOTATION } from '../grammar/xml-parameters.ts';
import { isJsonObject, parseJson } from '../json.ts';
import type { ModelFamily, ToolCallSyntax } from '../model-family.ts';
import { hasProperties } from '../schema-types.ts';
import { readBlanks, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

const FIRST_PARAMETER = ['<parameter='];

/** Mistakes of Qwen 3.5 and 3.6, beside the form of `tags`: the name of the tool is in the place of another tag. */
export const QWEN: ModelFamily = {
  id: 'qwen',
  models: 'Qwen 3.5, Qwen 3.6',
  architectures: ['qwen'],
  grammar: [
    '`<parameter=NAME><parameter=KEY>VALUE</parameter></function>`',
    '`<NAME><parameter=KEY>VALUE</parameter></NAME>`',
  ],
  source: 'signalnine/q27#24, unslothai/unsloth#5735',
  syntaxes: [nameInPlaceOf((name) => `<parameter=${name}>`), nameInPlaceOf((name) => `<${name}>`)],
  samples: [
    {
      text: '<parameter=get_weather>\n<parameter=city>\nOslo\n</parameter>\n</function>\n',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<get_weather>\n<parameter=city>\nOslo\n</parameter>\n</get_weather>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
  ],
};

/** Nothing but the name marks such a call, so it must have a parameter and an end, and only keys of its tool. */
function nameInPlaceOf(opening: (name: string) => string): ToolCallSyntax {
  return {
    opening: (name) => [opening(name)],
    form: 'bare',
    label: opening('…'),
    read: (reader, tools) => readCall(reader, { tools, opening }),
  };
}

function* readCall(
  reader: TextReader,
  { tools, opening }: { readonly tools: ToolIndex; readonly opening: (name: string) => string },
): Parse<readonly FoundCall[] | undefined> {
  const name = tools.names.find((each) => reader.text.slice(0, reader.offset).endsWith(opening(each)));
  const tool = name === undefined ? undefined : tools.get(name);
  yield* readBlanks(reader);
  const start = reader.offset;
  const { word } = yield* readWord(reader, FIRST_PARAMETER);
  if (!tool || word === undefined) return undefined;
  reader.rewind(reader.offset - start);
  const notation = { ...XML_NOTATION, callEnds: [...XML_NOTATION.callEnds, `</${tool.name}>`] };
  const calls = yield* readFunctionBody(reader, tool, notation);
  const end = reader.text.slice(0, reader.offset).trimEnd();
  const isClosed = [...notation.callEnds, ...notation.sectionEnds].some((tag) => end.endsWith(tag));
  const args = parseJson(calls?.[0]?.argumentsText ?? '');
  return isClosed && isJsonObject(args) && hasProperties(tool.parameters, Object.keys(args)) ? calls : undefined;
}
