import { defineConfig } from 'tsup';

/** How every library is built: ES modules for Node 22.19 and later, one declaration file, dependencies left outside. */
export const library = defineConfig({
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node22',
  dts: true,
  clean: true,
  sourcemap: false,
  treeshake: true,
});
