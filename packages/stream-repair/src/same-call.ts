import { isJsonObject, parseJson, parseRepairedJson } from './json.ts';
import type { FoundCall } from './tool-index.ts';

/** Whether two calls have the same name and the same arguments, however these are written. */
export function isSameCall(one: FoundCall, other: FoundCall): boolean {
  return one.name === other.name && normalized(one.argumentsText) === normalized(other.argumentsText);
}

function normalized(argumentsText: string): string {
  if (argumentsText.trim() === '') return '{}';
  return JSON.stringify(sorted(parseJson(argumentsText) ?? parseRepairedJson(argumentsText))) ?? argumentsText;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key])]),
  );
}
