import { changeConfig } from '../change-config.ts';
import { defineCommand } from '../define-command.ts';
import { showChange } from '../show-change.ts';

/** Removes one value. */
export const configUnset = defineCommand({
  arguments: [{ name: 'path', completes: 'written-path' }],
  options: {
    'dry-run': { type: 'boolean', description: 'Check the result, show the difference, write nothing' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw config unset agents.defaults.model.fallbacks', does: 'Have no fallbacks.' },
    { line: 'openclaw config unset models.providers.ollama --dry-run', does: 'See what would go.' },
  ],
  docs: 'docs/cli.md#openclaw-config',
  async run({ values, positionals: [path = ''], host }) {
    const dryRun = values['dry-run'];
    const result = await changeConfig(host, { changes: [{ type: 'unset', path }], dryRun });
    showChange(host, { result, done: `Removed ${path}`, dryRun, fields: { removed: path } });
  },
});
