import { COMMANDS, GROUPS } from './command-table.ts';
import type { CommandManual, Completion, OptionSpec, OptionSpecs } from './define-command.ts';
import { commandsIn } from './find-command.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';

/** A word that a command line can go on with. */
export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** What the last word can become: one of these words, or something that has to be looked up. */
export interface CompletionPlan {
  readonly words: readonly Candidate[];
  /** Looked up, and put behind `prefix`. */
  readonly lookUp?: Completion;
  readonly prefix: string;
}

/** Plans what the last of the words after `openclaw` can become. */
export async function planCompletion(line: readonly string[]): Promise<CompletionPlan> {
  const typed = line.slice(0, -1);
  const current = line.at(-1) ?? '';
  const { name, rest } = splitLine(typed);
  const row = COMMANDS[GROUPS[name]?.stands ?? name];
  const manual = row === undefined ? undefined : (await row.load()).manual;
  const options = optionsOf(manual);

  const inline = /^(--[^=]+)=/.exec(current);
  if (inline !== null) return completeValue(options[(inline[1] ?? '').slice(2)], inline[0]);
  const previous = findOption(typed.at(-1) ?? '', options);
  if (previous?.type === 'string') return completeValue(previous, '');
  if (current.startsWith('-')) return { words: optionCandidates(options), prefix: '' };
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

/** The longest command at the start, and the words after it that are no options. */
function splitLine(typed: readonly string[]): { name: string; rest: readonly string[] } {
  let name = '';
  const rest: string[] = [];
  for (const word of typed.filter((candidate) => !candidate.startsWith('-'))) {
    const longer = name === '' ? word : `${name} ${word}`;
    if (rest.length === 0 && (Object.hasOwn(GROUPS, longer) || Object.hasOwn(COMMANDS, longer))) name = longer;
    else rest.push(word);
  }
  return { name, rest };
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
