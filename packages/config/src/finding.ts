import type { ConfigIssue, ConfigIssueCode } from './config-error.ts';
import { formatConfigPath, type ConfigPath } from './config-path.ts';
import type { Locate, SourceText } from './source-text.ts';

/** A problem at a place in a text, before it is formatted. */
export interface Finding {
  code: ConfigIssueCode;
  path: ConfigPath;
  message: string;
  suggestion?: string;
  source: SourceText;
  offset: number;
}

/** Adds line, column and the line itself with masked secrets. */
export function toIssue(
  { code, path, message, suggestion, source, offset }: Finding,
  { locate }: { locate: Locate },
): ConfigIssue {
  return {
    code,
    path: formatConfigPath(path),
    message,
    ...locate(source, offset),
    ...(suggestion !== undefined && { suggestion }),
  };
}
