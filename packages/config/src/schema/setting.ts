import * as v from 'valibot';

/** What the schema knows about a key besides its type; it travels into the JSON Schema as `x-secret` and `x-unused`. */
export interface SettingNotes {
  /** Never shown: `***` in listings, refused as a value when masked. */
  secret?: true;
  /** A key of the original OpenClaw that this product accepts and ignores, with a warning. */
  unused?: true;
  /** Values worth trying first, shown by editors. */
  examples?: unknown[];
}

/** A key that may be left out and has no default of its own. */
export function setting<const Schema extends v.GenericSchema>(
  schema: Schema,
  description: string,
  notes: SettingNotes = {},
): v.ExactOptionalSchema<Described<Schema>, undefined> {
  return v.exactOptional(described(schema, description, notes));
}

/** The types a schema reads and gives, without the rest of what valibot knows: it would make the declarations ten times as long. */
export type Described<Schema extends v.GenericSchema> = v.GenericSchema<v.InferInput<Schema>, v.InferOutput<Schema>>;

/** Attaches the words of the documentation to a schema, wherever it stands. */
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

/** Keys of the original OpenClaw that load without an error and do nothing here, so that nobody has to edit a file to try this product. */
export function unusedSettings<const Key extends string>(keys: readonly Key[]): Record<Key, typeof unusedSetting> {
  return v.entriesFromList(keys, unusedSetting);
}

const unusedSetting = setting(v.unknown(), 'Accepted for compatibility, not used by this product.', { unused: true });

/** A duration, a count or a size: a whole number above zero. */
export const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A duration or a count that may be switched off with 0. */
export const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
