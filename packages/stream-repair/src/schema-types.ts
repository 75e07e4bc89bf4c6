import { isJsonObject } from './json.ts';

const NO_TYPES: ReadonlySet<string> = new Set();
const MAX_DEPTH = 8;

/** The types that a JSON Schema allows at its top level, including `anyOf` and `oneOf`; empty if it has no type. */
export function schemaTypes(schema: unknown, depth = 0): ReadonlySet<string> {
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return NO_TYPES;
  const { type, anyOf, oneOf } = schema;
  if (typeof type === 'string') return new Set([type]);
  if (Array.isArray(type)) return new Set(type.filter((entry) => typeof entry === 'string'));
  const branches = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [];
  return new Set(branches.flatMap((branch) => [...schemaTypes(branch, depth + 1)]));
}

/** The schema of a property in the schema of an object. */
export function propertySchema(schema: unknown, key: string): unknown {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  return isJsonObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
}
