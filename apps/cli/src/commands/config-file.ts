import { existsSync } from 'node:fs';
import { resolveConfigPaths } from '@openclaw/config';
import { defineCommand } from '../define-command.ts';

/** Prints only the path, so that it can be used in another command. */
export const configFile = defineCommand({
  options: {},
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw config file', does: 'The path of the configuration, whether it exists or not.' },
    { line: '$EDITOR "$(openclaw config file)"', does: 'Edit it.' },
  ],
  docs: 'docs/cli.md#openclaw-config',
  async run({ host }) {
    const { config, stateDir, profile } = resolveConfigPaths({ env: host.env, cwd: host.cwd, profile: host.profile });
    host.output.show({
      json: () => ({
        path: config,
        exists: existsSync(config),
        stateDir,
        ...(profile === undefined ? {} : { profile }),
      }),
      text: () => config,
    });
  },
});
