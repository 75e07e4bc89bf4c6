import { realpathSync } from 'node:fs';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { ProcessInfo } from '../host.ts';

/** How a service starts this program. */
export interface ServiceProgram {
  /** Node, its options, and the program. */
  readonly node: string;
  readonly nodeOptions: readonly string[];
  readonly script: string;
  /** Whether a path contains a version, so that an upgrade of Node may remove it. */
  readonly hasVersion: boolean;
}

/** Directories of package runners and of shells, which are deleted or differ for each shell. */
const TEMPORARY = /[/\\](?:_npx|dlx(?:-[^/\\]*)?|fnm_multishells)[/\\]|^\/run\/user\//;

const VERSION = /[/\\]v?\d+\.\d+[^/\\]*[/\\]/;

/**
 * Finds paths of Node and of this program that stay the same when they are upgraded: links on the path are preferred to what they lead to.
 * @throws {CliError} `failed` if this program runs from a temporary directory
 */
export function resolveProgram(
  { execPath, execArgv, script }: ProcessInfo,
  { path = '' }: { readonly path?: string | undefined },
): ServiceProgram {
  const directories = path
    .split(delimiter)
    .filter((directory) => isAbsolute(directory) && !TEMPORARY.test(`${directory}/`));
  const node = stablePath(
    execPath,
    directories.map((directory) => join(directory, basename(execPath))),
  );
  const program = stablePath(script, [
    ...directories.map((directory) => join(directory, 'openclaw')),
    // Where pnpm keeps a package changes with its version. The link beside it does not.
    script.replace(/[/\\]\.pnpm[/\\][^/\\]+[/\\]node_modules(?=[/\\])/, ''),
  ]);
  if (TEMPORARY.test(program) || TEMPORARY.test(node)) {
    throw new CliError(
      'failed',
      `This openclaw runs from a temporary directory (${program}), which a service cannot use.`,
      {
        nextCommands: ['npm install --global ./openclaw.tgz'],
      },
    );
  }
  const nodeOptions = execArgv.filter((option) => option.startsWith('--conditions='));
  return { node, nodeOptions, script: program, hasVersion: VERSION.test(node) || VERSION.test(program) };
}

/** The first path that leads to the same file and has no version; else the first one, else the file itself. */
function stablePath(file: string, candidates: readonly string[]): string {
  const target = realPath(file);
  const same = target === undefined ? [] : candidates.filter((candidate) => realPath(candidate) === target);
  return same.find((candidate) => !VERSION.test(candidate)) ?? same[0] ?? file;
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
