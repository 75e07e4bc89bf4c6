import { text as readAll } from 'node:stream/consumers';
import { changeConfig } from '../change-config.ts';
import { defineCommand } from '../define-command.ts';
import { showChange } from '../show-change.ts';

/** Changes one value, validated before it is written. */
export const configSet = defineCommand({
  arguments: [{ name: 'path', completes: 'config-path' }, { name: 'value' }],
  options: {
    'dry-run': { type: 'boolean', description: 'Validate the result and show the difference without writing it' },
  },
  formats: ['json'],
  examples: [
    {
      line: 'openclaw config set models.providers.ollama.apiKey "ollama-local"',
      does: 'Enable Ollama, which needs no real key.',
    },
    {
      line: `openclaw config set 'agents.defaults.models["ollama/gpt-oss:20b"].streaming' true --dry-run`,
      does: 'Show the difference without writing it.',
    },
  ],
  docs: 'docs/cli.md#openclaw-config',
  async run({ values, positionals: [path = '', value = ''], host }) {
    const dryRun = values['dry-run'];
    const text = value === '-' ? (await readAll(host.openStdin())).trimEnd() : value;
    const result = await changeConfig(host, { changes: [{ type: 'set-text', path, text }], dryRun });
    showChange(host, { result, done: `Updated ${path}`, dryRun, fields: { updated: path } });
  },
});
