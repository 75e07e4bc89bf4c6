import { isJsonObject, parseJson } from '../json.ts';
import { propertyNames } from '../schema-types.ts';
import { readBlanks, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readJsonCalls } from './json-call.ts';
import { readRawValue } from './json-value.ts';

const KEYS = ['"tool_calls"', '"content"', '"role"', '"finish_reason"'];

/**
 * Reads the text after the `{` of a message in OpenAI's form: `{"tool_calls": […], "content": "…"}`. It must be whole,
 * and its calls must have only keys of their tools. The content is text of the answer.
 */
export function* readToolCallsEnvelope(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  let calls: readonly FoundCall[] | undefined;
  let text = '';
  for (;;) {
    yield* readBlanks(reader);
    const { word: key } = yield* readWord(reader, KEYS);
    yield* readBlanks(reader);
    if (key === undefined || reader.peek() !== ':') return undefined;
    reader.advance();
    yield* readBlanks(reader);
    if (key === '"tool_calls"') {
      const found =
        reader.peek() === '[' ? yield* readJsonCalls(reader, tools, { argumentsOptional: true }) : 'foreign';
      if (typeof found === 'string' || !found.every((call) => hasKnownKeys(call, tools))) return undefined;
      calls = found;
    } else {
      const value = yield* readRawValue(reader);
      const said = value.end === 'whole' ? parseJson(value.text) : undefined;
      if (typeof said !== 'string' && said !== null) return undefined;
      if (key === '"content"') text = said ?? '';
    }
    yield* readBlanks(reader);
    const mark = reader.peek();
    if (mark !== ',' && mark !== '}') return undefined;
    reader.advance();
    if (mark === ',') continue;
    return calls?.map((call, index) => (index === 0 && text !== '' ? { ...call, text } : call));
  }
}

function hasKnownKeys({ name, argumentsText }: FoundCall, tools: ToolIndex): boolean {
  const known = propertyNames(tools.get(name)?.parameters);
  const value = parseJson(argumentsText);
  return isJsonObject(value) && Object.keys(value).every((key) => known.includes(key));
}
