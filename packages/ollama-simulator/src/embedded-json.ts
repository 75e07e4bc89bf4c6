import { isJsonObject, type JsonObject } from './json-value.ts';
import { parseJson } from './parse-body.ts';

/** A JSON object inside a text, and the position after it. */
export interface EmbeddedObject {
  value: JsonObject;
  end: number;
}

/** The first valid JSON object in a text, from a position on. Objects that are not valid JSON are passed over. */
export function findObject(text: string, { from = 0 }: { from?: number } = {}): EmbeddedObject | undefined {
  for (let start = text.indexOf('{', from); start >= 0; start = text.indexOf('{', start + 1)) {
    const end = endOfObject(text, start);
    if (end === undefined) continue;
    const parsed = parseJson(text.slice(start, end));
    if (parsed.valid && isJsonObject(parsed.value)) return { value: parsed.value, end };
  }
  return undefined;
}

/** Position after the brace that closes the one at `start`. Braces in JSON strings do not count. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let position = start; position < text.length; position += 1) {
    const character = text[position];
    if (inString && character === '\\') position += 1;
    else if (character === '"') inString = !inString;
    else if (inString) continue;
    else if (character === '{') depth += 1;
    else if (character === '}' && --depth === 0) return position + 1;
  }
  return undefined;
}
