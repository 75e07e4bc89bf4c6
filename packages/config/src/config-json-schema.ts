import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
import { configSchema } from './schema/config-schema.ts';

/** A JSON Schema (draft 7) of the configuration file with descriptions, defaults and examples, for editors and documentation. */
export async function configJsonSchema(): Promise<JsonObject> {
  // Only this needs the converter; nobody else should wait for it.
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  // `ignore`: a URL is checked by a function, which JSON Schema cannot say.
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
  description: 'A file, or files, to put in the place of this object. Keys beside it win over what is included.',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
};

/** `$include` may stand in every object; valibot does not know it, since it is gone before anything is checked. */
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
