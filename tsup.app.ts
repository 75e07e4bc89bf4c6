import type { Options } from 'tsup';

/**
 * How an app is built: one bundle with everything in it, so that installing it installs nothing else.
 * undici is CommonJS inside an ES module bundle, which needs `require`; names are kept so that error messages stay readable.
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
  esbuildOptions(options) {
    options.conditions = ['@openclaw/source'];
    options.minifyWhitespace = true;
    options.minifySyntax = true;
    options.keepNames = true;
    options.legalComments = 'linked';
    options.banner = {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    };
  },
} satisfies Options;
