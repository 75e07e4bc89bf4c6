import * as v from 'valibot';

type Schema = v.GenericSchema;

/** Metadata of a key; see `SettingNotes`. */
export interface KeyNotes {
  secret: boolean;
  unused: boolean;
}

/** The allowed keys of an object, or undefined if any key is allowed. */
export function knownKeys(schema: Schema): readonly string[] | undefined {
  const shape = unwrap(schema);
  if (isUnion(shape)) return shape.options.map(knownKeys).find((keys) => keys !== undefined);
  return isStrictObject(shape) ? Object.keys(shape.entries) : undefined;
}

/** Whether an object is a section of the original OpenClaw, which has other keys in other releases. */
export function isShared(schema: Schema): boolean {
  return (knownKeys(schema) ?? []).some((key) => {
    const child = childSchema(schema, key);
    return child !== undefined && notesOf(child).unused;
  });
}

/** The schema of a key or an index, or undefined if it is not allowed. */
export function childSchema(schema: Schema, key: string): Schema | undefined {
  const shape = unwrap(schema);
  if (isUnion(shape))
    return shape.options.map((option) => childSchema(option, key)).find((child) => child !== undefined);
  if (isStrictObject(shape)) return own(shape.entries, key);
  if (isObjectWithRest(shape)) return own(shape.entries, key) ?? shape.rest;
  if (isRecord(shape)) return shape.value;
  if (isArray(shape)) return /^\d+$/.test(key) ? shape.item : undefined;
  return shape.type === 'unknown' ? shape : undefined;
}

export function notesOf(schema: Schema): KeyNotes {
  const known = notes.get(schema);
  if (known) return known;
  const metadata = v.getMetadata(isOptional(schema) ? schema.wrapped : schema);
  const found = { secret: metadata['x-secret'] === true, unused: metadata['x-unused'] === true };
  notes.set(schema, found);
  return found;
}

/** What documentation says of a key. */
export function describeSchema(schema: Schema): { description: string | undefined; default: unknown } {
  const { description } = v.getMetadata(isOptional(schema) ? schema.wrapped : schema);
  return {
    description: typeof description === 'string' ? description : undefined,
    default: isOptional(schema) ? v.getDefault(schema) : undefined,
  };
}

/** Cached: valibot searches the whole pipe each time, and every key of a file is looked up. */
const notes = new WeakMap<Schema, KeyNotes>();

/** The schema at a path, or undefined if the path is not allowed. */
export function schemaAt(schema: Schema, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((at, key) => at && childSchema(at, key), schema);
}

/** Whether the schema requires an object. Valibot accepts a list as an object without known keys. */
export function refusesLists(schema: Schema): boolean {
  const shape = unwrap(schema);
  const options = isUnion(shape) ? shape.options.map(unwrap) : [shape];
  return options.some((option) => isKeyed(option)) && !options.some((option) => isArray(option));
}

/** Whether the schema at a path is a list. */
export function isListAt(schema: Schema, path: readonly string[]): boolean {
  const at = schemaAt(schema, path);
  return at !== undefined && isArray(unwrap(at));
}

function unwrap(schema: Schema): Schema {
  return isOptional(schema) ? unwrap(schema.wrapped) : schema;
}

function own(entries: v.ObjectEntries, key: string): Schema | undefined {
  const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
  return entry && isSynchronous(entry) ? entry : undefined;
}

// Valibot's schemas have a `type`; these guards narrow the TypeScript type.
const isSynchronous = (schema: { async: boolean }): schema is Schema => !schema.async;
const isOptional = (schema: Schema): schema is v.ExactOptionalSchema<Schema, undefined> =>
  schema.type === 'exact_optional';
const isKeyed = (schema: Schema): boolean => isStrictObject(schema) || isObjectWithRest(schema) || isRecord(schema);
const isUnion = (schema: Schema): schema is v.UnionSchema<Schema[], undefined> => schema.type === 'union';
const isArray = (schema: Schema): schema is v.ArraySchema<Schema, undefined> => schema.type === 'array';
const isRecord = (schema: Schema): schema is v.RecordSchema<v.GenericSchema<string>, Schema, undefined> =>
  schema.type === 'record';
const isStrictObject = (schema: Schema): schema is v.StrictObjectSchema<v.ObjectEntries, undefined> =>
  schema.type === 'strict_object';
const isObjectWithRest = (schema: Schema): schema is v.ObjectWithRestSchema<v.ObjectEntries, Schema, undefined> =>
  schema.type === 'object_with_rest';
