import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBrowserBundle } from './check-browser-bundle.ts';
import { checkDeclarations } from './check-declarations.ts';
import { checkNodeReleases } from './check-node-releases.ts';
import { checkSecondCopy } from './check-second-copy.ts';
import { checkTarballs } from './check-tarballs.ts';
import { packPackages } from './pack-packages.ts';
import { findPublicPackages, moduleNames } from './public-packages.ts';
import { README_EXAMPLES } from './readme-examples.ts';

/**
 * Packs every published package, installs the tarballs into an empty project as a stranger does, and uses them there
 * with several releases of Node and TypeScript. This tests exactly the published files.
 */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-packed-')));

try {
  const packages = findPublicPackages();
  const tarballs = await packPackages(packages, { into: folder });
  console.log(checkTarballs(tarballs).join('\n'));

  install([...tarballs.map(({ path }) => path), ...README_EXAMPLES.flatMap(({ needs }) => needs), nodeTypes()]);
  const modules = packages.flatMap(({ manifest }) => moduleNames(manifest));
  console.log(`installed: ${packages.length} packages`);
  console.log(
    `Node: ${checkNodeReleases(folder, { modules }).join(', ')} import and require ${modules.length} modules`,
  );
  const compilers = await checkDeclarations(folder, { modules });
  console.log(`TypeScript: ${compilers.join(', ')} compile them and ${README_EXAMPLES.length} examples under strict`);
  console.log(`browsers: ${Math.round((await checkBrowserBundle(folder)) / 1000)} kB run with web globals only`);
  console.log(`copies: ${checkSecondCopy(folder)} of @openclaw/provider change nothing`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function install(specifiers: readonly string[]): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const options = ['--prefer-offline', '--loglevel=error', '--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', ['install', ...options, ...new Set(specifiers)], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The types of Node, which the declarations of undici need, in the version of this repository. */
function nodeTypes(): string {
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  return `@types/node@${devDependencies['@types/node']}`;
}
