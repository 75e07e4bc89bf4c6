import { missingParameter, propertyNames } from '../schema-types.ts';
import { readBlanks, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';
import { readUntil } from './read-until.ts';
import { typedArguments } from './typed-arguments.ts';
import type { WrittenArgument } from './typed-arguments.ts';

/**
 * Reads the text after `<function_call>`: `<invoke_name>NAME</invoke_name>`, then `<parameters>` with one element for each
 * key of the tool, up to and with the closing tags.
 */
export function* readInvokeName(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if ((yield* readWord(reader, ['<invoke_name>'])).word === undefined) return undefined;
  const { word: name } = yield* readWord(reader, tools.names);
  if (name === undefined || (yield* readWord(reader, ['</invoke_name>'])).word === undefined) return undefined;
  yield* readBlanks(reader);
  if ((yield* readWord(reader, ['<parameters>'])).word === undefined) return undefined;
  const parameters = tools.get(name)?.parameters;
  const keys = propertyNames(parameters).map((key) => `<${key}>`);
  const written: WrittenArgument[] = [];
  for (;;) {
    yield* readBlanks(reader);
    const { word } = yield* readWord(reader, [...keys, '</parameters>']);
    if (word === undefined) return undefined;
    if (word === '</parameters>') break;
    const key = word.slice(1, -1);
    const value = yield* readUntil(reader, { first: '<', ends: [`</${key}>`] });
    if (!value) return undefined;
    written.push({ key, text: value.text });
  }
  yield* readBlanks(reader);
  if ((yield* readWord(reader, ['</function_call>'])).word === undefined) return undefined;
  const given = written.map(({ key }) => key);
  if (missingParameter(parameters, given) !== undefined) return undefined;
  return [{ name, argumentsText: typedArguments(written, parameters) }];
}
