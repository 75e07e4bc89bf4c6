import { sep } from 'node:path';
import { formatConfigIssue } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';

/** What a change of the configuration leads to, as far as stored credentials go. */
export interface KeptCredentials {
  readonly loaded: LoadedConfig;
  /** Which files of credentials cannot be used, and why; never what they hold. */
  readonly problem?: string;
}

/** Puts those that are in force in the place of credentials whose file cannot be used. A file that is gone takes its own with it. */
export function keepCredentials(next: LoadedConfig, { inForce }: { readonly inForce: LoadedConfig }): KeptCredentials {
  const issues = next.warnings.filter(({ code }) => code === 'bad-credentials-file');
  if (issues.length === 0) return { loaded: next };
  const kept = Object.entries(inForce.authProfiles).filter(([, { file }]) =>
    issues.some((issue) => file === issue.file || file.startsWith(issue.file + sep)),
  );
  return {
    loaded: { ...next, authProfiles: { ...next.authProfiles, ...Object.fromEntries(kept) } },
    problem: issues.map(formatConfigIssue).join('\n'),
  };
}
