import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { compileSources } from './compile-sources.ts';

/**
 * Compiles programs that import and use every entry of the packages installed in a folder, under strict and without
 * `skipLibCheck`.
 * @throws if a declaration has an error, or does not match its use
 */
export function checkDeclarations(folder: string, { entries }: { readonly entries: readonly string[] }): void {
  const imports = entries.map((entry, index) => `export * as entry${index} from '${entry}';`).join('\n');
  const sources = new Map([
    [`${folder}/imports.ts`, imports],
    ...['browser-program.ts', 'second-copy-program.ts'].map((name): [string, string] => [
      `${folder}/${name}`,
      readFileSync(`${import.meta.dirname}/${name}`, 'utf8'),
    ]),
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipDefaultLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.NodeNext,
    // Those of upstream-http name undici's types, which need Node's.
    types: ['node'],
    typeRoots: [`${import.meta.dirname}/../node_modules/@types`],
  };
  const problems = compileSources(sources, options);
  if (problems !== '') throw new Error(problems);
}
