import type { parseArgs, ParseArgsOptionDescriptor } from 'node:util';
import type { GLOBAL_OPTIONS } from './global-options.ts';
import type { Host } from './host.ts';
import { parseCommandArguments } from './parse-command-arguments.ts';

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

/** A command as the table loads it. */
export interface Command {
  readonly manual: CommandManual;
  /** Carries the command out; resolves to the exit code. */
  run(args: readonly string[], host: Host): Promise<number>;
}

/** What a command is given. */
export interface Invocation<Options extends OptionSpecs> {
  readonly values: OptionValues<Options>;
  readonly positionals: readonly string[];
  readonly host: Host;
}

/** The values of a command's own options and of the global ones, typed by their declarations. */
export type OptionValues<Options extends OptionSpecs> = ReturnType<
  typeof parseArgs<{
    options: typeof GLOBAL_OPTIONS & Options;
    allowPositionals: true;
    allowNegative: true;
    args: string[];
  }>
>['values'];

interface CommandSpec<Options extends OptionSpecs> extends CommandManual {
  readonly options: Options;
  /** Resolves to an exit code; nothing means 0. */
  run(invocation: Invocation<Options>): Promise<number | void>;
}

/** Joins a command's manual with what it does, so that options are declared once and arrive typed. */
export function defineCommand<const Options extends OptionSpecs>(spec: CommandSpec<Options>): Command {
  return {
    manual: spec,
    async run(args, host) {
      const { values, positionals } = parseCommandArguments(args, { manual: spec, options: spec.options });
      return (await spec.run({ values, positionals, host })) ?? 0;
    },
  };
}
