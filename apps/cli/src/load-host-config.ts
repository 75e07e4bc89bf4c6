import { formatConfigIssue, loadConfig, type ConfigIssue, type LoadedConfig } from '@openclaw/config';
import type { Host } from './host.ts';

/** Keys for other programs, and variables that were left out on purpose: `config validate` and `doctor` tell of them. */
const QUIET: readonly ConfigIssue['code'][] = ['unused-key', 'ignored-variable'];

/**
 * Loads the configuration that the command line and the environment point to, and tells what is disabled and why.
 * @throws {ConfigError} when the file cannot be used
 */
export async function loadHostConfig(host: Host): Promise<LoadedConfig> {
  const loaded = await loadConfig({ env: host.env, cwd: host.cwd, profile: host.profile });
  const { noteStyle: style } = host.output;
  for (const warning of loaded.warnings.filter(({ code }) => !QUIET.includes(code))) {
    host.output.note(`${style.warning('Warning:')} ${formatConfigIssue(warning)}`);
  }
  return loaded;
}
