import { defineConfig } from 'tsup';

/** As every library (tsup.library.ts), with the command beside it. */
export default defineConfig({
  entry: ['src/index.ts', 'src/main.ts'],
  format: 'esm',
  target: 'node22',
  dts: { entry: 'src/index.ts' },
  clean: true,
  sourcemap: false,
  treeshake: true,
});
