import { ConfigError, editConfig, formatConfigIssue } from '@openclaw/config';
import type { ConfigEdit, ConfigEditResult, ConfigIssueCode } from '@openclaw/config';
import { CliError } from './cli-error.ts';
import type { Host } from './host.ts';

interface ChangeConfigOptions {
  readonly changes: readonly ConfigEdit[];
  /** Only say what would be written. @default false */
  readonly dryRun?: boolean | undefined;
}

/**
 * Changes the configuration that the command line points to, and tells what it is warned about now.
 * @throws {CliError} `failed` when the result would be wrong; nothing was written then
 * @throws {ConfigError} when the configuration cannot be read or changed at all
 */
export async function changeConfig(host: Host, { changes, dryRun }: ChangeConfigOptions): Promise<ConfigEditResult> {
  const location = { env: host.env, cwd: host.cwd, profile: host.profile };
  const result = await editConfig(changes, { ...location, dryRun }).catch(explainRefusal);
  for (const warning of result.warnings.filter(({ code }) => code !== 'unused-key' && code !== 'ignored-variable')) {
    host.output.note(`${host.output.noteStyle.warning('Warning:')} ${formatConfigIssue(warning)}`);
  }
  return result;
}

/** What is wrong with the files as they are, whatever was to be changed in them. */
const UNREADABLE: readonly ConfigIssueCode[] = ['unreadable-file', 'syntax', 'include'];

/** A value that the schema refuses was never written: the command failed, the configuration is what it was. */
function explainRefusal(error: unknown): never {
  if (!(error instanceof ConfigError) || error.code !== 'invalid') throw error;
  if (error.issues.some(({ code }) => UNREADABLE.includes(code))) throw error;
  throw new CliError('failed', error.message, { fields: { code: error.code, issues: error.issues }, cause: error });
}
