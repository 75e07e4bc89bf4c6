import { CliError } from './cli-error.ts';

interface NumberOption {
  /** The option as typed: `--port`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/**
 * Parses a whole number; `undefined` if the option is absent.
 * @throws {CliError} `usage`
 */
export function parseNumberOption(text: string | undefined, { name, min, max }: NumberOption): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new CliError('usage', `${name} must be a whole number from ${min} to ${max}, not "${text}".`);
}
