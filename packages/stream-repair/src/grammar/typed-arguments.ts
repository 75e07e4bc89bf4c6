import { parseJson, parseRepairedJson } from '../json.ts';
import { propertySchema, schemaTypes } from '../schema-types.ts';

/** An argument that was written as text. */
export interface WrittenArgument {
  readonly key: string;
  readonly text: string;
  /** The type that the notation itself gives: text as it is, or JSON. Without it the schema decides. */
  readonly type?: 'text' | 'json' | undefined;
}

/** Converts arguments that were written as text to JSON, by their notation and the types of the tool's schema. */
export function typedArguments(written: readonly WrittenArgument[], parameters: unknown): string {
  const values = written.map(({ key, text, type }) => [
    key,
    type === 'text' ? text : type === 'json' ? jsonValue(text) : typedValue(text, propertySchema(parameters, key)),
  ]);
  return JSON.stringify(Object.fromEntries(values));
}

/** Text stays text unless the schema allows another type and the text represents exactly that. */
export function typedValue(text: string, schema: unknown): unknown {
  const types = schemaTypes(schema);
  if (types.size === 0 || (types.size === 1 && types.has('string'))) return text;
  const value = jsonValue(text);
  return types.has('string') && !isOfType(value, types) ? text : value;
}

/** The value of a JSON or Python literal; any other text is itself. */
function jsonValue(text: string): unknown {
  const literal = text.trim();
  const value =
    parseJson(PYTHON_WORDS[literal] ?? literal) ?? (literal === 'null' || literal === 'None' ? null : undefined);
  if (value !== undefined) return typeof value === 'number' && isLong(literal) ? text : value;
  const repaired = /^[[{]/.test(literal) ? parseRepairedJson(literal) : undefined;
  return repaired ?? text;
}

const PYTHON_WORDS: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };

/** A number with more digits than a double would change. */
function isLong(literal: string): boolean {
  return literal.replaceAll(/\D/g, '').length > 15;
}

function isOfType(value: unknown, types: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return false;
  if (value === null) return types.has('null');
  if (Array.isArray(value)) return types.has('array');
  if (typeof value === 'number') return types.has('number') || (types.has('integer') && Number.isSafeInteger(value));
  return types.has(typeof value);
}
