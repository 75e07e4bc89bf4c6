import { createRequire, isBuiltin } from 'node:module';
import { defineConfig } from 'tsup';
import { app } from '../../tsup.app.ts';

const require = createRequire(import.meta.url);

/**
 * Takes Node's own modules without their ES module faces: to make one, Node reads every export, and with `node:http` that loads
 * a whole HTTP client. Measured in docs/decisions/command-line-start.md.
 */
const lightBuiltins = {
  name: 'light-builtins',
  setup(build: EsbuildPluginBuild) {
    build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      // Libraries and `import()` take modules whole, which would read every export of them for everybody.
      const isTakenWhole = importer.includes('node_modules') || kind !== 'import-statement';
      return isBuiltin(path) && !isTakenWhole ? { path, namespace: 'light-builtin', sideEffects: false } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'light-builtin' }, ({ path }) => ({
      contents: renderBuiltin(path),
      loader: 'js',
    }));
  },
};

/** The part of esbuild's plugin interface that is used. */
interface EsbuildPluginBuild {
  onResolve(
    options: { filter: RegExp },
    callback: (args: {
      path: string;
      importer: string;
      kind: string;
    }) => { path: string; namespace: string; sideEffects: boolean } | undefined,
  ): void;
  onLoad(
    options: { filter: RegExp; namespace: string },
    callback: (args: { path: string }) => { contents: string; loader: 'js' },
  ): void;
}

/** Modules that take milliseconds to load and are seldom called: their functions load them with the first call. */
const HEAVY = new Set(['crypto', 'http', 'https', 'net', 'child_process', 'zlib']);

/** An export that nobody imports is dropped, and with it the reading of it. */
function renderBuiltin(name: string): string {
  const exports: Record<string, unknown> = require(name);
  const names = Object.keys(exports).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default');
  const isLazy = (key: string): boolean =>
    HEAVY.has(name.replace('node:', '')) && /^[a-z]/.test(key) && typeof exports[key] === 'function';
  return [
    `const load = () => process.getBuiltinModule(${JSON.stringify(name)});`,
    'const read = (name) => load()[name];',
    'const defer = (name) => (...args) => load()[name](...args);',
    'const builtin = /* @__PURE__ */ load();',
    'export default builtin;',
    ...names.map(
      (key) =>
        `const export_${key} = /* @__PURE__ */ ${isLazy(key) ? 'defer' : 'read'}(${JSON.stringify(key)}); export { export_${key} as ${key} };`,
    ),
  ].join('\n');
}

export default defineConfig({
  ...app,
  removeNodeProtocol: false,
  esbuildPlugins: [lightBuiltins],
  esbuildOptions(options) {
    app.esbuildOptions(options);
    // Each name that is kept costs a call at every start; without minified identifiers they stay readable anyway.
    options.keepNames = false;
    // Libraries in CommonJS want a `require`, and nothing but Node's own modules is left to be required.
    options.banner = { js: 'const require=process.getBuiltinModule;' };
  },
});
