import { defineConfig } from 'tsup';
import { libraryOptions } from '../../tsup.library.ts';

/**
 * The file cache needs Node, so it is a separate entry: the main entry works wherever `fetch` does. There are two
 * builds, so that the declarations of each are one file.
 */
export default defineConfig([
  { ...libraryOptions, entry: ['src/index.ts'] },
  { ...libraryOptions, clean: false, entry: { 'file-cache': 'src/file-discovery-cache.ts' } },
]);
