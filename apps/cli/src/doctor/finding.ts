import type { JsonValue } from '@openclaw/config';

/** What is looked at, in the order in which it is told. */
export type CheckId =
  | 'configuration'
  | 'file-modes'
  | 'ollama-enabled'
  | 'ollama-reachable'
  | 'ollama-version'
  | 'base-url'
  | 'discovery'
  | 'models'
  | 'chosen-models'
  | 'keys'
  | 'context-window'
  | 'streaming';

/** How bad a finding is. `note` is worth knowing and nothing is wrong. */
export type FindingLevel = 'ok' | 'note' | 'warning' | 'error';

/** Something that `--fix` can do without asking, since it takes nothing away. */
export type Mend =
  | { readonly type: 'mode'; readonly path: string; readonly mode: number }
  | { readonly type: 'config'; readonly path: string; readonly value: JsonValue };

/** What was found, what it means, and what to type. */
export interface Finding {
  readonly check: CheckId;
  readonly level: FindingLevel;
  readonly message: string;
  /** Commands that put it right, most likely first. */
  readonly fix?: readonly string[];
  readonly mends?: readonly Mend[];
}
