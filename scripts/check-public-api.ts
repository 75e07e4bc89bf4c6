import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Compares the built declarations of each published library with the committed ones in `public-api/`, so that a change
 * of a public API is visible in review. `--write` updates the committed ones.
 */
const write = process.argv.includes('--write');
const problems: string[] = [];

mkdirSync('public-api', { recursive: true });
for (const file of globSync('packages/*/package.json').toSorted()) {
  const manifest: { private?: boolean } = JSON.parse(readFileSync(file, 'utf8'));
  if (manifest.private === true) continue;
  const name = basename(dirname(file));
  for (const declarations of globSync(`packages/${name}/dist/*.d.ts`).toSorted()) {
    const entry = basename(declarations, '.d.ts');
    const committed = `public-api/${name}${entry === 'index' ? '' : `.${entry}`}.d.ts`;
    const built = readFileSync(declarations, 'utf8');
    if (write) writeFileSync(committed, built);
    else if (readIfThere(committed) !== built) problems.push(committed);
  }
}

if (problems.length > 0) {
  console.error(`The public API changed: ${problems.join(', ')}.`);
  console.error('Build, review the difference, and accept it with `pnpm check:public-api --write` if it is intended.');
  process.exitCode = 1;
} else {
  console.log(write ? 'public API: written' : 'public API: as committed');
}

function readIfThere(path: string): string | undefined {
  return globSync(path).length === 0 ? undefined : readFileSync(path, 'utf8');
}
