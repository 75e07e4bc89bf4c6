import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { compileSources } from './compile-sources.ts';
import { installTools } from './install-tools.ts';
import { README_EXAMPLES } from './readme-examples.ts';
import type { Compiler } from './compile-sources.ts';

/** The oldest release of TypeScript that users may have, beside the one of this repository. */
const OLDEST = '5.9.3';

const STRICT: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  // Our declarations are checked, those of TypeScript itself are not.
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  // The types of Node bring the disposable ones along.
  lib: [
    'lib.es2024.d.ts',
    'lib.esnext.disposable.d.ts',
    'lib.dom.d.ts',
    'lib.dom.iterable.d.ts',
    'lib.dom.asynciterable.d.ts',
  ],
};

const RESOLUTIONS: Readonly<Record<string, ts.CompilerOptions>> = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/**
 * Compiles programs that import every module installed in a folder, and the examples of the READMEs, as strictly as
 * TypeScript can: with two releases, as Node and as bundlers resolve modules.
 * @returns what was compiled
 * @throws if a declaration has an error, or does not match its use
 */
export async function checkDeclarations(
  folder: string,
  { modules }: { readonly modules: readonly string[] },
): Promise<readonly string[]> {
  const browser = readProgram(folder, 'browser-program.ts');
  const sources = new Map([
    [`${folder}/imports.ts`, modules.map((name, index) => `export * as module${index} from '${name}';`).join('\n')],
    browser,
    readProgram(folder, 'second-copy-program.ts'),
    ...README_EXAMPLES.map(({ code }, index): [string, string] => [
      `${folder}/readme-${index}.ts`,
      `${code}\nexport {};\n`,
    ]),
  ]);
  const compilers = [ts, ...(await loadOldest())];
  for (const compiler of compilers) {
    for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
      compile(sources, {
        title: `${compiler.version}, ${name}`,
        compiler,
        options: { ...resolution, types: ['node'] },
      });
    }
  }
  // What runs in browsers must not need the types of Node.
  compile(new Map([browser]), { title: 'browsers', compiler: ts, options: { ...RESOLUTIONS['bundler'], types: [] } });
  return compilers.map(({ version }) => version);
}

interface Compilation {
  readonly title: string;
  readonly compiler: Compiler;
  readonly options: ts.CompilerOptions;
}

function compile(sources: ReadonlyMap<string, string>, { title, compiler, options }: Compilation): void {
  const problems = compileSources(sources, { compiler, options: { ...STRICT, ...options } });
  if (problems !== '') throw new Error(`TypeScript (${title}):\n${problems}`);
}

/** As text: the imports of a program then mean the packages of the folder. */
function readProgram(folder: string, name: string): [string, string] {
  return [`${folder}/${name}`, readFileSync(`${import.meta.dirname}/${name}`, 'utf8')];
}

async function loadOldest(): Promise<readonly Compiler[]> {
  const tools = installTools('typescript', [`typescript@${OLDEST}`]);
  if (tools === undefined) return [];
  const loaded: { default: Compiler } = await import(`${tools}/node_modules/typescript/lib/typescript.js`);
  return [loaded.default];
}
