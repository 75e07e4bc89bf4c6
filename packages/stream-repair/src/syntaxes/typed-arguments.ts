import { parseJson } from '../json.ts';
import { propertySchema, schemaTypes } from '../schema-types.ts';

/** Makes JSON of arguments that were written as texts under their keys, by the types that the tool's schema gives them. */
export function typedArguments(texts: readonly (readonly [key: string, text: string])[], parameters: unknown): string {
  const values = texts.map(([key, text]) => [key, typedValue(text, propertySchema(parameters, key))]);
  return JSON.stringify(Object.fromEntries(values));
}

/** Text stays text unless the schema wants something else and the text is exactly that. */
function typedValue(text: string, schema: unknown): unknown {
  const types = schemaTypes(schema);
  if (types.size === 0 || types.has('string')) return text;
  const literal = text.trim();
  const value = parseJson(PYTHON_WORDS[literal] ?? literal);
  return value === undefined ? text : value;
}

const PYTHON_WORDS: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };
