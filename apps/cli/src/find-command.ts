import { CliError } from './cli-error.ts';
import { COMMANDS, GROUPS } from './command-table.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { didYouMean } from './parse-command-arguments.ts';

/** The command of a command line, and its remaining arguments. */
export interface FoundCommand {
  /** A command of the table, or a group without a default command; empty for the program itself. */
  readonly name: string;
  /** The name as typed: `gateway`, where `name` is `gateway run`. */
  readonly typed: string;
  readonly args: readonly string[];
}

/**
 * Finds the longest command name at the start of a command line, skipping options before and between its words.
 * @throws {CliError} `usage` for an unknown command, or an unknown option before it, with the nearest one
 */
export function findCommand(argv: readonly string[]): FoundCommand {
  const words: string[] = [];
  const args: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') return found(words, [...args, ...argv.slice(index)]);
    if (word.startsWith('-')) {
      // From here on an argument may be the value of an option that only the command knows: `openclaw gateway --port
      // 8080`.
      if (words.length === 0 && !isGlobal(word)) throw unknownRootOption(word);
      if (!isGlobal(word)) return found(words, [...args, ...argv.slice(index)]);
      args.push(word);
      if (word === '--profile') args.push(...argv.slice(++index, index + 1));
      continue;
    }
    const longer = [...words, word].join(' ');
    if (Object.hasOwn(COMMANDS, longer)) return found([...words, word], [...args, ...argv.slice(index + 1)]);
    if (!Object.hasOwn(GROUPS, longer)) throw unknownCommand(longer, words);
    words.push(word);
  }
  return found(words, args);
}

/** Whether an option is global. */
export function isGlobal(flag: string): boolean {
  const name = flag.replace(/^--(no-)?/, '').replace(/=.*/s, '');
  return flag === '-h' || (flag.startsWith('--') && Object.hasOwn(GLOBAL_OPTIONS, name));
}

function found(words: readonly string[], args: readonly string[]): FoundCommand {
  const typed = words.join(' ');
  return { name: (Object.hasOwn(GROUPS, typed) ? GROUPS[typed]?.defaultCommand : undefined) ?? typed, typed, args };
}

/** No command was typed before the option, so it can only be global. */
function unknownRootOption(flag: string): CliError {
  const known = [...Object.keys(GLOBAL_OPTIONS).map((name) => `--${name}`), '--version'];
  return new CliError('usage', `There is no option ${flag}.${didYouMean(flag, known)}`, {
    nextCommands: ['openclaw --help'],
  });
}

function unknownCommand(typed: string, words: readonly string[]): CliError {
  const group = words.join(' ');
  const siblings = commandsIn(group);
  const suggestion = didYouMean(typed, [
    ...siblings,
    ...(words.length === 0 ? [...Object.keys(COMMANDS), '--version'] : []),
  ]);
  return new CliError('usage', `There is no command "openclaw ${typed}".${suggestion}`, {
    nextCommands: [group === '' ? 'openclaw --help' : `openclaw ${group} --help`],
  });
}

/** The full names of the commands and groups one level below a group, in the order of the command table. */
export function commandsIn(group: string): readonly string[] {
  const depth = group === '' ? 1 : group.split(' ').length + 1;
  return [
    ...new Set(
      Object.keys(COMMANDS)
        .filter((name) => group === '' || name.startsWith(`${group} `))
        .map((name) => name.split(' ').slice(0, depth).join(' ')),
    ),
  ];
}
