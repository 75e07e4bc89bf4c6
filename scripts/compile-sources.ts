import ts from 'typescript';

/**
 * Compiles sources in memory as if they were files at the given paths.
 * @returns the errors of the compiler
 */
export function compileSources(sources: ReadonlyMap<string, string>, options: ts.CompilerOptions): string {
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => sources.has(path) || ts.sys.fileExists(path);
  host.readFile = (path) => sources.get(path) ?? ts.sys.readFile(path);
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host)), host);
}
