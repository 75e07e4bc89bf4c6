import { isDeepStrictEqual } from 'node:util';
import { readFileSync, writeFileSync } from 'node:fs';
import { expectedManifest, missingFields, repositoryPage } from './expected-manifest.ts';
import { findPublicPackages } from './public-packages.ts';
import type { RootManifest } from './expected-manifest.ts';

/**
 * Compares the manifest of every public package with what follows from the root's. `--write` corrects them; format the
 * files afterwards. `--repository <page>` also checks that the root names this repository, as a release must.
 */
const write = process.argv.includes('--write');
const root: RootManifest = JSON.parse(readFileSync('package.json', 'utf8'));
const packages = findPublicPackages();
const problems = [...packages.flatMap(checkPackage), ...checkRepository()];

if (problems.length === 0) {
  console.log(`manifests: ${packages.length} public packages ${write ? 'written' : 'are complete'}`);
} else {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

function checkPackage(each: (typeof packages)[number]): readonly string[] {
  const file = `${each.folder}/package.json`;
  const expected: object = expectedManifest(each, root);
  const found: object = each.manifest;
  const missing = missingFields(each.manifest).map((problem) => `${file}: ${problem}`);
  if (write) {
    writeFileSync(file, `${JSON.stringify(expected, undefined, 2)}\n`);
    return missing;
  }
  const values = new Map<string, unknown>(Object.entries(found));
  const wrong = Object.entries(expected)
    .filter(([field, value]) => !isDeepStrictEqual(values.get(field), value))
    .map(([field]) => `${file}: ${field} is not what it should be. Run: node scripts/check-manifests.ts --write`);
  return [...missing, ...wrong];
}

function checkRepository(): readonly string[] {
  const at = process.argv.indexOf('--repository');
  const page = at === -1 ? repositoryPage(root) : process.argv[at + 1];
  return repositoryPage(root) === page
    ? []
    : [
        `package.json: repository.url is the address of ${repositoryPage(root)}, but this is ${page}. ` +
          'Write the address there, then run: node scripts/check-manifests.ts --write',
      ];
}
