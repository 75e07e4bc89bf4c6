/** What the service manager starts, independent of the manager. */
export interface ServiceDefinition {
  /** `openclaw-local`, with the profile: `openclaw-local-work`. The original OpenClaw has `openclaw-gateway`. */
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** Variables that are no secrets, and those that Node reads before the file with the variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** Where launchd writes the log. systemd has the journal. */
  readonly logFile: string;
}

/** The first line of what `service install` writes. A file without it is of another program. */
export const SERVICE_MARK = 'Written by openclaw service install';
