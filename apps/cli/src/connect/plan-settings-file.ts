import type { SettingsFile } from '@openclaw/gateway';
import { renderFile } from '@openclaw/gateway';
import type { JsonObject, JsonValue } from '@openclaw/provider';

/** What a settings file will hold, or why the change has to be made by hand. */
export type SettingsPlan =
  | { readonly type: 'write'; readonly text: string }
  | { readonly type: 'unchanged' }
  | { readonly type: 'by-hand'; readonly reason: string };

/**
 * Adds the settings to a file. JSON is merged: other keys stay. Comments would be lost, and other formats cannot be merged,
 * so such files are left to their owner.
 * @param current the text of the file; `undefined` if it does not exist
 */
export function planSettingsFile(file: SettingsFile, current: string | undefined): SettingsPlan {
  if (current === undefined || current.trim() === '') return { type: 'write', text: renderFile(file) };
  if (file.format !== 'json') {
    return current.includes(file.text.trim())
      ? { type: 'unchanged' }
      : { type: 'by-hand', reason: `it exists, and a ${file.format.toUpperCase()} file is not merged` };
  }
  const parsed = parseJson(current);
  if (!isObject(parsed)) return { type: 'by-hand', reason: 'it is not plain JSON (it may have comments)' };
  const merged = merge(parsed, file.value);
  if (JSON.stringify(merged) === JSON.stringify(parsed)) return { type: 'unchanged' };
  const indent = /\n([ \t]+)"/.exec(current)?.[1] ?? 2;
  return { type: 'write', text: `${JSON.stringify(merged, null, indent)}\n` };
}

function merge(old: JsonObject, added: JsonObject): JsonObject {
  const changed = Object.entries(added).map(([key, value]): [string, JsonValue | undefined] => {
    const own = Object.hasOwn(old, key) ? old[key] : undefined;
    return [key, isObject(own) && isObject(value) ? merge(own, value) : value];
  });
  return { ...old, ...Object.fromEntries(changed) };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
