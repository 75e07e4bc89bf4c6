import { changeConfig } from '../change-config.ts';
import { defineCommand } from '../define-command.ts';
import { showChange } from '../show-change.ts';

/** Removes one value. */
export const configUnset = defineCommand({
  arguments: [{ name: 'path', completes: 'written-path' }],
  options: {
    'dry-run': { type: 'boolean', description: 'Validate the result and show the difference without writing it' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw config unset agents.defaults.model.fallbacks', does: 'Remove all fallbacks.' },
    {
      line: 'openclaw config unset models.providers.ollama --dry-run',
      does: 'Show the difference without writing it.',
    },
  ],
  docs: 'docs/cli.md#openclaw-config',
  async run({ values, positionals: [path = ''], host }) {
    const dryRun = values['dry-run'];
    const result = await changeConfig(host, { changes: [{ type: 'unset', path }], dryRun });
    showChange(host, { result, done: `Removed ${path}`, dryRun, fields: { removed: path } });
  },
});
