import {
  formatConfigIssue,
  loadConfig,
  type ConfigIssue,
  type LoadConfigOptions,
  type LoadedConfig,
} from '@openclaw/config';
import type { Host } from './host.ts';

/**
 * Keys of other programs, and variables that were left out on purpose: only `config validate` and `doctor` report them.
 */
const QUIET: readonly ConfigIssue['code'][] = ['unused-key', 'ignored-variable'];

/**
 * Loads the configuration that the command line and the environment select, and prints what is disabled and why.
 * @throws {ConfigError} if the file cannot be used
 */
export async function loadHostConfig(
  host: Host,
  { mustExist = false }: Pick<LoadConfigOptions, 'mustExist'> = {},
): Promise<LoadedConfig> {
  const loaded = await loadConfig({ env: host.env, cwd: host.cwd, profile: host.profile, mustExist });
  const { noteStyle: style } = host.output;
  for (const warning of loaded.warnings.filter(({ code }) => !QUIET.includes(code))) {
    host.output.note(`${style.warning('Warning:')} ${formatConfigIssue(warning)}`);
  }
  return loaded;
}
