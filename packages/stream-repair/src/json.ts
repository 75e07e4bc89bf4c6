import { JSONRepairError, jsonrepair } from 'jsonrepair';

/** Repairing broken JSON may cost the square of its length, so longer texts are left alone. */
export const LONGEST_REPAIRED_JSON = 65_536;

/** A backslash, and what it escapes if that can be escaped. */
const ESCAPE = /\\(["'\\/bfnrt]|u[\da-fA-F]{4})?/g;

/** Whether a JSON value is an object. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The value of a JSON text with mistakes; `undefined` when nobody can tell what it meant, or it is too long to try. A
 * backslash that escapes nothing (`C:\Users`, `\d+`, `\` at the end of a line) is meant as one.
 */
export function parseRepairedJson(text: string): unknown {
  if (text.length > LONGEST_REPAIRED_JSON) return undefined;
  try {
    return JSON.parse(
      jsonrepair(text.replaceAll(ESCAPE, (found, escape) => (escape === undefined ? `\\${found}` : found))),
    );
  } catch (error) {
    // A RangeError: nested deeper than the stack.
    if (error instanceof JSONRepairError || error instanceof SyntaxError || error instanceof RangeError)
      return undefined;
    throw error;
  }
}
