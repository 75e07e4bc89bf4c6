import { formatConfigPath, type ConfigPath, type JsonObject, type JsonValue } from '@openclaw/config';
import type { Candidate } from './plan-completion.ts';

interface ListOptions {
  /** The content of the file. It supplies the names of providers and models, which the schema leaves open. */
  readonly authored: JsonObject;
  /** The input so far. If it contains `["`, paths are written as `config get` shows them. */
  readonly like: string;
}

/** All paths of the configuration: the used keys of the JSON Schema, and the keys of the file. */
export function listConfigPaths(schema: JsonObject, { authored, like }: ListOptions): Candidate[] {
  const format = like.includes('["') ? formatConfigPath : formatForShell;
  const walk = (
    place: JsonObject,
    { value, path }: { value: JsonValue | undefined; path: ConfigPath },
  ): Candidate[] => {
    const children = new Map([...writtenBelow(place, value), ...knownBelow(place)]);
    return [...children].flatMap(([key, child]) => {
      const below = [...path, key];
      const description = typeof child['description'] === 'string' ? child['description'] : '';
      return [{ word: format(below), description }, ...walk(child, { value: childOf(value, key), path: below })];
    });
  };
  return walk(schema, { value: authored, path: [] });
}

/**
 * Quotes and brackets are special in shells. Keys follow a dot if `parseConfigPath` accepts that, and are put in
 * brackets without quotes otherwise.
 */
function formatForShell(path: ConfigPath): string {
  return path
    .map((key, index) => {
      if (/^[^.[\]\\"'\s]+$/.test(key)) return index === 0 ? key : `.${key}`;
      return /^[^"'\]\s][^\]\s]*$/.test(key) ? `[${key}]` : formatConfigPath(['', key]).slice('[""]'.length);
    })
    .join('');
}

function knownBelow(place: JsonObject): [string, JsonObject][] {
  return shapesOf(place).flatMap(({ properties }) =>
    Object.entries(isObject(properties) ? properties : {}).flatMap(([key, child]): [string, JsonObject][] =>
      isObject(child) && child['x-unused'] !== true && key !== '$include' ? [[key, child]] : [],
    ),
  );
}

function writtenBelow(place: JsonObject, value: JsonValue | undefined): [string, JsonObject][] {
  const keys = Array.isArray(value) || isObject(value) ? Object.keys(value) : [];
  const shape = shapesOf(place)
    .map(({ items, additionalProperties }) => (Array.isArray(value) ? items : additionalProperties))
    .find(isObject);
  return keys.map((key) => [key, shape ?? {}]);
}

/** The value may have one of several types; the keys of all of them are candidates. */
function shapesOf(place: JsonObject): JsonObject[] {
  const { anyOf } = place;
  return [place, ...(Array.isArray(anyOf) ? anyOf.filter(isObject) : [])];
}

function childOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
