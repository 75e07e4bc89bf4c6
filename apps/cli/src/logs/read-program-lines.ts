import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';

interface ProgramOptions extends Pick<Host, 'env'> {
  readonly signal: AbortSignal;
}

/**
 * The lines that a program prints, until it ends or the signal is aborted.
 * @throws {CliError} `failed` if it cannot be started, or fails
 */
export async function* readProgramLines(
  [program = '', ...args]: readonly string[],
  { env, signal }: ProgramOptions,
): AsyncGenerator<string> {
  const child = spawn(program, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop, { once: true });
  let problem = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text));
  const ended = new Promise<number>((resolve) => {
    child.on('error', (error) => {
      problem = error.message;
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 0));
  });
  try {
    yield* createInterface({ input: child.stdout, crlfDelay: Infinity });
    if ((await ended) !== 0 && !signal.aborted) {
      throw new CliError('failed', `${program} failed: ${problem.trim()}`);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
