import type { Readable } from 'node:stream';
import type { LoadedConfig } from '@openclaw/config';
import type { Runtime } from '@openclaw/runtime';
import type { Output, TextStream } from './output.ts';

/** Bytes that may come from a keyboard. */
export type InputStream = Readable & { readonly isTTY?: boolean | undefined };

/** What the program is given by the machine it runs on. Tests give it something else. */
export interface System {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Standard input; opened when it is asked for, which takes its time. */
  readonly openStdin: () => InputStream;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** The version of this program. */
  readonly readVersion: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Starts listening for Ctrl-C and `SIGTERM`; the signal aborts with the first of them, the second ends the program. */
  readonly interruption: () => AbortSignal;
  readonly createRuntime: (loaded: LoadedConfig) => Promise<Runtime>;
}

/** The system, with the global options read. */
export interface Host extends System {
  readonly output: Output;
  /** From `--profile` and `--dev`. */
  readonly profile: string | undefined;
  /** From `--dev`. */
  readonly dev: boolean;
}
