import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Finds import cycles, each as a list of files. Type-only and dynamic imports count, which the linter's rule ignores: a
 * file that needs the types of another one cannot be understood without it.
 */
export function findImportCycles(files: readonly string[]): string[][] {
  const imports = new Map(files.map((file) => [file, listRelativeImports(file)]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start !== -1) return void cycles.push([...path.slice(start), file]);
    if (done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return cycles;
}

function listRelativeImports(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const specifiers = source.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*['"](\.[^'"]+)['"]/g);
  return [...new Set(Array.from(specifiers, ([, specifier = '']) => join(dirname(file), specifier)))];
}
