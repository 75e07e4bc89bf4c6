import type { JsonValue } from '@openclaw/config';

/** The checks, in the order of the report. */
export type CheckId =
  | 'configuration'
  | 'file-modes'
  | 'ollama-enabled'
  | 'ollama-reachable'
  | 'ollama-version'
  | 'other-servers'
  | 'base-url'
  | 'discovery'
  | 'models'
  | 'chosen-models'
  | 'keys'
  | 'context-window'
  | 'responding-models'
  | 'streaming';

/** Severity of a finding. `note` is information, not a problem. */
export type FindingLevel = 'ok' | 'note' | 'warning' | 'error';

/** A change that `--fix` applies without confirmation, because it removes nothing. */
export type SafeFix =
  | { readonly type: 'mode'; readonly path: string; readonly mode: number }
  | { readonly type: 'config'; readonly path: string; readonly value: JsonValue };

/** The result of a check, with the commands to run next. */
export interface Finding {
  readonly check: CheckId;
  readonly level: FindingLevel;
  readonly message: string;
  /** Commands that fix it, most likely first. */
  readonly fix?: readonly string[];
  readonly safeFixes?: readonly SafeFix[];
}
