import ts from 'typescript';

/**
 * Compiles sources that are not on the disk, as if they were at the paths that they are named by.
 * @returns what the compiler complains of, empty when it does not
 */
export function compileSources(sources: ReadonlyMap<string, string>, options: ts.CompilerOptions): string {
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => sources.has(path) || ts.sys.fileExists(path);
  host.readFile = (path) => sources.get(path) ?? ts.sys.readFile(path);
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host)), host);
}
