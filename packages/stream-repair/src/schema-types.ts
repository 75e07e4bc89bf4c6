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

/** The first required property of an object's schema that is not among the keys. */
export function missingParameter(schema: unknown, keys: readonly string[]): string | undefined {
  const required = isJsonObject(schema) ? schema['required'] : undefined;
  if (!Array.isArray(required)) return undefined;
  return required.filter((key) => typeof key === 'string').find((key) => !keys.includes(key));
}

/** Whether all keys are properties of an object's schema. */
export function hasProperties(schema: unknown, keys: readonly string[]): boolean {
  return keys.every((key) => propertySchema(schema, key) !== undefined);
}

/** The names of the properties in the schema of an object. */
export function propertyNames(schema: unknown): readonly string[] {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

/** The schema of the items in the schema of an array. */
export function itemSchema(schema: unknown): unknown {
  return isJsonObject(schema) ? schema['items'] : undefined;
}
