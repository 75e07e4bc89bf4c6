/** A JSON object with unchecked fields. */
export type UnknownFields = Readonly<Record<string, unknown>>;

/** The fields of an object; no fields for any other value, so that missing and malformed data are treated alike. */
export function fieldsOf(value: unknown): UnknownFields {
  return isFields(value) ? value : {};
}

/** Whether the value is an object and not an array. */
export function isFields(value: unknown): value is UnknownFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string; `undefined` if it is empty or not a string. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The number if it is a count (zero included), otherwise `undefined`. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The strings of a list; `undefined` if it is not a list. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}
