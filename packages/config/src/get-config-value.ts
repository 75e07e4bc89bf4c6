import { parseConfigPath } from './config-path.ts';
import { valueAt, type JsonValue } from './json-value.ts';
import { configSchema } from './schema/config-schema.ts';
import { schemaAt } from './schema/schema-shape.ts';

/**
 * What is written at a path of a configuration (`LoadedConfig.authored`), or undefined when nothing is. Not redacted; see `redactConfig`.
 *
 * @throws ConfigError `bad-path`
 */
export function getConfigValue(authored: JsonValue, path: string): JsonValue | undefined {
  return valueAt(authored, parseConfigPath(path));
}

/**
 * Whether the schema has a place for the path, so that "nothing is set there" can be told from "there is no such key".
 *
 * @throws ConfigError `bad-path`
 */
export function isKnownConfigPath(path: string): boolean {
  return schemaAt(configSchema, parseConfigPath(path)) !== undefined;
}
