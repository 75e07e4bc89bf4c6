import type { ParseArgsOptionDescriptor } from 'node:util';

/** An option: how Node parses it, and its help text. */
export interface OptionSpec extends ParseArgsOptionDescriptor {
  readonly description: string;
  /** Placeholder of the value in help: `--provider <id>`. */
  readonly placeholder?: string;
  /** The only values accepted. */
  readonly choices?: readonly string[];
  /** The completion candidates of the value. */
  readonly completes?: Completion;
}

/** Kinds of completion candidates. */
export type Completion = 'model' | 'file' | 'provider' | 'client' | 'config-path' | 'written-path';

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A positional argument. */
export interface ArgumentSpec {
  readonly name: string;
  readonly optional?: boolean;
  /** The only values accepted. */
  readonly choices?: readonly string[];
  readonly completes?: Completion;
}

/** An example command line and its description. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

/** The interface of a command, without its implementation. Its one-line purpose is in the command table. */
export interface CommandManual {
  readonly arguments?: readonly ArgumentSpec[];
  /** Whether any number of arguments may follow. @default false */
  readonly variadic?: boolean;
  readonly options: OptionSpecs;
  /** Output formats in addition to text. */
  readonly formats: readonly ('json' | 'plain')[];
  readonly examples: readonly [Example, Example, ...Example[]];
  /** The documentation: a file of the repository, with the heading. */
  readonly docs: string;
}
