import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';

const ENTRY = resolve(import.meta.dirname, '../bin/openclaw.cjs');

test.each(['4.9.1', '12.22.12', '20.20.2', '22.18.0'])(
  'Node %s gets an error with the release that is needed',
  (version) => {
    const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require(${JSON.stringify(ENTRY)})`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`OpenClaw needs Node 22.19 or later. This is Node ${version} (`);
    expect(stderr).toContain('https://nodejs.org');
  },
);

test('the entry is ES5, which every release can parse', async () => {
  const { warnings } = await transform(readFileSync(ENTRY, 'utf8'), { target: 'es5' });
  expect(warnings).toEqual([]);
});
