/** Kinds of issues. */
export type ConfigIssueCode =
  | 'unreadable-file'
  | 'syntax'
  | 'duplicate-key'
  | 'include'
  | 'unknown-key'
  | 'invalid-value'
  | 'missing-variable'
  /** A secret of a file or a program that cannot be read. */
  | 'unresolved-secret'
  /** A value that is served in another way than it says. */
  | 'adapted-value'
  /** A value that is valid, and probably not what was meant. */
  | 'suspicious-value'
  | 'unused-key'
  | 'bad-credentials-file'
  | 'bad-credential'
  | 'ignored-variable'
  | 'unreadable-env-file'
  | 'login-shell';

/** One problem, with its place. */
export interface ConfigIssue {
  code: ConfigIssueCode;
  /** Path in the configuration, `agents.defaults.modle`; empty for the whole file. */
  path: string;
  /** The problem and what was expected, without the place. Contains no secrets. */
  message: string;
  /** Absolute path of the file: the configuration or one of its includes. */
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 units as editors count. */
  column: number;
  /** The line with masked secrets; the part around the place if the line is long; empty without a line. */
  excerpt: string;
  /** The 1-based column at which the excerpt starts, if it is not 1. */
  excerptColumn?: number;
  /** The nearest valid key or value: `model`. */
  suggestion?: string;
}

/** Why a `ConfigError` was thrown. */
export type ConfigErrorCode =
  /** The file is invalid: see the issues. */
  | 'invalid'
  /** A file exists and could not be read. */
  | 'unreadable'
  /** The path is invalid, such as `agents..model`. */
  | 'bad-path'
  /** There is no value at the path. */
  | 'path-not-found'
  /** The value cannot be written: a mask, or a value that JSON5 cannot represent. */
  | 'bad-value'
  /** The configuration cannot be written: OPENCLAW_CONFIG_READONLY, Nix, no permission, no space. */
  | 'read-only'
  /** Another process holds the lock for too long. */
  | 'locked'
  /** The edit would change a value that is joined from several files; edit it by hand. */
  | 'ambiguous-owner';

/** The configuration is invalid or cannot be changed. The message lists all issues with their places. */
export class ConfigError extends Error {
  readonly code: ConfigErrorCode;
  /** All issues, in the order of the file; empty unless `code` is `invalid`. */
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

/** Formats an issue for people: place, message, the line with a mark under it. */
export function formatConfigIssue(issue: ConfigIssue): string {
  const { path, message, file, line, column, excerpt, suggestion } = issue;
  const hint = suggestion === undefined ? '' : ` — did you mean \`${suggestion}\`?`;
  const subject = path === '' ? '' : `\`${path}\`: `;
  const quoted = excerpt.trim() === '' ? [] : quote(issue);
  return [`${file}:${line}:${column}: ${subject}${message}${hint}`, ...quoted].join('\n');
}

const MAX_WIDTH = 100;

/** The line, shortened to the width of a terminal, and a mark under it. */
function quote({ line, column, excerpt, excerptColumn = 1 }: ConfigIssue): string[] {
  const offset = column - excerptColumn;
  const start = Math.max(0, Math.min(offset - MAX_WIDTH / 2, excerpt.length - MAX_WIDTH));
  const shown = excerpt.slice(start, start + MAX_WIDTH);
  const gutter = ` ${line} | `;
  const lead = shown.slice(0, offset - start).replaceAll(/[^\t]/g, ' ');
  return [`${gutter}${shown}`, `${' '.repeat(gutter.length)}${lead}^`];
}
