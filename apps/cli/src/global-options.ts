import { CliError } from './cli-error.ts';
import type { OutputFormat } from './output.ts';

/** Options of all commands, before or after the name of the command. */
export const GLOBAL_OPTIONS = {
  profile: { type: 'string', placeholder: 'name', description: 'Use the directory ~/.openclaw-<name> for all files' },
  dev: { type: 'boolean', description: 'Same as --profile dev, with the gateway on port 19001' },
  color: { type: 'boolean', description: 'Force colours; --no-color or NO_COLOR=1 disables them' },
  json: { type: 'boolean', description: 'Print exactly one JSON document' },
  plain: { type: 'boolean', description: 'Print bare values, one per line' },
  help: { type: 'boolean', short: 'h', description: 'Show help with examples' },
} as const;

/** The values of the global options. */
export interface GlobalSettings {
  readonly profile: string | undefined;
  readonly dev: boolean;
  readonly colours: boolean | undefined;
  readonly format: OutputFormat;
  readonly help: boolean;
}

/**
 * Parses the global options of a command line before its command is known. The parser of the command reports errors in
 * the rest.
 * @throws {CliError} `usage` for `--json` together with `--plain`, and for `--profile` without a name
 */
export function readGlobalOptions(argv: readonly string[]): GlobalSettings {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  const has = (...names: string[]): boolean => names.some((name) => flags.includes(name));
  if (has('--json') && has('--plain')) throw new CliError('usage', 'Use either --json or --plain, not both.');
  const dev = has('--dev');
  return {
    profile: readProfile(flags) ?? (dev ? 'dev' : undefined),
    dev,
    colours: has('--no-color') ? false : has('--color') ? true : undefined,
    format: has('--json') ? 'json' : has('--plain') ? 'plain' : 'text',
    help: has('--help', '-h'),
  };
}

function readProfile(flags: readonly string[]): string | undefined {
  const inline = flags.find((flag) => flag.startsWith('--profile='))?.slice('--profile='.length);
  const at = flags.indexOf('--profile');
  const name = inline ?? (at === -1 ? undefined : (flags[at + 1] ?? ''));
  if (name === undefined || (name !== '' && !name.startsWith('-'))) return name;
  throw new CliError('usage', '--profile needs a name, for example --profile work.');
}
