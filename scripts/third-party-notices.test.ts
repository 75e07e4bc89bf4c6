import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { renderNotices, thirdPartyNotices } from './third-party-notices.ts';

test('the notices of the gateway name what it bundles, with the text of each licence', async () => {
  const notices = join(createFolder(), 'THIRD-PARTY-NOTICES.txt');
  await build({
    entryPoints: [resolve(import.meta.dirname, '../apps/gateway/src/main.ts')],
    bundle: true,
    write: false,
    splitting: true,
    outdir: 'dist',
    platform: 'node',
    format: 'esm',
    conditions: ['@openclaw/source'],
    logLevel: 'error',
    plugins: [thirdPartyNotices(notices)],
  });

  const text = readFileSync(notices, 'utf8');

  expect(text).toMatch(
    /^undici \d\S+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) Matteo Collina and Undici contributors\n/m,
  );
  expect(text).toMatch(/^valibot \d\S+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) Fabian Hiller\n/m);
  expect(text).toMatch(/^jsonrepair \d\S+ \(ISC\)\n\nThe ISC License\n/m);
  // This package has no licence file.
  expect(text).toMatch(/^@cfworker\/json-schema \d\S+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) Jeremy Danyow/m);
  // Our own packages are no third parties, and only a test uses this one.
  expect(text).not.toMatch(/^(?:@openclaw|vitest)/m);
});

test('a package without a licence file stops the build, unless it names MIT and its author', () => {
  const folder = createFolder();
  writeFileSync(join(folder, 'package.json'), '{ "name": "quiet", "version": "1.0.0", "license": "Apache-2.0" }');

  expect(() => renderNotices([folder])).toThrow('quiet has no licence file.');
});

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'notices-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
