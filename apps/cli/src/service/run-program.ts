import { spawn } from 'node:child_process';
import type { Host } from '../host.ts';

/** What another program said. */
export interface ProgramResult {
  /** Absent if there is no such program. */
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of this machine and waits for its end. */
export function runProgram(
  [program = '', ...args]: readonly string[],
  { env }: Pick<Host, 'env'>,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.on('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve(said);
      else reject(error);
    });
    child.on('close', (code) => resolve({ code: code ?? 1, ...said }));
  });
}
