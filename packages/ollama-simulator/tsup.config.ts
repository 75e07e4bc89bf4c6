import { defineConfig } from 'tsup';
import { libraryOptions } from '../../tsup.library.ts';

/** As every library, with the command beside it. */
export default defineConfig({
  ...libraryOptions,
  entry: ['src/index.ts', 'src/main.ts'],
  dts: { entry: 'src/index.ts' },
});
