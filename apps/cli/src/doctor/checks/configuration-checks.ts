import { formatConfigIssue } from '@openclaw/config';
import type { ConfigIssueCode } from '@openclaw/config';
import type { Check } from '../check.ts';
import type { FileEvidence } from '../evidence.ts';
import { quoteForShell } from '../quote-for-shell.ts';

/** Checks that the configuration is valid. */
export const diagnoseConfiguration: Check = ({ loaded, issues, issuesMessage, configPath }) => {
  if (loaded === undefined) {
    const messages =
      issues.length === 0 ? [issuesMessage ?? `${configPath} is invalid.`] : issues.map(formatConfigIssue);
    // The same command shows all of them, so it is printed only below the last.
    return messages.map((message, index) => ({
      level: 'error',
      message,
      fix: index === messages.length - 1 ? [`$EDITOR ${quoteForShell(configPath)}`, 'openclaw config validate'] : [],
    }));
  }
  const warnings = loaded.warnings.filter(({ code }) => code !== 'unused-key' && code !== 'unknown-key');
  const disabled = loaded.disabledProviders.map(({ id, reason, issues: own }) => ({
    // Without its variable a provider is often not wanted here; that a chosen model needs it is another check.
    level: reason === 'missing-variable' ? ('warning' as const) : ('error' as const),
    message: [`The provider ${id} is disabled.`, ...own.map(formatConfigIssue)].join('\n'),
    fix: ['openclaw config validate'],
  }));
  const pathsOf = (wanted: ConfigIssueCode) =>
    loaded.warnings.filter(({ code }) => code === wanted).map(({ path }) => path);
  const unused = pathsOf('unused-key');
  const unknown = pathsOf('unknown-key');
  return [
    ...disabled,
    ...warnings.map((warning) => ({ level: 'warning' as const, message: formatConfigIssue(warning) })),
    ...(unused.length === 0
      ? []
      : [{ level: 'note' as const, message: `Accepted but not used: ${unused.join(', ')}.` }]),
    ...(unknown.length === 0
      ? []
      : [{ level: 'note' as const, message: `Not known here, kept and not used: ${unknown.join(', ')}.` }]),
    ...(disabled.length + warnings.length > 0
      ? []
      : [
          {
            level: 'ok' as const,
            message: loaded.exists ? `${configPath} is valid.` : `${configPath} does not exist; the defaults apply.`,
          },
        ]),
  ];
};

/** The files may contain keys, so only their owner may read them. */
const WANTED_MODE: Record<FileEvidence['kind'], number> = { file: 0o600, folder: 0o700 };

/** Checks for files that other users of this machine can read. */
export const diagnoseFileModes: Check = ({ files }) => {
  const open = files.filter(({ mode }) => (mode & 0o077) !== 0);
  if (files.length === 0) return [];
  if (open.length === 0) return [{ level: 'ok', message: 'Only you can read the configuration and the keys.' }];
  return open.map(({ path, kind, mode }) => ({
    level: 'warning',
    message: `Others on this machine can read ${path} (mode ${mode.toString(8).padStart(4, '0')}).`,
    fix: [`chmod ${WANTED_MODE[kind].toString(8)} ${quoteForShell(path)}`],
    safeFixes: [{ type: 'mode', path, mode: WANTED_MODE[kind] }],
  }));
};
