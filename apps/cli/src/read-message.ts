import { isUtf8 } from 'node:buffer';
import { resolve } from 'node:path';
import { CliError } from './cli-error.ts';
import type { InputStream } from './host.ts';
import { readAtMost, readNamedFile } from './read-named-file.ts';

interface MessageSources {
  /** From `--message`. */
  readonly message: string | undefined;
  /** From `--message-file`; `-` is standard input. */
  readonly file: string | undefined;
  readonly openStdin: () => InputStream;
  readonly cwd: string;
}

/**
 * The message for the model: the option, followed by the file. Standard input is read for `-`, and if neither is given
 * and it is not a terminal.
 * @throws {CliError} `usage` if the message is empty, `failed` if the file cannot be read or is not text
 */
export async function readMessage({ message, file, openStdin, cwd }: MessageSources): Promise<string> {
  const fromPipe = message === undefined && file === undefined && openStdin().isTTY !== true;
  const more =
    fromPipe || file === '-'
      ? await readStdin(openStdin())
      : file === undefined
        ? undefined
        : await readMessageFile(resolve(cwd, file));
  const whole = [message, more?.trimEnd()].filter((part) => part !== undefined && part !== '').join('\n\n');
  if (whole.trim() !== '') return whole;
  throw new CliError('usage', 'The message is missing.', {
    nextCommands: ['openclaw agent "Why is the sky blue?"', 'openclaw agent --message-file question.txt'],
  });
}

/** Larger than any context window. */
const MAX_MESSAGE_BYTES = 16 * 2 ** 20;

async function readStdin(stdin: InputStream): Promise<string> {
  const what = 'The message from standard input';
  return decodeText(await readAtMost(stdin, { what, maxBytes: MAX_MESSAGE_BYTES }), what);
}

async function readMessageFile(path: string): Promise<string> {
  const what = 'The message file';
  return decodeText(await readNamedFile(path, { what, maxBytes: MAX_MESSAGE_BYTES }), `${what} ${path}`);
}

/** Binary data would be sent as meaningless characters. */
function decodeText(bytes: Buffer, what: string): string {
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString('utf8');
  throw new CliError(
    'failed',
    `${what} is not text in UTF-8. Attach pictures with --image; convert other files to text.`,
  );
}
