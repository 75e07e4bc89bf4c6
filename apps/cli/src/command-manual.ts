import type { ParseArgsOptionDescriptor } from 'node:util';

/** An option as Node parses it, and what help says of it. */
export interface OptionSpec extends ParseArgsOptionDescriptor {
  readonly description: string;
  /** What stands for the value in help: `--provider <id>`. */
  readonly placeholder?: string;
  /** The only values accepted. */
  readonly choices?: readonly string[];
  /** What the shell completes the value with. */
  readonly completes?: Completion;
}

/** What a shell can complete a value with. */
export type Completion = 'model' | 'file' | 'provider' | 'config-path' | 'written-path';

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A word after the command. */
export interface ArgumentSpec {
  readonly name: string;
  readonly optional?: boolean;
  /** The only words accepted. */
  readonly choices?: readonly string[];
  readonly completes?: Completion;
}

/** A command line that works, and what it does. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

/** Everything about a command but what it does; its one-line purpose stands in the command table. */
export interface CommandManual {
  readonly arguments?: readonly ArgumentSpec[];
  /** Whether any number of words may follow. @default false */
  readonly variadic?: boolean;
  readonly options: OptionSpecs;
  /** Output formats beside text. */
  readonly formats: readonly ('json' | 'plain')[];
  readonly examples: readonly [Example, Example, ...Example[]];
  /** Where more is written: a file of the repository, with the heading. */
  readonly docs: string;
}
