import defaultCompiler from 'typescript';
import type ts from 'typescript';

/** A compiler other than the one of this repository. */
export type Compiler = typeof defaultCompiler;

/**
 * Compiles sources in memory as if they were files at the given paths.
 * @returns the errors of the compiler, except those in the declarations of other authors' packages
 */
export function compileSources(
  sources: ReadonlyMap<string, string>,
  { options, compiler = defaultCompiler }: { readonly options: ts.CompilerOptions; readonly compiler?: Compiler },
): string {
  const host = compiler.createCompilerHost(options);
  host.fileExists = (path) => sources.has(path) || compiler.sys.fileExists(path);
  host.readFile = (path) => sources.get(path) ?? compiler.sys.readFile(path);
  const program = compiler.createProgram([...sources.keys()], options, host);
  const problems = compiler.getPreEmitDiagnostics(program).filter(({ file }) => !isForeign(file?.fileName ?? ''));
  return compiler.formatDiagnostics(problems, host);
}

function isForeign(file: string): boolean {
  return /\/node_modules\/(?!@openclaw\/)(?!.*\/node_modules\/@openclaw\/)/.test(file);
}
