import { CliError } from '../cli-error.ts';

/**
 * Sets variables in the text of a file for Node's `--env-file`, and leaves all other lines.
 * @throws {CliError} `failed` for a value that such a file cannot hold
 */
export function setEnvVariables(text: string, variables: Readonly<Record<string, string>>): string {
  const kept = text
    .split('\n')
    .filter((line) => line !== '' && !Object.keys(variables).some((name) => line.startsWith(`${name}=`)));
  const lines = [...kept, ...Object.entries(variables).map(([name, value]) => `${name}=${quote(name, value)}`)];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Hides the values. */
export function maskEnvVariables(text: string): string {
  return text.replaceAll(/^(\w+)=.*$/gm, '$1=***');
}

/** The format has no escapes, except in double quotes. */
function quote(name: string, value: string): string {
  const mark = ["'", '`', '"'].find((one) => !value.includes(one) && (one !== '"' || !value.includes('\\')));
  if (mark !== undefined && !/[\r\n]/.test(value)) return `${mark}${value}${mark}`;
  throw new CliError(
    'failed',
    `The value of ${name} has line breaks or all kinds of quotes, which no file for variables can hold.`,
  );
}
