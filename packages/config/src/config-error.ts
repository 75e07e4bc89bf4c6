/** What kind of problem an issue is. */
export type ConfigIssueCode =
  | 'unreadable-file'
  | 'syntax'
  | 'duplicate-key'
  | 'include'
  | 'unknown-key'
  | 'invalid-value'
  | 'missing-variable'
  | 'unused-key'
  | 'bad-credentials-file'
  | 'bad-credential'
  | 'ignored-variable'
  | 'unreadable-env-file'
  | 'login-shell';

/** One problem, with everything a person needs to find it. */
export interface ConfigIssue {
  code: ConfigIssueCode;
  /** Where in the configuration, `agents.defaults.modle`; empty for the whole file. */
  path: string;
  /** What is wrong and what was expected, without the place. Never a secret. */
  message: string;
  /** Absolute path of the file that says so: the configuration or one of its includes. */
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 units as editors count. */
  column: number;
  /** The line as written, secrets masked; of a long line the part around the place; empty when there is none. */
  excerpt: string;
  /** The 1-based column at which the excerpt begins, when that is not 1. */
  excerptColumn?: number;
  /** The nearest key or value that would have been right: `model`. */
  suggestion?: string;
}

/** Why a `ConfigError` was thrown. */
export type ConfigErrorCode =
  /** The file cannot be used: see the issues. */
  | 'invalid'
  /** A file exists and could not be read. */
  | 'unreadable'
  /** A path such as `agents..model` cannot be read. */
  | 'bad-path'
  /** There is nothing at the path. */
  | 'path-not-found'
  /** A value that may not be written: a mask, or one that no file can hold. */
  | 'bad-value'
  /** The configuration cannot be written: OPENCLAW_CONFIG_READONLY, Nix, no permission, no space. */
  | 'read-only'
  /** Another process kept the lock for too long. */
  | 'locked'
  /** The edit would have to change an array that several files make up, or similar; edit by hand. */
  | 'ambiguous-owner';

/** The configuration cannot be used or changed. The message names every issue with its place. */
export class ConfigError extends Error {
  readonly code: ConfigErrorCode;
  /** Everything that is wrong, in the order of the file; empty unless `code` is `invalid`. */
  readonly issues: readonly ConfigIssue[];

  constructor(
    code: ConfigErrorCode,
    { message, issues = [], cause }: { message: string; issues?: readonly ConfigIssue[]; cause?: unknown },
  ) {
    super(message, { cause });
    this.name = 'ConfigError';
    this.code = code;
    this.issues = issues;
  }
}

/** One issue as people read it: place, what is wrong, the line with a mark under it. */
export function formatConfigIssue(issue: ConfigIssue): string {
  const { path, message, file, line, column, excerpt, suggestion } = issue;
  const hint = suggestion === undefined ? '' : ` — did you mean \`${suggestion}\`?`;
  const subject = path === '' ? '' : `\`${path}\`: `;
  const quoted = excerpt.trim() === '' ? [] : quote(issue);
  return [`${file}:${line}:${column}: ${subject}${message}${hint}`, ...quoted].join('\n');
}

const widest = 100;

/** The line, cut to what fits a terminal around the place, and a mark under it. */
function quote({ line, column, excerpt, excerptColumn = 1 }: ConfigIssue): string[] {
  const offset = column - excerptColumn;
  const start = Math.max(0, Math.min(offset - widest / 2, excerpt.length - widest));
  const shown = excerpt.slice(start, start + widest);
  const gutter = ` ${line} | `;
  const lead = shown.slice(0, offset - start).replaceAll(/[^\t]/g, ' ');
  return [`${gutter}${shown}`, `${' '.repeat(gutter.length)}${lead}^`];
}
