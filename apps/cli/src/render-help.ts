import { COMMANDS, GROUPS } from './command-table.ts';
import type { CommandManual, OptionSpec, OptionSpecs } from './command-manual.ts';
import type { Command } from './define-command.ts';
import { commandsIn } from './find-command.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import type { Style } from './render/style.ts';

/** Help for one command: purpose, usage, options, examples, documentation. */
export function renderCommandHelp(name: string, { command, style }: { command: Command; style: Style }): string {
  const { manual } = command;
  const words = (manual.arguments ?? []).map(({ name: word, optional }) =>
    optional === true ? `[${word}]` : `<${word}>`,
  );
  const { json, plain, ...everywhere } = GLOBAL_OPTIONS;
  const formats = {
    ...(manual.formats.includes('json') ? { json } : {}),
    ...(manual.formats.includes('plain') ? { plain } : {}),
  };
  return [
    `${COMMANDS[name]?.purpose ?? ''}.`,
    '',
    `${style.bold('Usage:')} openclaw ${[name, ...words].join(' ')} [options]`,
    ...section('Options', { rows: optionRows({ ...manual.options, ...formats }), style }),
    ...section('Everywhere', { rows: optionRows(everywhere), style }),
    ...examples(manual, style),
    '',
    `${style.bold('Documentation:')} ${manual.docs}`,
  ].join('\n');
}

/** Help for a group of commands, or for the whole program if the name is empty. */
export function renderGroupHelp(group: string, { version, style }: { version: string; style: Style }): string {
  const title =
    group === ''
      ? `${style.accent(`OpenClaw ${version}`)} makes local models dependable.`
      : `${GROUPS[group]?.purpose ?? ''}.`;
  const defaultCommand = GROUPS[group]?.defaultCommand;
  const rows = commandsIn(group).map((name): [string, string] => [
    name,
    GROUPS[name]?.purpose ?? COMMANDS[name]?.purpose ?? '',
  ]);
  const sample =
    group === ''
      ? ['openclaw models list', 'openclaw agent -m "Why is the sky blue?"']
      : [`openclaw ${rows[0]?.[0]}`, `openclaw ${rows.at(-1)?.[0]} --help`];
  return [
    title,
    '',
    `${style.bold('Usage:')} openclaw ${group === '' ? '<command>' : `${group} <command>`} [options]`,
    ...section('Commands', { rows, style }),
    ...(defaultCommand === undefined ? [] : ['', `openclaw ${group} runs openclaw ${defaultCommand}.`]),
    ...section('Everywhere', {
      rows: optionRows(group === '' ? { ...GLOBAL_OPTIONS, version: VERSION_OPTION } : GLOBAL_OPTIONS),
      style,
    }),
    '',
    style.bold('Examples:'),
    ...sample.map((line) => `  ${line}`),
    '',
    `${style.bold('Documentation:')} docs/cli.md; openclaw <command> --help has two examples for each.`,
  ].join('\n');
}

const VERSION_OPTION: OptionSpec = { type: 'boolean', short: 'V', description: 'Print the version' };

function optionRows(options: OptionSpecs): [string, string][] {
  return Object.entries(options).map(([name, { short, placeholder, description, choices, type }]) => {
    const value = type === 'boolean' ? '' : ` <${choices?.join('|') ?? placeholder ?? name}>`;
    return [`${short === undefined ? '    ' : `-${short}, `}--${name}${value}`, description];
  });
}

function section(
  title: string,
  { rows, style }: { readonly rows: readonly [string, string][]; readonly style: Style },
): string[] {
  if (rows.length === 0) return [];
  const width = Math.min(34, Math.max(...rows.map(([left]) => left.length)));
  return ['', style.bold(`${title}:`), ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${style.dim(right)}`)];
}

function examples({ examples: list }: CommandManual, style: Style): string[] {
  return ['', style.bold('Examples:'), ...list.flatMap(({ line, does }) => [`  ${line}`, `      ${style.dim(does)}`])];
}
