import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { defineConfig } from 'tsup';
import { app } from '../../tsup.app.ts';

/*
 * A command that answers in 70 ms is made of files that are opened, linked and run one after the other, so the bundle is
 * arranged for few files and little to run in them. Measured in docs/decisions/command-line-start.md.
 */

const SOURCE = resolve(import.meta.dirname, 'src');

/** Modules that every command needs, and small ones that many need. They are bundled into one file. */
const FRAME = [
  'define-command',
  'find-command',
  'load-host-config',
  'note-next-commands',
  'output',
  'provider-option',
  'render/format-bytes',
  'with-runtime',
].map((name) => resolve(SOURCE, `${name}.ts`));

/** Other modules that are loaded on demand. The help is not among them: it is shown without the frame. */
const LOADED_LATER = new Set(
  ['onboarding/interactive-onboarding', 'render/safe-prompts', 'report-error', 'run-on-this-machine'].map((name) =>
    resolve(SOURCE, `${name}.ts`),
  ),
);

/** Node's modules that take milliseconds to load and are rarely used. They are loaded on the first call. */
const HEAVY = new Set(['node:crypto', 'node:net']);

/**
 * Loads Node's modules without their ES module wrappers: to create one, Node reads every export, and for `node:http`
 * that loads a whole HTTP client. Also lets every entry import the frame first, which puts the frame into one file.
 */
const quickStart = {
  name: 'quick-start',
  setup(build: EsbuildPluginBuild) {
    build.onLoad({ filter: /\/(?:packages|apps)\/[^/]+\/src\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8').replaceAll(
        /^import \{([^}]*)\} from '(node:[^']+)';$/gm,
        renderBuiltin,
      );
      const begins = dirname(path) === resolve(SOURCE, 'commands') || LOADED_LATER.has(path);
      const frame = begins ? FRAME.map((file) => `import ${JSON.stringify(file)};`).join('') : '';
      return { contents: `${source}\n${frame}`, loader: 'ts' };
    });
  },
};

/** The used part of esbuild's plugin interface. */
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
  esbuildPlugins: [...app.esbuildPlugins, quickStart],
  esbuildOptions(options) {
    app.esbuildOptions(options);
    // Keeping names costs a call per name at every start. Identifiers are not minified, so names stay readable without
    // it.
    options.keepNames = false;
    // Libraries in CommonJS need `require`, and only Node's modules are left to be required.
    options.banner = { js: 'const require=process.getBuiltinModule;' };
  },
});
