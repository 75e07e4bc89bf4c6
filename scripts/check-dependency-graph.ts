import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { findImportCycles } from './find-import-cycles.ts';

/**
 * The allowed imports between packages. Each package.json and each import is checked against this table, which
 * ARCHITECTURE.md draws. A package that is not in the table may import no other one, so a new package must be added
 * here first.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  provider: [],
  config: [],
  'ollama-simulator': [],
  'request-batch': [],
  'tape-model': [],
  'upstream-errors': ['provider'],
  'ollama-discovery': ['provider', 'upstream-errors'],
  'upstream-wire': ['provider', 'upstream-errors'],
  'openai-wire': ['provider', 'upstream-errors', 'upstream-wire'],
  'upstream-http': ['provider', 'upstream-errors', 'upstream-wire', 'request-batch'],
  'provider-openai-compat': ['provider', 'upstream-errors', 'upstream-wire', 'openai-wire', 'upstream-http'],
  'provider-ollama': ['provider', 'upstream-errors', 'upstream-wire', 'upstream-http'],
  'stream-repair': ['provider'],
  'model-selection': ['provider'],
  'test-support': ['ollama-simulator', 'provider'],
  'cluster-store': ['model-selection', 'provider'],
  runtime: [
    'provider',
    'config',
    'ollama-discovery',
    'upstream-errors',
    'upstream-http',
    'provider-ollama',
    'provider-openai-compat',
    'stream-repair',
    'model-selection',
    'request-batch',
  ],
  fetch: ['provider', 'upstream-errors', 'openai-wire', 'runtime'],
  'ai-sdk': ['provider', 'stream-repair', 'runtime'],
  gateway: [
    'runtime',
    'cluster-store',
    'config',
    'model-selection',
    'openai-wire',
    'upstream-errors',
    'provider',
    'request-batch',
  ],
  cli: ['runtime', 'gateway', 'config', 'model-selection', 'provider'],
};

/** Folders that know only some of the folders and packages that their package may import. */
const MAY_NOT_IMPORT: Record<string, readonly string[]> = {
  // What is common to all client APIs must not know one of them.
  'apps/gateway/src/http': [
    'apps/gateway/src/surfaces',
    'apps/gateway/src/routes',
    'apps/gateway/src/answer.ts',
    'apps/gateway/src/app.ts',
    '@openclaw/openai-wire',
  ],
  'apps/gateway/src/answer.ts': [
    'apps/gateway/src/surfaces/anthropic-messages',
    'apps/gateway/src/surfaces/openai-chat',
    'apps/gateway/src/surfaces/openai-responses',
    '@openclaw/openai-wire',
  ],
};

/** Private packages that libraries bundle: their devDependencies name them. */
const BUNDLED = ['request-batch'];

/** Tests may also start the simulator, run the conformance suite, and try a library with a real provider. */
const TESTS_MAY_ALSO_IMPORT = [
  'ollama-simulator',
  'test-support',
  'provider-openai-compat',
  'runtime',
  'stream-repair',
];

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

const folders = globSync(['packages/*/package.json', 'apps/*/package.json']).map(dirname).toSorted();
const problems = [
  ...folders.flatMap((folder) => [...checkManifest(folder), ...checkImports(folder), ...checkCycles(folder)]),
  ...Object.entries(MAY_NOT_IMPORT).flatMap(([place, forbidden]) => checkPlace(place, forbidden)),
];

if (problems.length === 0) {
  console.log(`dependency graph: ${folders.length} packages import only what they may, without cycles`);
} else {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

function checkManifest(folder: string): string[] {
  const manifest: Manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const allowed = MAY_IMPORT[basename(folder)];
  if (allowed === undefined)
    return [`${folder}: not in the table of scripts/check-dependency-graph.ts; add it there first`];
  const expectedName = folder === 'apps/cli' ? 'openclaw' : `@openclaw/${basename(folder)}`;
  const named =
    manifest.name === expectedName
      ? []
      : [`${folder}/package.json: name is ${manifest.name}, expected ${expectedName}`];
  const own = (dependencies: Record<string, string> = {}): string[] =>
    Object.keys(dependencies).flatMap((name) =>
      name.startsWith('@openclaw/') ? [name.slice('@openclaw/'.length)] : [],
    );
  return [
    ...named,
    ...own({ ...manifest.dependencies, ...manifest.peerDependencies })
      .filter((name) => !allowed.includes(name))
      .map(
        (name) =>
          `${folder}/package.json: may not depend on @openclaw/${name} (may: ${allowed.join(', ') || 'nothing of ours'})`,
      ),
    ...own(manifest.devDependencies)
      .filter((name) => !allowed.includes(name) && !TESTS_MAY_ALSO_IMPORT.includes(name))
      .map((name) => `${folder}/package.json: may not use @openclaw/${name}, not even in tests`),
  ];
}

function checkImports(folder: string): string[] {
  const manifest: Manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  // Apps are bundles: the bundled packages are devDependencies.
  const isApp = folder.startsWith('apps/');
  const allowed = MAY_IMPORT[basename(folder)] ?? [];
  const declared = Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...(isApp ? manifest.devDependencies : {}),
  }).concat(BUNDLED.map((name) => `@openclaw/${name}`).filter((name) => name in (manifest.devDependencies ?? {})));
  const problems: string[] = [];
  for (const file of globSync(`${folder}/src/**/*.ts`)) {
    if (file.endsWith('.test.ts')) continue;
    const source = readFileSync(file, 'utf8');
    for (const specifier of specifiersOf(source)) {
      if (specifier.startsWith('.')) {
        const target = relative(resolve(folder), resolve(dirname(file), specifier));
        if (target.startsWith('..')) problems.push(`${file}: ${specifier} reaches out of its package`);
      } else if (specifier.startsWith('@openclaw/')) {
        const name = specifier.split('/')[1] ?? '';
        if (!allowed.includes(name)) problems.push(`${file}: may not import ${specifier}`);
        else if (!declared.includes(`@openclaw/${name}`))
          problems.push(`${file}: imports ${specifier}, which package.json does not declare`);
      }
    }
  }
  return problems;
}

/** A place is a folder or a file. Imports of types count, too. */
function checkPlace(place: string, forbidden: readonly string[]): string[] {
  const files = place.endsWith('.ts') ? [place] : globSync(`${place}/**/*.ts`);
  return files
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) =>
      specifiersOf(readFileSync(file, 'utf8')).flatMap((specifier) => {
        const target = specifier.startsWith('.') ? join(dirname(file), specifier) : specifier;
        const isForbidden = forbidden.some((name) => target === name || target.startsWith(`${name}/`));
        return isForbidden ? [`${file}: ${place} may not import ${target}`] : [];
      }),
    );
}

function specifiersOf(source: string): string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*['"]([^'"]+)['"]/g)].map(
    ([, specifier = '']) => specifier,
  );
}

function checkCycles(folder: string): string[] {
  const files = globSync(`${folder}/src/**/*.ts`).filter((file) => !file.endsWith('.test.ts'));
  return findImportCycles(files).map((cycle) => `${folder}: import cycle: ${cycle.join(' -> ')}`);
}
