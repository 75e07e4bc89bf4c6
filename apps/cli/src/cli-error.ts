/** Why a command ends without having done its work. */
export type CliErrorCode = 'usage' | 'failed' | 'configuration' | 'interrupted';

/** What is known of a failure beside its message. */
export interface CliErrorDetails {
  /** The commands to run next, most likely first; shown as they are typed. */
  readonly nextCommands?: readonly string[] | undefined;
  /** Fields that a program may want, for the `--json` document. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** A failure in words for the person at the keyboard: what is wrong, where, and what to do next. Never a secret. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  readonly nextCommands: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: CliErrorCode, message: string, { nextCommands = [], fields = {}, cause }: CliErrorDetails = {}) {
    super(message, { cause });
    this.code = code;
    this.nextCommands = nextCommands;
    this.fields = fields;
  }
}

/** What the shell gets. 78 is `EX_CONFIG` of sysexits.h; 130 is what a shell reports for Ctrl-C. */
export const EXIT_CODES: Record<CliErrorCode, number> = { usage: 2, failed: 1, configuration: 78, interrupted: 130 };
