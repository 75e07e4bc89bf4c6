import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const CASES = [
  {
    title: 'npm',
    agent: 'npm/11.6.1 node/v24.21.0',
    built: true,
    message: 'npm publishes `workspace:` ranges as they are',
  },
  {
    title: 'pnpm before a build',
    agent: 'pnpm/10.34.9 npm/? node/v24.21.0',
    built: false,
    message: 'There is no dist/',
  },
  { title: 'pnpm after a build', agent: 'pnpm/10.34.9 npm/? node/v24.21.0', built: true, message: '' },
];

test.for(CASES)('publishing with $title prints “$message”', ({ agent, built, message }) => {
  const folder = mkdtempSync(join(tmpdir(), 'guard-publish-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (built) mkdirSync(join(folder, 'dist'));

  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'guard-publish.mjs')], {
    cwd: folder,
    encoding: 'utf8',
    env: { npm_config_user_agent: agent },
  });

  expect(stderr).toContain(message);
  expect(status).toBe(message === '' ? 0 : 1);
});
