/** A JSON object from outside, nothing in it checked. */
export type WireObject = Readonly<Record<string, unknown>>;

/** Tells an object from everything else that JSON can be. */
export function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string, or an empty one for anything else. */
export function readString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
