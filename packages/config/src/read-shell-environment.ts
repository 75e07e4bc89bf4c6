import { spawn } from 'node:child_process';
import type { Environment } from './environment.ts';
import { explainSystemError } from './explain-system-error.ts';
import { killProcessGroup } from './kill-process-group.ts';

/** The environment of a login shell, or why it could not be read, without values. */
export type ShellEnvironment = { env: Environment } | { problem: string };

/** Maximum size of the environment, in characters. */
const MAX_OUTPUT = 2 * 1024 * 1024;

/**
 * NUL before and after the variables, so that output of profiles is not read as a variable, and a background process of
 * a profile does not delay the end.
 */
const command = String.raw`printf '\0'; env -0 && printf '\0'`;

/**
 * Starts the shell that `SHELL` names, or `/bin/sh`, as a login shell without input, and reads its environment. After
 * `timeoutMs` it is killed with all its children.
 */
export async function readShellEnvironment(
  env: Environment,
  { timeoutMs }: { timeoutMs: number },
): Promise<ShellEnvironment> {
  const shell = env['SHELL']?.trim() || '/bin/sh';
  return new Promise((resolve) => {
    // A separate process group can be killed as a whole, and has no terminal for prompts.
    const child = spawn(shell, ['-l', '-c', command], { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    let output = '';
    const settle = (result: ShellEnvironment) => {
      clearTimeout(limit);
      child.stdout.destroy();
      child.unref();
      resolve(result);
    };
    const failWith = (problem: string) => {
      killProcessGroup(child.pid);
      settle({ problem });
    };
    const limit = setTimeout(
      () => failWith(`the login shell ${shell} did not answer within ${timeoutMs} ms (env.shellEnv.timeoutMs)`),
      timeoutMs,
    );
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const variables = parseOutput(output);
      if (variables) settle({ env: variables });
      else if (output.length > MAX_OUTPUT) failWith(`the login shell ${shell} printed without end`);
    });
    child.on('error', (error) =>
      settle({ problem: `cannot start the login shell ${shell}: ${explainSystemError(error)}` }),
    );
    child.on('close', (code, signal) =>
      settle({ problem: `the login shell ${shell} ended with ${signal ?? `exit code ${code}`} before it answered` }),
    );
  });
}

function parseOutput(output: string): Environment | undefined {
  const start = output.indexOf('\0');
  const end = output.indexOf('\0\0', start);
  if (start < 0 || end < 0) return undefined;
  const entries = output.slice(start + 1, end).split('\0');
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const name = entry.slice(0, Math.max(0, entry.indexOf('=')));
      return name === '' ? [] : [[name, entry.slice(name.length + 1)]];
    }),
  );
}
