import { parseJson } from '../json.ts';
import { propertySchema, schemaTypes } from '../schema-types.ts';

/** Converts arguments that were written as text to JSON, by the types of the tool's schema. */
export function typedArguments(texts: readonly (readonly [key: string, text: string])[], parameters: unknown): string {
  const values = texts.map(([key, text]) => [key, typedValue(text, propertySchema(parameters, key))]);
  return JSON.stringify(Object.fromEntries(values));
}

/** Text stays text unless the schema requires another type and the text represents exactly that. */
function typedValue(text: string, schema: unknown): unknown {
  const types = schemaTypes(schema);
  if (types.size === 0 || types.has('string')) return text;
  const literal = text.trim();
  const value = parseJson(PYTHON_WORDS[literal] ?? literal);
  return value === undefined ? text : value;
}

const PYTHON_WORDS: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };
