import { CliError } from './cli-error.ts';

interface NumberOption {
  /** As it is typed: `--port`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/**
 * A whole number from the command line; nothing when the option was not given.
 * @throws {CliError} `usage`
 */
export function parseNumberOption(text: string | undefined, { name, min, max }: NumberOption): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new CliError('usage', `${name} is a whole number from ${min} to ${max}, not "${text}".`);
}
