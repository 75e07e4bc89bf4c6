import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';

// Loaded on demand: most test files have no property test, and loading fast-check takes longer than many of them run.
const { testPath } = expect.getState();
if (testPath !== undefined && (await readFile(testPath, 'utf8')).includes("from 'fast-check'")) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed: Number(process.env['PROPERTY_SEED']) });
}
