/** Why a command failed. */
export type CliErrorCode = 'usage' | 'failed' | 'configuration' | 'interrupted';

/** Details of a failure. */
export interface CliErrorDetails {
  /** The commands to run next, most likely first, as they are typed. */
  readonly nextCommands?: readonly string[] | undefined;
  /** Additional fields of the `--json` document. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** A failure with a message for people: what is wrong, where, and what to do next. Contains no secrets. */
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

/** The exit code of the process. 78 is `EX_CONFIG` of sysexits.h; 130 is the usual code after Ctrl-C. */
export const EXIT_CODES: Record<CliErrorCode, number> = { usage: 2, failed: 1, configuration: 78, interrupted: 130 };
