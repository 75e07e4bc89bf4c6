import { readFileSync } from 'node:fs';
import type { Tarball } from './pack-packages.ts';

/** The largest tarball of a package: kilobytes, and files. */
interface SizeBudget {
  readonly kilobytes: number;
  readonly files: number;
}

const BUDGETS = 'scripts/size-budgets.json';

/** What each tarball must contain. */
const REQUIRED = ['LICENSE', 'README.md', 'package.json'];

/**
 * Checks what tarballs contain, and that they are not larger than `size-budgets.json` allows.
 * @returns a line for each tarball
 * @throws when a file is missing, or a budget is exceeded
 */
export function checkTarballs(tarballs: readonly Tarball[]): readonly string[] {
  const budgets: { default: SizeBudget; packages: Record<string, SizeBudget> } = JSON.parse(
    readFileSync(BUDGETS, 'utf8'),
  );
  const problems = tarballs.flatMap((tarball) => [
    ...findMissing(tarball),
    ...findExcess(tarball, budgets.packages[tarball.name] ?? budgets.default),
  ]);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return tarballs.map(
    ({ name, bytes, files }) => `${name.padEnd(36)} ${kilobytes(bytes).padStart(5)} kB  ${files.length} files`,
  );
}

function findMissing({ name, files, hasModules }: Tarball): readonly string[] {
  // Libraries have source maps with their sources; a program has the licences of what it bundles.
  const required = [...REQUIRED, hasModules ? 'dist/index.js.map' : 'dist/THIRD-PARTY-NOTICES.txt'];
  const missing = required.filter((file) => !files.includes(file));
  return missing.map((file) => `${name}: the tarball lacks ${file}. Build the package, and check its \`files\`.`);
}

function findExcess({ name, bytes, files }: Tarball, budget: SizeBudget): readonly string[] {
  if (bytes <= budget.kilobytes * 1000 && files.length <= budget.files) return [];
  return [
    `${name}: the tarball has ${kilobytes(bytes)} kB in ${files.length} files, more than the ${budget.kilobytes} kB in ` +
      `${budget.files} files of its budget. List it with \`pnpm pack --dry-run\` in its folder. If the growth is worth it, ` +
      `write the new limits into ${BUDGETS}, and say why in the commit.`,
  ];
}

function kilobytes(bytes: number): string {
  return String(Math.ceil(bytes / 1000));
}
