import { configSchema } from './schema/config-schema.ts';

/** A JSON Schema (draft 7) of the configuration file with descriptions, defaults and examples, for editors and documentation. */
export async function configJsonSchema(): Promise<Record<string, unknown>> {
  // Only this needs the converter; nobody else should wait for it.
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  return {
    ...toJsonSchema(configSchema, { typeMode: 'input', errorMode: 'ignore' }),
    title: 'OpenClaw configuration',
    description: '~/.openclaw/openclaw.json, in JSON5',
  };
}
