import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findPublicPackages } from './public-packages.ts';

/**
 * Compares the built declarations of each published library with the committed ones in `public-api/`, so that a change
 * of a public API is visible in review. `--write` updates the committed ones. The libraries must be built, as `pnpm
 * check:public-api` does first: declarations of an earlier build would hide a change.
 */
const built = new Map<string, string>();
for (const { folder } of findPublicPackages()) {
  for (const declarations of globSync(`${folder}/dist/*.d.ts`)) {
    const entry = basename(declarations, '.d.ts');
    const name = `${basename(folder)}${entry === 'index' ? '' : `.${entry}`}`;
    built.set(`public-api/${name}.d.ts`, readFileSync(declarations, 'utf8'));
  }
}
const committed = new Map(globSync('public-api/*.d.ts').map((path) => [path, readFileSync(path, 'utf8')]));
const changed = [...new Set([...built.keys(), ...committed.keys()])]
  .filter((path) => built.get(path) !== committed.get(path))
  .toSorted();

if (process.argv.includes('--write')) {
  for (const path of changed) {
    const declarations = built.get(path);
    if (declarations === undefined) rmSync(path);
    else writeFileSync(path, declarations);
  }
  console.log(changed.length === 0 ? 'public API: as committed' : `public API: written, ${changed.join(', ')}`);
} else if (changed.length > 0) {
  console.error(`The public API changed: ${changed.join(', ')}.`);
  console.error('If that is intended, run `pnpm check:public-api --write` and review the difference.');
  process.exitCode = 1;
} else {
  console.log('public API: as committed');
}
