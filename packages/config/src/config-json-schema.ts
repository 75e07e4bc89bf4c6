import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
import { configSchema } from './schema/config-schema.ts';

/**
 * A JSON Schema (draft 7) of the configuration file with descriptions, defaults and examples, for editors and
 * documentation.
 */
export async function configJsonSchema(): Promise<JsonObject> {
  // Loaded on demand: only this function needs the converter.
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  // `ignore`: URLs are validated by a function, which JSON Schema cannot express.
  const converted: JsonValue = JSON.parse(
    JSON.stringify(toJsonSchema(configSchema, { typeMode: 'input', errorMode: 'ignore' })),
  );
  const schema = allowIncludes(converted);
  return {
    ...(isJsonObject(schema) && schema),
    title: 'OpenClaw configuration',
    description: '~/.openclaw/openclaw.json, in JSON5',
    definitions: { include: includeSchema },
  };
}

const includeSchema: JsonObject = {
  description: 'A file or files to include in this object. Keys of this object override included ones.',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
};

/**
 * Every object may contain `$include`. The valibot schema does not have it, because includes are merged before
 * validation.
 */
function allowIncludes(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(allowIncludes);
  if (!isJsonObject(schema)) return schema;
  const entries = Object.entries(schema).map(([key, value]): [string, JsonValue] => {
    // Defaults and examples are values, not schemas.
    if (key === 'default' || key === 'examples') return [key, value];
    const inner = allowIncludes(value);
    return key === 'properties' && isJsonObject(inner)
      ? [key, { ...inner, $include: { $ref: '#/definitions/include' } }]
      : [key, inner];
  });
  return Object.fromEntries(entries);
}
