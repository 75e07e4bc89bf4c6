import { configJsonSchema } from '@openclaw/config';
import { defineCommand } from '../define-command.ts';

/** Prints the JSON Schema of the configuration. */
export const configSchema = defineCommand({
  options: {},
  formats: ['json'],
  examples: [
    {
      line: 'openclaw config schema > openclaw.schema.json',
      does: 'Keep it beside the file; "$schema": "./openclaw.schema.json" lets an editor complete keys.',
    },
    { line: 'openclaw config schema --json', does: 'The same: the schema is JSON.' },
  ],
  docs: 'docs/configuration.md',
  async run({ host }) {
    const schema = await configJsonSchema();
    host.output.show({ json: () => schema, text: () => JSON.stringify(schema, null, 2) });
  },
});
