import { isJsonObject, parseJson, parseRepairedJson } from './json.ts';
import { schemaTypes } from './schema-types.ts';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;
const DOUBLE_DIGITS = 15;
const MAX_DEPTH = 32;

/**
 * Converts values to the types that a JSON Schema requires, where the conversion is lossless: `"5"` becomes 5, `"true"`
 * true, 5 `"5"`, the JSON of an object the object, one value a list of one. Other values are returned unchanged.
 */
export function coerceToSchema(value: unknown, schema: unknown): unknown {
  return coerce(value, { schema, root: schema, depth: 0 });
}

interface Place {
  readonly schema: unknown;
  readonly root: unknown;
  readonly depth: number;
}

function coerce(value: unknown, { schema: given, root, depth }: Place): unknown {
  const schema = resolve(given, root);
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return value;
  const below = (part: unknown, partSchema: unknown): unknown =>
    coerce(part, { schema: partSchema, root, depth: depth + 1 });

  const types = schemaTypes(schema);
  const retyped = types.size === 0 || types.has(typeOf(value)) ? value : toOneOf(types, value);
  const listed = types.has('array') && !types.has(typeOf(retyped)) && isScalar(retyped) ? [retyped] : retyped;

  if (Array.isArray(listed))
    return same(
      listed,
      listed.map((item) => below(item, schema['items'])),
      value,
    );
  if (isJsonObject(listed)) {
    const { properties } = schema;
    if (isJsonObject(properties)) {
      const entries = Object.entries(listed);
      const coerced = entries.map(([key, part]) =>
        Object.hasOwn(properties, key) ? below(part, properties[key]) : part,
      );
      const isSame = coerced.every((part, index) => part === entries[index]?.[1]);
      if (!isSame) return Object.fromEntries(entries.map(([key], index) => [key, coerced[index]]));
    }
  }
  const branches = [schema['anyOf'], schema['oneOf'], schema['allOf']].find((list) => Array.isArray(list)) ?? [];
  for (const branch of branches) {
    const coerced = below(listed, branch);
    if (coerced !== listed) return coerced;
  }
  return listed;
}

function same(list: readonly unknown[], coerced: readonly unknown[], value: unknown): unknown {
  if (!coerced.every((item, index) => item === list[index])) return coerced;
  return Array.isArray(value) ? value : list;
}

/** The value in the first of the types that represents it without loss. */
function toOneOf(types: ReadonlySet<string>, value: unknown): unknown {
  if (typeof value === 'string') return fromText(types, value);
  if (types.has('string') && (typeof value === 'boolean' || Number.isSafeInteger(value))) return String(value);
  return value;
}

function fromText(types: ReadonlySet<string>, text: string): unknown {
  const literal = text.trim();
  if ((types.has('number') || types.has('integer')) && isExactNumber(literal)) {
    const number = Number(literal);
    return types.has('number') || Number.isSafeInteger(number) ? number : text;
  }
  if (types.has('boolean') && /^(?:true|false)$/i.test(literal)) return literal.toLowerCase() === 'true';
  if (types.has('null') && literal === 'null') return null;
  const value = isBracketed(literal) ? (parseJson(literal) ?? parseRepairedJson(literal)) : undefined;
  return value !== undefined && types.has(typeOf(value)) ? value : text;
}

/** Text that may be a list or object: a list of it would not be what was meant. */
function isBracketed(literal: string): boolean {
  return /^[{[]/.test(literal);
}

function isExactNumber(literal: string): boolean {
  return (
    NUMBER.test(literal) && literal.replaceAll(/\D/g, '').length <= DOUBLE_DIGITS && Number.isFinite(Number(literal))
  );
}

function isScalar(value: unknown): boolean {
  return (
    (typeof value === 'string' && !isBracketed(value.trim())) ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    isJsonObject(value)
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Resolves a reference within the schema; at most eight in a row, since references may be circular. */
function resolve(schema: unknown, root: unknown): unknown {
  let resolved = schema;
  for (let steps = 0; steps < 8; steps += 1) {
    const reference: unknown = isJsonObject(resolved) ? resolved['$ref'] : undefined;
    if (typeof reference !== 'string' || !reference.startsWith('#')) return resolved;
    const path = reference.slice(1).split('/').slice(1);
    resolved = path.reduce<unknown>((at, key) => {
      const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
      return isJsonObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
    }, root);
  }
  return undefined;
}
