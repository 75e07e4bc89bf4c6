import { editConfig, formatConfigIssue, type ConfigEdit, type ConfigEditResult } from '@openclaw/config';
import type { Host } from './host.ts';

interface ChangeConfigOptions {
  readonly changes: readonly ConfigEdit[];
  /** Only say what would be written. @default false */
  readonly dryRun?: boolean | undefined;
}

/**
 * Changes the configuration that the command line points to, and tells what it is warned about now.
 * @throws {ConfigError} when nothing was written, and why
 */
export async function changeConfig(host: Host, { changes, dryRun }: ChangeConfigOptions): Promise<ConfigEditResult> {
  const result = await editConfig(changes, { env: host.env, cwd: host.cwd, profile: host.profile, dryRun });
  for (const warning of result.warnings.filter(({ code }) => code !== 'unused-key' && code !== 'ignored-variable')) {
    host.output.note(`${host.output.noteStyle.warning('Warning:')} ${formatConfigIssue(warning)}`);
  }
  return result;
}
