import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A slow connection needs minutes for a hundred megabytes. */
const INSTALL_LIMIT_MS = 300_000;

/**
 * Installs packages with npm into a cache of the user, outside the checkout, unless they are there already.
 * @returns the folder that has them in its `node_modules`, or undefined where npm cannot install them
 */
export function installTools(name: string, packages: readonly string[]): string | undefined {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const key = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12);
  const folder = join(cache, 'openclaw-test-tools', `${name}-${key}`);
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return folder;
  mkdirSync(folder, { recursive: true });
  const args = [
    'install',
    '--prefix',
    folder,
    '--prefer-offline',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    ...packages,
  ];
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: INSTALL_LIMIT_MS });
  if (status !== 0) return undefined;
  writeFileSync(complete, '');
  return folder;
}
