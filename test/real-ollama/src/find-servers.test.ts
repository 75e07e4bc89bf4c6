import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findServers } from './find-servers.ts';
import { isAtLeast } from './ollama-server.ts';
import { ServerUnavailableError } from './server-unavailable-error.ts';

const report = (line: string): never => {
  throw new Error(`Nothing is built in this test, and yet it says: ${line}`);
};

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openclaw-find-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function writeProgram(path: string, script: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/** A folder with an `ollama` of this release, for PATH. */
function installOllama(release: string): string {
  const folder = makeFolder();
  writeProgram(join(folder, 'ollama'), `echo "Warning: client version is ${release}"`);
  return folder;
}

/** A cache with builds of these releases. */
function cacheBuilds(...releases: string[]): string {
  const folder = makeFolder();
  for (const release of releases)
    writeProgram(join(folder, `ollama/${release}-${process.platform}-${process.arch}/ollama`), 'exit 0');
  return folder;
}

test('takes the servers of OLLAMA_TEST_HOSTS before all others', async () => {
  const server = createServer((_, response) => response.end('{"version":"0.9.1"}')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { OLLAMA_TEST_HOSTS: ` ${host} ,`, PATH: installOllama('0.17.4') };
  expect(await findServers({ env, report })).toEqual([
    { name: `Ollama 0.9.1 at http://${host}`, version: '0.9.1', url: `http://${host}` },
  ]);
});

test('names a server of OLLAMA_TEST_HOSTS that does not answer', async () => {
  const env = { OLLAMA_TEST_HOSTS: '127.0.0.1:1', PATH: '' };
  const finding = findServers({ env, report });
  await expect(finding).rejects.toThrow(ServerUnavailableError);
  await expect(finding).rejects.toThrow(/Cannot reach Ollama at http:\/\/127\.0\.0\.1:1 \(.+\)\. Start it/);
});

test('takes the program on PATH before a cached build', async () => {
  const env = { PATH: installOllama('0.24.0'), OPENCLAW_TEST_CACHE: cacheBuilds('0.17.4') };
  expect(await findServers({ env, report })).toEqual([{ name: 'Ollama 0.24.0', version: '0.24.0', binary: 'ollama' }]);
});

test('takes a cached build, for which it needs no compiler', async () => {
  const cache = cacheBuilds('0.17.4');
  expect(
    await findServers({ env: { PATH: '', XDG_CACHE_HOME: '/nowhere', OPENCLAW_TEST_CACHE: cache }, report }),
  ).toEqual([
    {
      name: 'Ollama 0.17.4',
      version: '0.17.4',
      binary: join(cache, `ollama/0.17.4-${process.platform}-${process.arch}/ollama`),
    },
  ]);
});

test('takes the releases that REAL_OLLAMA names, from PATH where it has the same', async () => {
  const env = { PATH: installOllama('0.12.6'), OPENCLAW_TEST_CACHE: cacheBuilds('0.17.4', '0.6.5') };
  const find = async (releases: string) =>
    (await findServers({ env: { ...env, REAL_OLLAMA: releases }, report })).map(({ version, binary }) => [
      version,
      binary === 'ollama',
    ]);
  expect(await find('all')).toEqual([
    ['0.17.4', false],
    ['0.12.6', true],
    ['0.6.5', false],
  ]);
  expect(await find('0.6.5, 0.12.6')).toEqual([
    ['0.6.5', false],
    ['0.12.6', true],
  ]);
});

test('refuses a release that it cannot build', async () => {
  await expect(findServers({ env: { REAL_OLLAMA: '0.1.0', PATH: '' }, report })).rejects.toThrow(
    'REAL_OLLAMA names the release "0.1.0", which the suite cannot build. Use 0.17.4, 0.12.6, 0.6.5 or "all".',
  );
});

test.each([
  ['0.12.6', '0.12.6', true],
  ['0.12.6', '0.9.0', true],
  ['0.9.0', '0.12.6', false],
  ['1.0.0', '0.99.9', true],
  ['0.30.0-rc1', '0.30.0', true],
])('%s is at least %s: %s', (version, release, expected) => {
  expect(isAtLeast(version, release)).toBe(expected);
});
