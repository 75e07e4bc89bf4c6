import {
  getConfigValue,
  isKnownConfigPath,
  parseConfigPath,
  redactConfig,
  type JsonValue,
  type LoadedConfig,
} from '@openclaw/config';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import { loadHostConfig } from '../load-host-config.ts';

/** Prints a value with masked secrets, or its default if it is not set. */
export const configGet = defineCommand({
  arguments: [{ name: 'path', optional: true, completes: 'config-path' }],
  options: {},
  formats: ['json'],
  examples: [
    { line: 'openclaw config get agents.defaults.model', does: 'One value: text as it is, everything else as JSON.' },
    {
      line: `openclaw config get 'agents.defaults.models["ollama/gpt-oss:20b"].alias' --json`,
      does: 'Put a key with dots, slashes or colons in brackets.',
    },
  ],
  docs: 'docs/cli.md#openclaw-config',
  async run({ positionals: [path = ''], host }) {
    const loaded = await loadHostConfig(host);
    const value = redactConfig(findValue(loaded, path), { path: parseConfigPath(path) });
    host.output.show({
      json: () => value,
      text: () => (typeof value === 'string' ? value : JSON.stringify(value, null, 2)),
    });
  },
});

function findValue({ authored, config }: LoadedConfig, path: string): JsonValue {
  const written = getConfigValue(authored, path);
  if (written !== undefined) return written;
  const inForce = getConfigValue(JSON.parse(JSON.stringify(config)), path);
  if (inForce !== undefined) return inForce;
  if (isKnownConfigPath(path)) {
    throw new CliError('failed', `${path} is not set.`, { fields: { code: 'not-set', path } });
  }
  throw new CliError('failed', `There is no ${path} in the configuration.`, {
    fields: { code: 'unknown-path', path },
    nextCommands: ['openclaw config schema', 'openclaw config get'],
  });
}
