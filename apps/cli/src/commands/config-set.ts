import { text as readAll } from 'node:stream/consumers';
import { ConfigError } from '@openclaw/config';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import { showChange } from '../show-change.ts';

/** Changes one value, checked before it is written. */
export const configSet = defineCommand({
  arguments: [{ name: 'path' }, { name: 'value' }],
  options: {
    'dry-run': { type: 'boolean', description: 'Check the result, show the difference, write nothing' },
  },
  formats: ['json'],
  examples: [
    {
      line: 'openclaw config set models.providers.ollama.apiKey "ollama-local"',
      does: 'Switch Ollama on; it needs no real key.',
    },
    {
      line: `openclaw config set 'agents.defaults.models["ollama/gpt-oss:20b"].streaming' true --dry-run`,
      does: 'See what a change would do to the file.',
    },
  ],
  docs: 'docs/cli.md#openclaw-config',
  async run({ values, positionals: [path = '', value = ''], host }) {
    const dryRun = values['dry-run'];
    const text = value === '-' ? (await readAll(host.openStdin())).trimEnd() : value;
    const result = await refuseQuietly(changeConfig(host, { changes: [{ type: 'set-text', path, text }], dryRun }));
    showChange(host, { result, done: `Updated ${path}`, dryRun, fields: { updated: path } });
  },
});

/** A value that the schema refuses was never written: the command failed, the configuration is what it was. */
export async function refuseQuietly<Result>(edit: Promise<Result>): Promise<Result> {
  try {
    return await edit;
  } catch (error) {
    if (!(error instanceof ConfigError) || error.code !== 'invalid') throw error;
    throw new CliError('failed', error.message, { fields: { code: error.code, issues: error.issues }, cause: error });
  }
}
