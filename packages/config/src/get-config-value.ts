import { parseConfigPath } from './config-path.ts';
import { valueAt, type JsonValue } from './json-value.ts';
import { configSchema } from './schema/config-schema.ts';
import { schemaAt } from './schema/schema-shape.ts';

/**
 * The value at a path of a configuration (`LoadedConfig.authored`), or undefined. Not redacted; see `redactConfig`.
 *
 * @throws ConfigError `bad-path`
 */
export function getConfigValue(authored: JsonValue, path: string): JsonValue | undefined {
  return valueAt(authored, parseConfigPath(path));
}

/**
 * Whether the schema has the path, to distinguish an unset key from an unknown one.
 *
 * @throws ConfigError `bad-path`
 */
export function isKnownConfigPath(path: string): boolean {
  return schemaAt(configSchema, parseConfigPath(path)) !== undefined;
}
