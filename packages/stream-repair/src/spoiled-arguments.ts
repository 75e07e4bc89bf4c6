import type { ToolDefinition } from '@openclaw/provider';
import { readParameters, XML_NOTATION } from './grammar/xml-parameters.ts';
import { typedArguments } from './grammar/typed-arguments.ts';
import { isJsonObject, parseJson } from './json.ts';
import { hasProperties } from './schema-types.ts';
import { createTextReader } from './text-reader.ts';

/** How many places are tried as the start of arguments that were sent again. */
const MAX_STARTS = 64;

/**
 * The JSON of arguments that a server spoiled in a way that can be undone exactly: sent twice, begun anew, without their
 * first characters, as XML. `undefined` for all others.
 */
export function undoSpoiledArguments(text: string, tool: ToolDefinition | undefined): string | undefined {
  return withoutRepetition(text) ?? withoutLostBeginning(text, tool) ?? fromXml(text, tool);
}

/** A whole object at the end, if the text before it equals it or is a start of it, blanks aside. */
function withoutRepetition(text: string): string | undefined {
  let start = text.indexOf('{', 1);
  for (let tried = 0; start !== -1 && tried < MAX_STARTS; tried += 1) {
    const again = text.slice(start);
    const before = text.slice(0, start);
    // What is repeated is about half of the text, or more.
    if (again.length * 3 < text.length) return undefined;
    if (withoutBlanks(again).startsWith(withoutBlanks(before)) && isJsonObject(parseJson(again))) return again;
    start = text.indexOf('{', start + 1);
  }
  return undefined;
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** Servers lose the chunk with `{"`, or with `{`. */
function withoutLostBeginning(text: string, tool: ToolDefinition | undefined): string | undefined {
  return ['{"', '{']
    .map((lost) => lost + text)
    .find((whole) => {
      const value = parseJson(whole);
      return isJsonObject(value) && tool !== undefined && hasProperties(tool.parameters, Object.keys(value));
    });
}

/** `<parameter=key>value</parameter>`, as LM Studio sends it. */
function fromXml(text: string, tool: ToolDefinition | undefined): string | undefined {
  if (!/^\s*<(?:parameter|param)[ =]/.test(text)) return undefined;
  const reader = createTextReader();
  reader.give(text.trimStart());
  reader.end(false);
  const step = readParameters(reader, XML_NOTATION).next();
  const read = step.done === true ? step.value : undefined;
  const rest = reader.text.slice(reader.offset).trim();
  return read && (rest === '' || rest === '</tool_call>') ? typedArguments(read.written, tool?.parameters) : undefined;
}
