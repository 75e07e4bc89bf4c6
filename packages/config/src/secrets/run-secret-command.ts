import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { Environment } from '../environment.ts';
import { explainSystemError } from '../explain-system-error.ts';
import { isJsonObject, ownProperty, type JsonValue } from '../json-value.ts';
import { killProcessGroup } from '../kill-process-group.ts';
import type { SecretProvider } from '../schema/secrets-schema.ts';
import { checkSecretPath, SecretError } from './check-secret-path.ts';
import type { SecretResult } from './secret-reference.ts';

const DEFAULT_TIMEOUT_MS = 5000;
const DEFAULT_MAX_OUTPUT_BYTES = 1024 * 1024;

/** The bits with which group and others can change a program. */
const WRITABLE = 0o022;

const ID = /^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,255}$/;

export interface SecretCommandOptions {
  /** The name of the provider, which the program receives. */
  readonly name: string;
  readonly ids: readonly string[];
  /** The environment that `passEnv` selects from. */
  readonly env: Environment;
}

/**
 * Asks a program for secrets, with the protocol of the original: `{ protocolVersion, provider, ids }` on its input,
 * `{ values, errors }` on its output. It is started without a shell, and killed with its children at the time limit.
 * @throws {SecretError} if the program gives no answer
 */
export async function runSecretCommand(
  provider: SecretProvider,
  { name, ids, env }: SecretCommandOptions,
): Promise<readonly SecretResult[]> {
  const { command = '', jsonOnly = true, allowInsecurePath = false, allowSymlinkCommand = false } = provider;
  const usable = ids.filter(isUsableId);
  if (command === '') throw new SecretError('has no `command`');
  if (usable.length === 0) return ids.map(() => UNUSABLE_ID);
  const path = await checkSecretPath(command, {
    forbiddenMode: WRITABLE,
    allowInsecurePath,
    allowSymlink: allowSymlinkCommand,
    trustedDirs: provider.trustedDirs ?? [],
  });
  const input = `${JSON.stringify({ protocolVersion: 1, provider: name, ids: usable })}\n`;
  const output = await runProgram(path, { provider, input, env });
  const answer = parseAnswer(output);
  if (answer !== undefined) return ids.map((id) => (isUsableId(id) ? readAnswer(answer, id) : UNUSABLE_ID));
  if (jsonOnly || ids.length > 1) throw new SecretError(`${path} did not print JSON`);
  const value = output.replace(/\r?\n$/, '');
  return [value === '' ? { problem: `${path} printed nothing` } : { value }];
}

const UNUSABLE_ID: SecretResult = { problem: 'the `id` may have letters, digits and ._:/#- only' };

function isUsableId(id: string): boolean {
  return ID.test(id) && !id.split('/').some((part) => part === '.' || part === '..');
}

interface ProgramOptions {
  readonly provider: SecretProvider;
  readonly input: string;
  readonly env: Environment;
}

async function runProgram(path: string, { provider, input, env }: ProgramOptions): Promise<string> {
  const { args = [], passEnv = [], timeoutMs = DEFAULT_TIMEOUT_MS, noOutputTimeoutMs = timeoutMs } = provider;
  const { maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES } = provider;
  const passed = Object.fromEntries(passEnv.flatMap((key) => (env[key] === undefined ? [] : [[key, env[key]]])));
  return new Promise((resolve, reject) => {
    // A separate process group can be killed as a whole, and has no terminal for prompts. Errors are not shown: they
    // may quote a secret.
    const child = spawn(path, args, {
      env: { ...passed, ...provider.env },
      cwd: dirname(path),
      stdio: ['pipe', 'pipe', 'ignore'],
      shell: false,
      detached: true,
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (settle: () => void): void => {
      clearTimeout(limit);
      clearTimeout(silence);
      child.stdout.destroy();
      settle();
    };
    const fail = (message: string): void => {
      killProcessGroup(child.pid);
      end(() => reject(new SecretError(message)));
    };
    const limit = setTimeout(() => fail(`${path} did not end within ${timeoutMs} ms`), timeoutMs);
    const silence = setTimeout(() => fail(`${path} printed nothing for ${noOutputTimeoutMs} ms`), noOutputTimeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      silence.refresh();
      bytes += chunk.byteLength;
      if (bytes > maxOutputBytes) fail(`${path} printed more than ${maxOutputBytes} bytes`);
      else chunks.push(chunk);
    });
    // A program that does not read its input may end before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error) =>
      end(() => reject(new SecretError(`cannot start ${path}: ${explainSystemError(error)}`))),
    );
    child.on('close', (code, signal) =>
      code === 0
        ? end(() => resolve(Buffer.concat(chunks).toString('utf8')))
        : fail(`${path} ended with ${signal ?? `exit code ${code}`}`),
    );
  });
}

function parseAnswer(output: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(output);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** How much of the program's own words is shown. */
const MAX_MESSAGE_LENGTH = 200;

function readAnswer(answer: JsonValue, id: string): SecretResult {
  const part = (key: string): JsonValue | undefined => {
    const section = isJsonObject(answer) ? ownProperty(answer, key) : undefined;
    return isJsonObject(section) ? ownProperty(section, id) : undefined;
  };
  const value = part('values');
  if (typeof value === 'string' && value !== '') return { value };
  const error = part('errors');
  const message = isJsonObject(error) ? ownProperty(error, 'message') : undefined;
  const words = typeof message === 'string' ? `: ${message.slice(0, MAX_MESSAGE_LENGTH)}` : '';
  return { problem: `the program has no value for this \`id\`${words}` };
}
