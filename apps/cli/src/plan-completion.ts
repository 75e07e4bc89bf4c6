import { COMMANDS, GROUPS } from './command-table.ts';
import type { CommandManual, Completion, OptionSpec, OptionSpecs } from './command-manual.ts';
import { commandsIn, isGlobal } from './find-command.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';

/** A completion candidate. */
export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** The candidates of the last word, or the source to look them up in. */
export interface CompletionPlan {
  readonly words: readonly Candidate[];
  /** The source of candidates that follow `prefix`. */
  readonly lookUp?: Completion;
  readonly prefix: string;
}

/** Plans the completion of the last of the words after `openclaw`. */
export async function planCompletion(line: readonly string[]): Promise<CompletionPlan> {
  const typed = line.slice(0, -1);
  const current = line.at(-1) ?? '';
  const { name, args } = splitLine(typed[0] === 'help' ? typed.slice(1) : typed);
  const row = COMMANDS[GROUPS[name]?.defaultCommand ?? name];
  const manual = row === undefined ? undefined : (await row.load()).manual;
  const options = optionsOf(manual);
  const { rest, ended } = readWords(args, options);

  const inline = ended ? null : /^(--[^=]+)=/.exec(current);
  if (inline !== null) return completeValue(options[(inline[1] ?? '').slice(2)], inline[0]);
  const previous = ended ? undefined : findOption(typed.at(-1) ?? '', options);
  if (previous?.type === 'string') return completeValue(previous, '');
  if (current.startsWith('-') && !ended) return { words: optionCandidates(options), prefix: '' };
  const subcommands = Object.hasOwn(GROUPS, name) || name === '' ? commandsIn(name) : [];
  if (subcommands.length > 0 && rest.length === 0) {
    return {
      words: subcommands.map((full) => ({
        word: full.split(' ').at(-1) ?? full,
        description: GROUPS[full]?.purpose ?? COMMANDS[full]?.purpose ?? '',
      })),
      prefix: '',
    };
  }
  const argument = manual?.arguments?.[rest.length];
  return {
    words: (argument?.choices ?? []).map((word) => ({ word, description: '' })),
    ...(argument?.completes === undefined ? {} : { lookUp: argument.completes }),
    prefix: '',
  };
}

/** The longest command name at the start, and the rest; options are skipped where `findCommand` skips them. */
function splitLine(typed: readonly string[]): { name: string; args: readonly string[] } {
  let name = '';
  for (let index = 0; index < typed.length; index++) {
    const word = typed[index] ?? '';
    if (word.startsWith('-')) {
      if (word === '--' || (name !== '' && !isGlobal(word))) return { name, args: typed.slice(index) };
      if (word === '--profile') index += 1;
      continue;
    }
    const longer = name === '' ? word : `${name} ${word}`;
    if (!Object.hasOwn(GROUPS, longer) && !Object.hasOwn(COMMANDS, longer)) return { name, args: typed.slice(index) };
    name = longer;
  }
  return { name, args: [] };
}

/** The positional arguments, and whether `--` has ended the options. */
function readWords(args: readonly string[], options: OptionSpecs): { rest: readonly string[]; ended: boolean } {
  const rest: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (word === '--') return { rest: [...rest, ...args.slice(index + 1)], ended: true };
    if (!word.startsWith('-')) rest.push(word);
    else if (findOption(word, options)?.type === 'string') index += 1;
  }
  return { rest, ended: false };
}

function optionsOf(manual: CommandManual | undefined): OptionSpecs {
  const { json, plain, ...everywhere } = GLOBAL_OPTIONS;
  const formats = manual?.formats ?? [];
  return {
    ...manual?.options,
    ...(formats.includes('json') ? { json } : {}),
    ...(formats.includes('plain') ? { plain } : {}),
    ...everywhere,
  };
}

function findOption(word: string, options: OptionSpecs): OptionSpec | undefined {
  if (word.startsWith('--')) return options[word.slice(2)];
  return word.startsWith('-') ? Object.values(options).find(({ short }) => short === word.slice(1)) : undefined;
}

function optionCandidates(options: OptionSpecs): Candidate[] {
  return Object.entries(options).map(([name, { description }]) => ({ word: `--${name}`, description }));
}

function completeValue(option: OptionSpec | undefined, prefix: string): CompletionPlan {
  const words = (option?.choices ?? []).map((choice) => ({ word: `${prefix}${choice}`, description: '' }));
  return { words, prefix, ...(option?.completes === undefined ? {} : { lookUp: option.completes }) };
}
