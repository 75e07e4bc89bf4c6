import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Checks the workflows with actionlint, which `go install` builds once into a cache of the user, and that every action
 * is pinned to a commit. Without Go only the pins are checked.
 */
const VERSION = 'v1.7.12';
const INSTALL_LIMIT_MS = 300_000;

const files = globSync('.github/workflows/*.yml').toSorted();
const unpinned = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^\s*(?:- )?uses: (.+)$/gm)]
    .filter(([, action = '']) => !/^\S+@[0-9a-f]{40} # v\d/.test(action))
    .map(([, action = '']) => `${file}: pin ${action} to a commit, with its version in a comment`),
);

if (unpinned.length > 0) {
  console.error(unpinned.join('\n'));
  process.exitCode = 1;
} else {
  lint();
}

function lint(): void {
  const actionlint = installActionlint();
  if (actionlint === undefined) {
    console.log('workflows: actionlint SKIPPED, as Go could not build it here');
    return;
  }
  const { status } = spawnSync(actionlint, ['-color=false', ...files], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
  else console.log(`workflows: actionlint found nothing in ${files.length} files`);
}

function installActionlint(): string | undefined {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'openclaw-test-tools', `actionlint-${VERSION}`);
  const file = join(folder, process.platform === 'win32' ? 'actionlint.exe' : 'actionlint');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync('go', ['install', `github.com/rhysd/actionlint/cmd/actionlint@${VERSION}`], {
    env: { ...process.env, GOBIN: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_LIMIT_MS,
  });
  return status === 0 && existsSync(file) ? file : undefined;
}
