import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const conditions = ['@openclaw/source', 'module', 'node', 'import', 'default'];

/** One project per package and app, run from source: no build is needed to test a library. */
const projects = ['packages', 'apps']
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .concat('examples', 'scripts')
  .map((root) => ({
    extends: true as const,
    test: { name: root.split('/').at(-1) ?? root, root, include: ['**/*.test.ts'] },
  }));

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    projects,
    passWithNoTests: true,
    testTimeout: 15_000,
    reporters:
      process.env['CI'] === undefined
        ? ['default']
        : ['default', ['json', { outputFile: 'node_modules/.test-results.json' }]],
  },
});
