import * as v from 'valibot';

/** Metadata of a key, which the JSON Schema has as `x-secret` and `x-unused`. */
export interface SettingNotes {
  /** A secret: shown as `***`, and the mask is rejected as a value. */
  secret?: true;
  /** A key of the original OpenClaw that this product accepts and ignores, with a warning. */
  unused?: true;
  /** Examples, shown by editors. */
  examples?: unknown[];
}

/** An optional key without a default. */
export function setting<const Schema extends v.GenericSchema>(
  schema: Schema,
  description: string,
  notes: SettingNotes = {},
): v.ExactOptionalSchema<Described<Schema>, undefined> {
  return v.exactOptional(described(schema, description, notes));
}

/**
 * The input and output types of a schema without valibot's other type information, which would make the declarations
 * ten times as long.
 */
export type Described<Schema extends v.GenericSchema> = v.GenericSchema<v.InferInput<Schema>, v.InferOutput<Schema>>;

/** Adds a description to a schema. */
export function described<const Schema extends v.GenericSchema>(
  schema: Schema,
  description: string,
  { secret, unused, examples }: SettingNotes = {},
): Described<Schema> {
  return v.pipe(
    schema,
    v.metadata({
      description,
      ...(secret && { 'x-secret': true }),
      ...(unused && { 'x-unused': true }),
      ...(examples && { examples }),
    }),
  );
}

/** Keys of the original OpenClaw that are accepted without effect, so that existing files load unchanged. */
export function unusedSettings<const Key extends string>(keys: readonly Key[]): Record<Key, typeof unusedSetting> {
  return v.entriesFromList(keys, unusedSetting);
}

const unusedSetting = setting(v.unknown(), 'Accepted for compatibility, not used by this product.', { unused: true });

/** A duration, a count or a size: a whole number above zero. */
export const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A duration or a count that may be switched off with 0. */
export const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
