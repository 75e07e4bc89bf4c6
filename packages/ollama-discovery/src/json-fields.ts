/** A JSON object whose fields nobody has looked at. */
export type UnknownFields = Readonly<Record<string, unknown>>;

/** The value's fields when it is an object, none otherwise: what a server leaves out and what it gets wrong read the same. */
export function fieldsOf(value: unknown): UnknownFields {
  return isFields(value) ? value : {};
}

/** Whether the value is an object and not an array. */
export function isFields(value: unknown): value is UnknownFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text, or nothing when it is empty or not text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The number when it counts something (zero included), nothing otherwise. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The strings of a list; nothing when it is not a list. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}
