import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { CliError } from './cli-error.ts';
import type { InputStream } from './host.ts';
import { reasonOf } from './reason-of.ts';

interface MessageSources {
  /** From `--message`. */
  readonly message: string | undefined;
  /** From `--message-file`; `-` is standard input. */
  readonly file: string | undefined;
  readonly openStdin: () => InputStream;
  readonly cwd: string;
}

/**
 * The words for the model: the message, then the file below it. Standard input is read when it is asked for with `-`, or
 * when nothing else is given and it is no keyboard.
 * @throws {CliError} `usage` when there is nothing to say, `failed` when the file cannot be read
 */
export async function readMessage({ message, file, openStdin, cwd }: MessageSources): Promise<string> {
  const fromPipe = message === undefined && file === undefined && openStdin().isTTY !== true;
  const more =
    fromPipe || file === '-'
      ? await readAll(openStdin())
      : file === undefined
        ? undefined
        : await readMessageFile(resolve(cwd, file));
  const whole = [message, more?.trimEnd()].filter((part) => part !== undefined && part !== '').join('\n\n');
  if (whole.trim() !== '') return whole;
  throw new CliError('usage', 'There is no message.', {
    nextCommands: ['openclaw agent -m "Why is the sky blue?"', 'openclaw agent --message-file question.txt'],
  });
}

async function readMessageFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new CliError('failed', `The message file ${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}
