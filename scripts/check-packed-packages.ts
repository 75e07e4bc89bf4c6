import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { checkBrowserBundle } from './check-browser-bundle.ts';
import { checkDeclarations } from './check-declarations.ts';
import { checkSecondCopy } from './check-second-copy.ts';

/**
 * Packs every published package, checks the tarballs with publint and attw, installs them into an empty project,
 * imports each library there and starts the command. This tests exactly the published files.
 */
const folder = mkdtempSync(resolve('node_modules/.packed-'));
const run = (command: string, args: readonly string[], cwd = process.cwd()): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

try {
  const published = globSync(['packages/*/package.json', 'apps/*/package.json'])
    .toSorted()
    .map((file) => ({ folder: dirname(file), manifest: readManifest(file) }))
    .filter(({ manifest }) => manifest.private !== true);

  for (const { folder: source, manifest } of published) {
    run('pnpm', ['pack', '--pack-destination', folder], resolve(source));
    const tarball = findTarball(manifest.name);
    run('publint', ['run', tarball, '--strict']);
    if (manifest.exports !== undefined) run('attw', [tarball, '--profile', 'esm-only']);
    console.log(`packed: ${basename(tarball)}`);
  }

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...globSync(`${folder}/*.tgz`)],
    folder,
  );
  for (const { manifest } of published.filter((each) => each.manifest.exports !== undefined)) {
    const names = run(
      'node',
      ['--input-type=module', '-e', `console.log(Object.keys(await import('${manifest.name}')).length)`],
      folder,
    );
    if (Number(names) === 0) throw new Error(`${manifest.name}: the installed package exports nothing`);
  }
  const version = run(join(folder, 'node_modules/.bin/openclaw'), ['--version'], folder).trim();
  console.log(`installed: ${published.length} packages, and \`openclaw --version\` says ${version}`);
  const entries = published.flatMap(({ manifest }) =>
    Object.keys(manifest.publishConfig?.exports ?? manifest.exports ?? {}).map(
      (entry) => `${manifest.name}${entry.slice(1)}`,
    ),
  );
  checkDeclarations(folder, { entries });
  console.log(`declarations: ${entries.length} entries compile under strict`);
  console.log(`browsers: ${Math.round((await checkBrowserBundle(folder)) / 1000)} kB run with web globals only`);
  console.log(`copies: ${checkSecondCopy(folder)} of @openclaw/provider change nothing`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  /** Entries for the apps of this repository are not published. */
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, unknown>> };
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function findTarball(name: string): string {
  const prefix = name.replace('@', '').replace('/', '-');
  const found = readdirSync(folder).find(
    (file) => file.startsWith(`${prefix}-`) && /^\d/.test(file.slice(prefix.length + 1)),
  );
  if (found === undefined) throw new Error(`${name}: pnpm pack made no tarball`);
  return join(folder, found);
}
