import { parseArgs } from 'node:util';
import { CliError } from './cli-error.ts';
import type { CommandManual, OptionSpecs } from './command-manual.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { suggest } from './suggest.ts';

/** The values of the command's options and of the global options, typed by their declarations. */
export type OptionValues<Options extends OptionSpecs> = ReturnType<
  typeof parseArgs<{
    options: typeof GLOBAL_OPTIONS & Options;
    allowPositionals: true;
    allowNegative: true;
    args: string[];
  }>
>['values'];

/** The arguments of a command line, validated against the manual of the command. */
export interface ParsedArguments<Options extends OptionSpecs> {
  readonly values: OptionValues<Options>;
  readonly positionals: readonly string[];
}

/** The command; `options` is that of the manual, with its exact type. */
interface CommandWords<Options extends OptionSpecs> {
  readonly manual: CommandManual;
  readonly options: Options;
}

/**
 * Parses the arguments after the name of a command.
 * @throws {CliError} `usage`: an unknown option (with the nearest known one), a missing or invalid value, a missing or
 * superfluous argument, a format that the command does not support
 */
export function parseCommandArguments<Options extends OptionSpecs>(
  args: readonly string[],
  { manual, options }: CommandWords<Options>,
): ParsedArguments<Options> {
  checkOptions(args, manual);
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...GLOBAL_OPTIONS, ...options },
    allowPositionals: true,
    allowNegative: true,
  });
  checkWords(positionals, manual);
  return { values, positionals };
}

/** Node's messages name neither the nearest option nor the choices, so its strict mode is not used for messages. */
function checkOptions(args: readonly string[], manual: CommandManual): void {
  const options: OptionSpecs = { ...GLOBAL_OPTIONS, ...manual.options };
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowNegative: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, options);
    const value: string | undefined = token.value;
    if (
      spec.type === 'string' &&
      (value === undefined || (value.startsWith('-') && token.inlineValue !== true && value !== '-'))
    ) {
      throw new CliError(
        'usage',
        `${token.rawName} needs a value: ${token.rawName} <${spec.placeholder ?? token.name}>.`,
      );
    }
    if (spec.type === 'boolean' && value !== undefined) {
      throw new CliError('usage', `${token.rawName} takes no value.`);
    }
    if (spec.choices !== undefined && value !== undefined && !spec.choices.includes(value)) {
      throw new CliError(
        'usage',
        `${token.rawName} must be ${listChoices(spec.choices)}, not "${value}".${didYouMean(value, spec.choices)}`,
      );
    }
    if ((token.name === 'json' || token.name === 'plain') && !manual.formats.includes(token.name)) {
      throw new CliError('usage', `This command has no ${token.rawName}.`);
    }
  }
}

function unknownOption(rawName: string, options: OptionSpecs): CliError {
  if (/^-\d/.test(rawName)) {
    return new CliError('usage', `${rawName} is parsed as an option. Put -- before a value that starts with "-".`);
  }
  const known = Object.entries(options).flatMap(([name, { short }]) => [
    `--${name}`,
    ...(short === undefined ? [] : [`-${short}`]),
  ]);
  return new CliError('usage', `There is no option ${rawName}.${didYouMean(rawName, known)}`);
}

function checkWords(positionals: readonly string[], manual: CommandManual): void {
  const expected = manual.arguments ?? [];
  const missing = expected.find(({ optional }, index) => optional !== true && positionals[index] === undefined);
  if (missing !== undefined) throw new CliError('usage', `<${missing.name}> is missing.`);
  for (const [index, word] of positionals.entries()) {
    const argument = expected[index];
    if (argument?.choices !== undefined && !argument.choices.includes(word)) {
      throw new CliError(
        'usage',
        `<${argument.name}> must be ${listChoices(argument.choices)}, not "${word}".${didYouMean(word, argument.choices)}`,
      );
    }
  }
  const superfluous = positionals[expected.length];
  if (superfluous !== undefined && manual.variadic !== true)
    throw new CliError('usage', `Unexpected argument "${superfluous}".`);
}

/** A sentence to append to a message: ` Did you mean "list"?`, or an empty string. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = suggest(word, known);
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}

function listChoices(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
