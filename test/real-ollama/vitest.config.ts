import { defineConfig } from 'vitest/config';
import type { OllamaServer } from './src/ollama-server.ts';

const conditions = ['@openclaw/source', 'module', 'node', 'import', 'default'];

/** Set by `pnpm test:real-ollama`. */
const servers: readonly OllamaServer[] = JSON.parse(process.env['OLLAMA_SUITE_SERVERS'] ?? '[]');

/** Read by `.ci/run`. */
const RESULTS = `${import.meta.dirname}/../../node_modules/.test-results-real-ollama.json`;

/** One project per server. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    projects: servers.map((server) => ({
      extends: true as const,
      test: {
        name: server.name,
        root: import.meta.dirname,
        include: ['suite/**/*.test.ts'],
        provide: { ollama: server },
        // The models of a server that runs already are shared.
        fileParallelism: server.binary !== undefined,
      },
    })),
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: process.env['CI'] === undefined ? ['default'] : ['default', ['json', { outputFile: RESULTS }]],
  },
});
