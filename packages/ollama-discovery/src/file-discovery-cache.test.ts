import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CachedModels } from './discovery-cache.ts';
import { createFileDiscoveryCache } from './file-discovery-cache.ts';
import { modelDetails } from './model-details.ts';

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'discovery-cache-'));
  onTestFinished(() => {
    chmodSync(directory, 0o700);
    rmSync(directory, { recursive: true });
  });
  return directory;
}

function models(...digests: readonly string[]): CachedModels {
  return new Map(
    digests.map((digest, savedAt) => [
      digest,
      { savedAt, details: { capabilities: ['tools'], capabilitiesSource: 'reported', contextLength: 4096 } },
    ]),
  );
}

test('gives another process what was saved', async () => {
  const directory = join(temporaryDirectory(), 'made', 'on', 'demand');
  await createFileDiscoveryCache({ directory }).save('http://a', models('d1', 'd2'));
  expect(await createFileDiscoveryCache({ directory }).load('http://a')).toEqual(models('d1', 'd2'));
});

test('gives back all details of a model', async () => {
  const details = modelDetails({
    template: '[TOOL_CALLS]<|im_start|>assistant\n<think>\n',
    capabilities: ['completion'],
    model_info: { 'general.architecture': 'llama', 'llama.context_length': 4096 },
    parameters: 'num_ctx 2048\ntemperature 0.6\ntop_p 0.9',
    remote_host: 'https://ollama.com',
  });
  const saved: CachedModels = new Map([['d1', { savedAt: 1, details }]]);
  const directory = temporaryDirectory();
  await createFileDiscoveryCache({ directory }).save('http://a', saved);
  expect(await createFileDiscoveryCache({ directory }).load('http://a')).toEqual(saved);
});

test('keeps servers apart', async () => {
  const cache = createFileDiscoveryCache({ directory: temporaryDirectory() });
  await cache.save('http://a', models('d1'));
  expect(await cache.load('http://b')).toEqual(new Map());
});

test('writes files that only their owner can read, and leaves nothing else behind', async () => {
  const directory = temporaryDirectory();
  const cache = createFileDiscoveryCache({ directory });
  await cache.save('http://a', models('d1'));
  await cache.save('http://a', models('d2'));
  const [file, ...others] = readdirSync(directory);
  expect(others).toEqual([]);
  expect(statSync(join(directory, file!)).mode & 0o777).toBe(0o600);
});

test.each(['', '{', 'null', '[]', '{"version":99,"models":{}}', '{"version":2,"endpoint":"http://b","models":{}}'])(
  'counts a file that holds %j as absent, and replaces it',
  async (content) => {
    const directory = temporaryDirectory();
    const cache = createFileDiscoveryCache({ directory });
    await cache.save('http://a', models('d1'));
    const file = join(directory, readdirSync(directory)[0]!);
    writeFileSync(file, content);
    expect(await cache.load('http://a')).toEqual(new Map());
    await cache.save('http://a', models('d2'));
    expect(await cache.load('http://a')).toEqual(models('d2'));
  },
);

function writeHugeFile(file: string): void {
  writeFileSync(file, '');
  truncateSync(file, 2 ** 30);
}

test.skipIf(process.platform === 'win32').each([
  ['a FIFO', (file: string) => execFileSync('mkfifo', [file])],
  ['a device', (file: string) => symlinkSync('/dev/zero', file)],
  ['a huge file', writeHugeFile],
])('counts %s as absent without waiting for it, and replaces it', async (_name, replace) => {
  const directory = temporaryDirectory();
  const cache = createFileDiscoveryCache({ directory });
  await cache.save('http://a', models('d1'));
  const file = join(directory, readdirSync(directory)[0]!);
  rmSync(file);
  replace(file);
  expect(await cache.load('http://a')).toEqual(new Map());
  await cache.save('http://a', models('d2'));
  expect(await cache.load('http://a')).toEqual(models('d2'));
});

test('skips entries that are not whole', async () => {
  const directory = temporaryDirectory();
  const cache = createFileDiscoveryCache({ directory });
  await cache.save('http://a', models('good'));
  const file = join(directory, readdirSync(directory)[0]!);
  const content = JSON.parse(readFileSync(file, 'utf8'));
  Object.assign(content.models, { odd: { savedAt: 1 }, odder: 7, timeless: { details: content.models.good.details } });
  writeFileSync(file, JSON.stringify(content));
  expect(await cache.load('http://a')).toEqual(models('good'));
});

test('remembers a bounded number of models, the latest ones', async () => {
  const cache = createFileDiscoveryCache({ directory: temporaryDirectory(), maxModels: 2 });
  await cache.save('http://a', models('d0', 'd1', 'd2'));
  expect([...(await cache.load('http://a')).keys()].sort()).toEqual(['d1', 'd2']);
});

test('remembers a bounded number of servers, the latest ones', async () => {
  const directory = temporaryDirectory();
  const cache = createFileDiscoveryCache({ directory, maxEndpoints: 2 });
  for (const [age, endpoint] of ['http://a', 'http://b', 'http://c'].entries()) {
    const before = new Set(readdirSync(directory));
    await cache.save(endpoint, models('d1'));
    const written = readdirSync(directory).find((name) => !before.has(name));
    if (written !== undefined) utimesSync(join(directory, written), 1000 + age, 1000 + age);
  }
  const known = await Promise.all(
    ['http://a', 'http://b', 'http://c'].map(async (endpoint) => (await cache.load(endpoint)).size),
  );
  expect(known).toEqual([0, 1, 1]);
});

test('survives many writers at once with one of their files whole', async () => {
  const cache = createFileDiscoveryCache({ directory: temporaryDirectory() });
  await Promise.all(Array.from({ length: 20 }, (_, index) => cache.save('http://a', models(`d${index}`))));
  expect((await cache.load('http://a')).size).toBe(1);
});

test.skipIf(process.getuid?.() === 0)('says that a directory cannot be written', async () => {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o500);
  await expect(createFileDiscoveryCache({ directory }).save('http://a', models('d1'))).rejects.toThrow(/EACCES/);
});

test.skipIf(process.platform !== 'linux')('rejects below /proc, where no directory can be created', async () => {
  const save = createFileDiscoveryCache({ directory: '/proc/openclaw-state/cache' }).save('http://a', models('d1'));
  await expect(save).rejects.toThrow(/ENOENT/);
});
