import { Readable } from 'node:stream';
import type { System } from '../src/host.ts';
import { runCli } from '../src/run-cli.ts';

/** The output and the exit code of a command line. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface InMemoryOptions extends Partial<System> {
  /** The content of standard input. @default a terminal without input */
  readonly input?: string;
  /** Whether the outputs are terminals. */
  readonly terminal?: boolean;
}

/** Runs a command line in this process and captures its outputs. */
export async function runInMemory(argv: readonly string[], options: InMemoryOptions = {}): Promise<Ran> {
  const { input, terminal = false, ...system } = options;
  const printed = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: terminal,
    write(text: string) {
      printed[name] += text;
    },
  });
  const code = await runCli(argv, {
    env: {},
    cwd: '/nowhere',
    process: {
      platform: 'linux',
      execPath: process.execPath,
      execArgv: [],
      script: '/nowhere/openclaw.cjs',
      userId: 501,
    },
    openStdin: () => Object.assign(Readable.from(input === undefined ? [] : [input]), { isTTY: input === undefined }),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    readVersion: () => '1.2.3',
    now: () => 0,
    interruption: () => new AbortController().signal,
    createRuntime: () => Promise.reject(new Error('This test has no runtime.')),
    ...system,
  });
  return { code, ...printed };
}
