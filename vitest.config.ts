import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defaultExclude, defineConfig } from 'vitest/config';

const ISOLATED = '**/*.isolated.test.ts';

const conditions = ['@openclaw/source', 'module', 'node', 'import', 'default'];

/** One project per package and app, run from source: no build is needed to test a library. */
const projects = ['packages', 'apps']
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .concat('bench/balancing', 'examples', 'scripts', 'test/real-ollama/src')
  .map((root) => ({
    extends: true as const,
    test: {
      name: root.replace('/src', '').split('/').at(-1) ?? root,
      root,
      include: ['**/*.test.ts'],
      exclude: [...defaultExclude, ISOLATED],
      // Test files share workers, and load their modules once. Each leaves the process as it was.
      isolate: false,
      setupFiles: [`${import.meta.dirname}/scripts/refuse-shared-fake-timers.ts`],
    },
  }));

/** Test files that look at what all of a process shares, such as its timers: each has a worker of its own. */
const isolated = {
  extends: true as const,
  test: { name: 'isolated', root: import.meta.dirname, include: [`{packages,apps}/${ISOLATED}`] },
};

/** The seed of the property tests: `FC_SEED`, which is a whole number or `random`. */
function readPropertySeed(seed = '20261126'): string {
  if (seed === 'random') return String(randomInt(2 ** 31));
  if (!/^-?\d{1,10}$/.test(seed)) throw new Error(`FC_SEED is "${seed}". Set it to a whole number, or to "random".`);
  return seed;
}

// Tests start many processes from source. Without a cache each of them strips the types of every file again.
process.env['NODE_COMPILE_CACHE'] ??= `${import.meta.dirname}/node_modules/.cache/node-compile`;

// vitest reads this file again for every project. The first time chooses the seed for all of them.
if (process.env['PROPERTY_SEED'] === undefined) {
  const seed = readPropertySeed(process.env['FC_SEED']);
  process.env['PROPERTY_SEED'] = seed;
  process.stdout.write(`Property tests use the seed ${seed}. To repeat this run, set FC_SEED=${seed}.\n`);
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    projects: [...projects, isolated],
    passWithNoTests: true,
    // Many tests wait for processes and sockets, so one worker more than there are processors.
    maxWorkers: availableParallelism() + 1,
    // Only a test that hangs comes near: what a test takes on a busy machine says nothing.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 45_000 } },
    setupFiles: [`${import.meta.dirname}/scripts/use-property-seed.ts`],
    reporters:
      process.env['CI'] === undefined
        ? ['default']
        : ['default', ['json', { outputFile: 'node_modules/.test-results.json' }]],
  },
});
