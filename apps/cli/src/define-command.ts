import type { CommandManual, OptionSpecs } from './command-manual.ts';
import type { Host } from './host.ts';
import { parseCommandArguments, type OptionValues } from './parse-command-arguments.ts';

/** A command after loading. */
export interface Command {
  readonly manual: CommandManual;
  /** Runs the command; resolves to the exit code. */
  run(args: readonly string[], host: Host): Promise<number>;
}

/** The input of a command. */
export interface Invocation<Options extends OptionSpecs> {
  readonly values: OptionValues<Options>;
  readonly positionals: readonly string[];
  readonly host: Host;
}

interface CommandSpec<Options extends OptionSpecs> extends CommandManual {
  readonly options: Options;
  /** Resolves to an exit code; `undefined` means 0. */
  run(invocation: Invocation<Options>): Promise<number | void>;
}

/** Joins the manual of a command with its implementation, so that options are declared once and typed. */
export function defineCommand<const Options extends OptionSpecs>(spec: CommandSpec<Options>): Command {
  return {
    manual: spec,
    async run(args, host) {
      const { values, positionals } = parseCommandArguments(args, { manual: spec, options: spec.options });
      return (await spec.run({ values, positionals, host })) ?? 0;
    },
  };
}
