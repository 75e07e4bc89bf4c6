import { defineConfig } from 'tsup';
import type { Options } from 'tsup';

/** How every library is built: ES modules for Node 22.19 and later, one declaration file, dependencies left outside. */
export const libraryOptions: Options = {
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node22',
  dts: true,
  clean: true,
  // With the sources in it, so that a debugger shows them.
  sourcemap: true,
  treeshake: true,
  // Bundlers and runtimes other than Node recognise built-in modules by `node:`.
  removeNodeProtocol: false,
};

/** A library with one entry. */
export const library = defineConfig(libraryOptions);
