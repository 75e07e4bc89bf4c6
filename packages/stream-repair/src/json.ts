import { JSONRepairError, jsonrepair } from 'jsonrepair';

/** The cost of a repair may be quadratic, so longer texts are not repaired. */
export const MAX_REPAIRED_JSON_LENGTH = 65_536;

/** A backslash, with the character after it if that is a valid escape. */
const ESCAPE = /\\(["'\\/bfnrt]|u[\da-fA-F]{4})?/g;

/** Whether a JSON value is an object. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text; `undefined` if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The value of broken JSON; `undefined` if it cannot be repaired or is too long. A backslash without a valid escape
 * (`C:\Users`, `\d+`, `\` at the end of a line) is read as a backslash.
 */
export function parseRepairedJson(text: string): unknown {
  if (text.length > MAX_REPAIRED_JSON_LENGTH) return undefined;
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
