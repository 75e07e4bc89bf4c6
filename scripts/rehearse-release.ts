import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findPublicPackages, readManifest } from './public-packages.ts';

/**
 * Rehearses a release in a clone of this repository, with the build of this one: writes versions and changelogs, then
 * publishes every package with `--dry-run`, which needs no account. What is not committed is left out.
 */
const clone = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-release-')));

try {
  if (isShallow()) console.log('release: SKIPPED, as changelogs need the whole history and this clone is shallow');
  else rehearse();
} finally {
  rmSync(clone, { recursive: true, force: true });
}

/** changesets fetches older commits until it has found each change, which a clone of a shallow clone never gets. */
function isShallow(): boolean {
  return execFileSync('git', ['rev-parse', '--is-shallow-repository'], { encoding: 'utf8' }).trim() === 'true';
}

function rehearse(): void {
  run('git', ['clone', '--quiet', '--no-local', resolve('.'), clone], '.');
  run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts', '--silent'], clone);
  const changesets = globSync(`${clone}/.changeset/*.md`).length;
  run('node', ['node_modules/@changesets/cli/bin.js', 'version'], clone);

  const packages = findPublicPackages();
  const versions = new Set(packages.map(({ folder }) => readManifest(`${clone}/${folder}/package.json`).version));
  const [version = ''] = versions;
  if (versions.size !== 1) throw new Error(`The packages have different versions: ${[...versions].join(', ')}.`);
  if (changesets > 0 && packages.some(({ manifest }) => manifest.version === version)) {
    throw new Error(`There are ${changesets} changesets, and the version is still ${version}.`);
  }
  for (const { folder } of packages) publish(folder, version);
  console.log(`release: ${packages.length} packages can be published as ${version}, each with its changelog`);
}

function publish(folder: string, version: string): void {
  const cwd = join(clone, folder);
  if (!readFileSync(join(cwd, 'CHANGELOG.md'), 'utf8').includes(`## ${version}\n`)) {
    throw new Error(`${folder}/CHANGELOG.md has no entry for ${version}.`);
  }
  cpSync(join(folder, 'dist'), join(cwd, 'dist'), { recursive: true });
  // With the tag, as changesets publishes.
  const args = ['publish', '--dry-run', '--no-git-checks', '--tag', 'latest'];
  const { status, stderr } = spawnSync('pnpm', args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${folder} cannot be published:\n${stderr.replaceAll(/^npm (?:notice|warn).*\n/gm, '')}`);
  if (!/ CHANGELOG\.md$/m.test(stderr)) throw new Error(`${folder}: the tarball has no CHANGELOG.md.`);
}

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
