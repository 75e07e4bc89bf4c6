import { isJsonObject } from './json.ts';

const NO_TYPES: ReadonlySet<string> = new Set();
const DEEPEST = 8;

/** The types that a JSON Schema allows at its top, `anyOf` and `oneOf` included; empty when it does not say. */
export function schemaTypes(schema: unknown, depth = 0): ReadonlySet<string> {
  if (!isJsonObject(schema) || depth > DEEPEST) return NO_TYPES;
  const { type, anyOf, oneOf } = schema;
  if (typeof type === 'string') return new Set([type]);
  if (Array.isArray(type)) return new Set(type.filter((entry) => typeof entry === 'string'));
  const branches = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [];
  return new Set(branches.flatMap((branch) => [...schemaTypes(branch, depth + 1)]));
}

/** The schema that an object's schema gives to one of its keys. */
export function propertySchema(schema: unknown, key: string): unknown {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  return isJsonObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
}
