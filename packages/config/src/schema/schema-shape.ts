import * as v from 'valibot';

type Schema = v.GenericSchema;

/** What is known about a key apart from its type; see `SettingNotes`. */
export interface KeyNotes {
  secret: boolean;
  unused: boolean;
}

/** The keys an object may have, or undefined when any key will do. */
export function knownKeys(schema: Schema): readonly string[] | undefined {
  const shape = unwrap(schema);
  if (isUnion(shape)) return shape.options.map(knownKeys).find((keys) => keys !== undefined);
  return isStrictObject(shape) ? Object.keys(shape.entries) : undefined;
}

/** The schema of what stands under a key or an index, or undefined when nothing may. */
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

/** Valibot searches the whole pipe each time, and every key of a file is looked up. */
const notes = new WeakMap<Schema, KeyNotes>();

/** The schema at the end of a path, or undefined when the schema has no such place. */
export function schemaAt(schema: Schema, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((at, key) => at && childSchema(at, key), schema);
}

/** Whether objects belong where the schema stands and lists do not. Valibot takes a list for an object without known keys. */
export function refusesLists(schema: Schema): boolean {
  const shape = unwrap(schema);
  const options = isUnion(shape) ? shape.options.map(unwrap) : [shape];
  return options.some((option) => isKeyed(option)) && !options.some((option) => isArray(option));
}

/** Whether a list belongs at the end of a path. */
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

// Valibot describes its schemas by `type`; these guards say so to the compiler.
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
