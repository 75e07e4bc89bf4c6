/** An untrusted JSON object. */
export type WireObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string, or an empty string for any other value. */
export function readString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
