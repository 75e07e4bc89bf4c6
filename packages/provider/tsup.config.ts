import { defineConfig } from 'tsup';
import { libraryOptions } from '../../tsup.library.ts';

/** The conformance suite needs Node's `assert`, and only tests need it. There are two builds, so that the declarations of each are one file. */
export default defineConfig([
  { ...libraryOptions, entry: ['src/index.ts'] },
  { ...libraryOptions, clean: false, entry: { conformance: 'src/conformance/index.ts' } },
]);
