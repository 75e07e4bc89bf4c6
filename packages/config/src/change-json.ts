import type { ConfigPath } from './config-path.ts';
import { isJsonObject, ownProperty, setProperty, type JsonValue } from './json-value.ts';
import { configSchema } from './schema/config-schema.ts';
import { isListAt } from './schema/schema-shape.ts';

/** Returns the value with another value at a path; missing containers are created. */
export function withValue(
  before: JsonValue,
  { path, value, depth = 0 }: { path: ConfigPath; value: JsonValue; depth?: number },
): JsonValue {
  const key = path[depth];
  if (key === undefined) return value;
  const inner = (child: JsonValue | undefined) =>
    child === undefined
      ? wrapValue(value, { path, depth: depth + 1 })
      : withValue(child, { path, value, depth: depth + 1 });
  if (Array.isArray(before)) return before.toSpliced(Number(key), 1, inner(before[Number(key)]));
  const object = isJsonObject(before) ? { ...before } : {};
  setProperty(object, { key, value: inner(ownProperty(object, key)) });
  return object;
}

/** Returns the value without the one at a path. */
export function withoutValue(before: JsonValue, [key, ...rest]: ConfigPath): JsonValue {
  if (key === undefined) return {};
  if (Array.isArray(before)) {
    const item = before[Number(key)];
    if (item === undefined) return before;
    return rest.length === 0 ? before.toSpliced(Number(key), 1) : before.with(Number(key), withoutValue(item, rest));
  }
  if (!isJsonObject(before)) return before;
  const entries = Object.entries(before).flatMap(([name, item]): [string, JsonValue][] => {
    if (name !== key) return [[name, item]];
    return rest.length === 0 ? [] : [[name, withoutValue(item, rest)]];
  });
  return Object.fromEntries(entries);
}

/** A value inside of the missing containers of its path, from `depth` on. */
export function wrapValue(value: JsonValue, { path, depth }: { path: ConfigPath; depth: number }): JsonValue {
  const key = path[depth];
  if (key === undefined) return value;
  const inner = wrapValue(value, { path, depth: depth + 1 });
  return startsList(path, depth) ? [inner] : { [key]: inner };
}

/** Whether the missing container at this depth is a list. */
function startsList(path: ConfigPath, depth: number): boolean {
  return path[depth] === '0' && isListAt(configSchema, path.slice(0, depth));
}
