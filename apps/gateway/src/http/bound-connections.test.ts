import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { boundConnections, readDescriptorLimit } from './bound-connections.ts';

test.each([
  [1024, Infinity, 1024],
  [1024, 20_000, 1024],
  [1024, 256, 128],
  [10, 256, 10],
  [10, 1, 1],
])('of %s connections with %s descriptors there may be %s', (wanted, descriptors, bound) => {
  expect(boundConnections(wanted, descriptors)).toBe(bound);
});

test('reads the soft limit where the system tells it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openclaw-limits-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'limits');
  await writeFile(
    path,
    'Limit                     Soft Limit           Hard Limit\nMax open files            256                  20000\n',
  );
  expect(readDescriptorLimit(path)).toBe(256);
  await writeFile(path, 'Max open files            unlimited            unlimited\n');
  expect(readDescriptorLimit(path)).toBe(Infinity);
  expect(readDescriptorLimit(join(folder, 'nothing'))).toBe(Infinity);
});
