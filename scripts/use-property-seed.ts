import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';

// Most test files have no property test, and fast-check takes longer to load than many of them take to run.
const { testPath } = expect.getState();
if (testPath !== undefined && (await readFile(testPath, 'utf8')).includes("from 'fast-check'")) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed: Number(process.env['PROPERTY_SEED']) });
}
