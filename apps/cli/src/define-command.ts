import type { CommandManual, OptionSpecs } from './command-manual.ts';
import type { Host } from './host.ts';
import { parseCommandArguments, type OptionValues } from './parse-command-arguments.ts';

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
