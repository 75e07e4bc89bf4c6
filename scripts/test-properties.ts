import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';

// Runs only the property tests, with a random seed. Other tests would only repeat `pnpm test`.
const files = globSync('{packages,apps}/*/{src,test}/**/*.test.ts').filter((file) =>
  readFileSync(file, 'utf8').includes("from 'fast-check'"),
);
if (files.length === 0) throw new Error('No test file under packages/ and apps/ imports fast-check.');
const { status } = spawnSync('vitest', ['run', ...files], {
  stdio: 'inherit',
  env: { ...process.env, FC_SEED: 'random' },
});
process.exitCode = status ?? 1;
