import { defineConfig } from 'tsup';
import { libraryOptions } from '../../tsup.library.ts';

/**
 * The file cache needs Node, so it is an entry of its own: the main one works wherever `fetch` does. Two builds, so that the
 * declarations of each are one file.
 */
export default defineConfig([
  { ...libraryOptions, entry: ['src/index.ts'] },
  { ...libraryOptions, clean: false, entry: { 'file-cache': 'src/file-discovery-cache.ts' } },
]);
