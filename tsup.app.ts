import type { Options } from 'tsup';
import { thirdPartyNotices } from './scripts/third-party-notices.ts';

/**
 * How an app is built: one bundle with everything in it, so that installing it installs nothing else.
 * undici is CommonJS inside an ES module bundle, which needs `require`. Names stay as they are written, since identifiers are not minified; esbuild's `keepNames` would
 * name every closure anew each time it is made, which cost a quarter of the gateway's time.
 */
export const app = {
  entry: ['src/main.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'node',
  noExternal: [/./],
  splitting: true,
  clean: true,
  sourcemap: false,
  // The gateway's page lies beside the bundle; the CLI bundles the gateway.
  publicDir: '../gateway/page',
  esbuildPlugins: [thirdPartyNotices('dist/THIRD-PARTY-NOTICES.txt')],
  esbuildOptions(options) {
    options.conditions = ['@openclaw/source'];
    options.minifyWhitespace = true;
    options.minifySyntax = true;
    options.legalComments = 'linked';
    options.banner = {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    };
  },
} satisfies Options;
