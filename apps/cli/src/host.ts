import type { Readable } from 'node:stream';
import type { LoadedConfig } from '@openclaw/config';
import type { Runtime } from '@openclaw/runtime/internal';
import type { Output, TextStream } from './output.ts';

/** Standard input, which may be a terminal. */
export type InputStream = Readable & { readonly isTTY?: boolean | undefined };

/** This process, as another process would start it again. */
export interface ProcessInfo {
  readonly platform: NodeJS.Platform;
  /** The real path of Node. */
  readonly execPath: string;
  readonly execArgv: readonly string[];
  /** The path of the started program, which may be a link. */
  readonly script: string;
  /** Absent on Windows. */
  readonly userId?: number | undefined;
}

/** The environment of the program. Tests replace it. */
export interface System {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly process: ProcessInfo;
  /** Opens standard input on demand, because that takes several milliseconds. */
  readonly openStdin: () => InputStream;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** The version of this program. */
  readonly readVersion: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Listens for Ctrl-C and `SIGTERM`. The first one aborts the signal, the second one terminates the process. */
  readonly interruption: () => AbortSignal;
  readonly createRuntime: (loaded: LoadedConfig) => Promise<Runtime>;
}

/** The system, with the parsed global options. */
export interface Host extends System {
  readonly output: Output;
  /** From `--profile` and `--dev`. */
  readonly profile: string | undefined;
  /** From `--dev`. */
  readonly dev: boolean;
}
