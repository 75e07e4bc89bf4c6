import { spawn } from 'node:child_process';

/** The end of a program. */
export interface CommandResult {
  /** `undefined`: it could not be started, or was killed at the timeout. */
  readonly code: number | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of `runCommand`. */
export interface RunCommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/** Runs a program to its end and returns what it wrote. Never rejects. */
export function runCommand(
  [command = '', ...args]: readonly string[],
  { env = process.env, cwd, timeoutMs = 60_000 }: RunCommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    // Unlike the option `timeout`, this timer does not keep the process alive when a program cannot be started.
    const signal = AbortSignal.timeout(timeoutMs);
    const child = spawn(command, args, { env, cwd, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.on('error', (error) => resolve({ code: undefined, stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
