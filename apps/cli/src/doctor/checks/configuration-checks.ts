import { formatConfigIssue } from '@openclaw/config';
import type { Check } from '../check.ts';
import type { FileEvidence } from '../evidence.ts';
import { quoteForShell } from '../quote-for-shell.ts';

/** The file that cannot be used, and what others would make of it. */
export const diagnoseConfiguration: Check = ({ loaded, issues, issuesMessage, configPath }) => {
  if (loaded === undefined) {
    const told =
      issues.length === 0 ? [issuesMessage ?? `${configPath} cannot be used.`] : issues.map(formatConfigIssue);
    // All of them are mended in one go, so how is said once, below the last.
    return told.map((message, index) => ({
      level: 'error',
      message,
      fix: index === told.length - 1 ? [`$EDITOR ${quoteForShell(configPath)}`, 'openclaw config validate'] : [],
    }));
  }
  const warnings = loaded.warnings.filter(({ code }) => code !== 'unused-key');
  const disabled = loaded.disabledProviders.map(({ id, issues: own }) => ({
    level: 'error' as const,
    message: [`The provider ${id} is switched off.`, ...own.map(formatConfigIssue)].join('\n'),
    fix: ['openclaw config validate'],
  }));
  const unused = loaded.warnings.filter(({ code }) => code === 'unused-key').map(({ path }) => path);
  return [
    ...disabled,
    ...warnings.map((warning) => ({ level: 'warning' as const, message: formatConfigIssue(warning) })),
    ...(unused.length === 0
      ? []
      : [{ level: 'note' as const, message: `Kept and not used here: ${unused.join(', ')}.` }]),
    ...(disabled.length + warnings.length > 0
      ? []
      : [
          {
            level: 'ok' as const,
            message: loaded.exists
              ? `${configPath} is valid.`
              : `${configPath} is not there; the defaults are in force.`,
          },
        ]),
  ];
};

/** Keys are for their owner's eyes. */
const WANTED_MODE: Record<FileEvidence['kind'], number> = { file: 0o600, folder: 0o700 };

/** Files that others on this machine can read. */
export const diagnoseFileModes: Check = ({ files }) => {
  const open = files.filter(({ mode }) => (mode & 0o077) !== 0);
  if (files.length === 0) return [];
  if (open.length === 0) return [{ level: 'ok', message: 'Only you can read the configuration and the keys.' }];
  return open.map(({ path, kind, mode }) => ({
    level: 'warning',
    message: `Others on this machine can read ${path} (mode ${mode.toString(8).padStart(4, '0')}).`,
    fix: [`chmod ${WANTED_MODE[kind].toString(8)} ${quoteForShell(path)}`],
    mends: [{ type: 'mode', path, mode: WANTED_MODE[kind] }],
  }));
};
