import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface ClientProgram {
  /** Its npm package, with the version: `@anthropic-ai/claude-code@2.1.332`. */
  readonly spec: string;
  /** The name of its command. */
  readonly command: string;
}

/** A command that can be run, or why there is none. */
export type InstalledClient = { readonly path: string } | { readonly reason: string };

/**
 * Installs a client program with npm into a cache of the user, outside the checkout, unless it is there already. These
 * programs are large, so they are installed only when `OPENCLAW_TEST_CLIENTS` is set, as `.ci/run` does.
 */
export async function installClient({ spec, command }: ClientProgram): Promise<InstalledClient> {
  if (process.env['OPENCLAW_TEST_CLIENTS'] === undefined) return { reason: 'OPENCLAW_TEST_CLIENTS is not set' };
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'openclaw-test-clients', spec.replaceAll(/[^\w.-]+/g, '_'));
  const path = join(folder, 'node_modules', '.bin', command);
  if (await works(path)) return { path };
  try {
    await mkdir(folder, { recursive: true });
    await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', spec], { timeout: INSTALL_MS });
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { reason: `npm cannot install ${spec}: ${message}` };
  }
  return (await works(path)) ? { path } : { reason: `${spec} does not run on this machine` };
}

const run = promisify(execFile);

/** A slow connection needs minutes for a hundred megabytes. */
const INSTALL_MS = 600_000;

async function works(path: string): Promise<boolean> {
  try {
    await run(path, ['--version'], { timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}
