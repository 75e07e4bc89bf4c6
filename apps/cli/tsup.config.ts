import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { defineConfig } from 'tsup';
import { app } from '../../tsup.app.ts';

/*
 * A command that answers in 70 ms is made of files that are opened, linked and run one after the other, so the bundle is
 * arranged for few files and little to run in them. Measured in docs/decisions/command-line-start.md.
 */

const SOURCE = resolve(import.meta.dirname, 'src');

/** What every command is made of. Bundled together, or each of these would be a file of its own. */
const FRAME = ['define-command', 'find-command', 'load-host-config', 'output', 'with-runtime'].map((name) =>
  resolve(SOURCE, `${name}.ts`),
);

/** Modules of Node's that take milliseconds to load and are seldom called: their functions load them with the first call. */
const HEAVY = new Set(['node:crypto', 'node:net']);

/**
 * Takes Node's own modules without their ES module faces: to make one, Node reads every export, and with `node:http` that loads
 * a whole HTTP client. And has whatever a command can begin with begin with the frame, which puts the frame into one file.
 */
const quickStart = {
  name: 'quick-start',
  setup(build: EsbuildPluginBuild) {
    build.onLoad({ filter: /\/(?:packages|apps)\/[^/]+\/src\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8').replaceAll(
        /^import \{([^}]*)\} from '(node:[^']+)';$/gm,
        renderBuiltin,
      );
      const begins =
        dirname(path) === resolve(SOURCE, 'commands') || path === resolve(SOURCE, 'run-on-this-machine.ts');
      const frame = begins ? FRAME.map((file) => `import ${JSON.stringify(file)};`).join('') : '';
      return { contents: `${source}\n${frame}`, loader: 'ts' };
    });
  },
};

/** The part of esbuild's plugin interface that is used. */
interface EsbuildPluginBuild {
  onLoad(options: { filter: RegExp }, callback: (args: { path: string }) => { contents: string; loader: 'ts' }): void;
}

function renderBuiltin(_statement: string, names: string, builtin: string): string {
  const module = `process.getBuiltinModule(${JSON.stringify(builtin)})`;
  const values = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => name.split(' as '));
  return values
    .map(([name = '', local = name]) =>
      HEAVY.has(builtin) && /^[a-z]/.test(name)
        ? `const ${local} = /* @__PURE__ */ (() => (...args) => ${module}.${name}(...args))();`
        : `const ${local} = /* @__PURE__ */ (() => ${module}.${name})();`,
    )
    .join(' ');
}

export default defineConfig({
  ...app,
  removeNodeProtocol: false,
  esbuildPlugins: [quickStart],
  esbuildOptions(options) {
    app.esbuildOptions(options);
    // Each name that is kept costs a call at every start; without minified identifiers they stay readable anyway.
    options.keepNames = false;
    // Libraries in CommonJS want a `require`, and nothing but Node's own modules is left to be required.
    options.banner = { js: 'const require=process.getBuiltinModule;' };
  },
});
