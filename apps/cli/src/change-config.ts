import { ConfigError, editConfig, formatConfigIssue } from '@openclaw/config';
import type { ConfigEdit, ConfigEditResult, ConfigIssueCode } from '@openclaw/config';
import { CliError } from './cli-error.ts';
import type { Host } from './host.ts';

interface ChangeConfigOptions {
  readonly changes: readonly ConfigEdit[];
  /** Show the change without writing it. @default false */
  readonly dryRun?: boolean | undefined;
}

/**
 * Changes the configuration that the command line selects, and prints its new warnings.
 * @throws {CliError} `failed` if the result would be invalid; nothing is written then
 * @throws {ConfigError} if the configuration cannot be read or changed
 */
export async function changeConfig(host: Host, { changes, dryRun }: ChangeConfigOptions): Promise<ConfigEditResult> {
  const location = { env: host.env, cwd: host.cwd, profile: host.profile };
  const result = await editConfig(changes, { ...location, dryRun }).catch(explainRefusal);
  for (const warning of result.warnings.filter(({ code }) => code !== 'unused-key' && code !== 'ignored-variable')) {
    host.output.note(`${host.output.noteStyle.warning('Warning:')} ${formatConfigIssue(warning)}`);
  }
  return result;
}

/** Errors of the files themselves, independent of the requested change. */
const UNREADABLE: readonly ConfigIssueCode[] = ['unreadable-file', 'syntax', 'include'];

/** The schema rejected the value and nothing was written: the command failed, the configuration is unchanged. */
function explainRefusal(error: unknown): never {
  if (!(error instanceof ConfigError) || error.code !== 'invalid') throw error;
  if (error.issues.some(({ code }) => UNREADABLE.includes(code))) throw error;
  throw new CliError('failed', error.message, { fields: { code: error.code, issues: error.issues }, cause: error });
}
