import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createTemporaryHome } from '../test/temporary-home.ts';
import { readRegularFile } from './read-regular-file.ts';

test('the text of a file, up to the limit and not a byte more', async () => {
  const { path } = createTemporaryHome({ a: 'grün' });
  expect(await readRegularFile(path('a'), { maxBytes: 5 })).toEqual({ type: 'text', text: 'grün' });
  expect(await readRegularFile(path('a'), { maxBytes: 4 })).toEqual({
    type: 'refused',
    code: 'too-large',
    why: 'it is larger than 4 bytes',
  });
});

test.each([
  ['utf-16le', [0xff, 0xfe, 0x7b, 0x00, 0xfc, 0x00]],
  ['utf-16be', [0xfe, 0xff, 0x00, 0x7b, 0x00, 0xfc]],
])('%s is decoded by its byte order mark', async (_, bytes) => {
  const { path } = createTemporaryHome({ a: '' });
  writeFileSync(path('a'), Buffer.from(bytes));
  expect(await readRegularFile(path('a'), { maxBytes: 9 })).toEqual({ type: 'text', text: '{ü' });
});

test('a link is followed', async () => {
  const { path } = createTemporaryHome({ a: 'x' });
  symlinkSync(path('a'), path('link'));
  expect(await readRegularFile(path('link'), { maxBytes: 5 })).toEqual({ type: 'text', text: 'x' });
});

test.runIf(process.platform === 'linux')('a file that does not say how large it is', async () => {
  const reading = await readRegularFile('/proc/self/status', { maxBytes: 100_000 });
  expect(reading).toMatchObject({ type: 'text', text: expect.stringContaining('Pid:') });
});

test('what is not there', async () => {
  const { path } = createTemporaryHome({ a: 'x' });
  expect(await readRegularFile(path('b'), { maxBytes: 5 })).toEqual({ type: 'missing' });
  expect(await readRegularFile(path('a/b'), { maxBytes: 5 })).toEqual({ type: 'missing' });
});

test('what is no file is refused at once, and named', async () => {
  const { path } = createTemporaryHome();
  execFileSync('mkfifo', [path('pipe')]);
  mkdirSync(path('directory'));
  symlinkSync('/dev/zero', path('device'));
  symlinkSync('loop', path('loop'));
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(path('socket'), resolve));
  const whyOf = async (name: string) => {
    const reading = await readRegularFile(path(name), { maxBytes: 5 });
    return reading.type === 'refused' ? [reading.code, reading.why] : reading.type;
  };
  expect(await whyOf('pipe')).toEqual(['not-a-file', 'it is a named pipe, not a file']);
  expect(await whyOf('directory')).toEqual(['not-a-file', 'it is a directory, not a file']);
  expect(await whyOf('device')).toEqual(['not-a-file', 'it is a device, not a file']);
  expect(await whyOf('socket')).toEqual(['not-a-file', 'it is a socket or a device, not a file']);
  expect(await whyOf('loop')).toEqual(['system-error', 'symbolic links form a loop']);
});

test('a file that grows all the time is not taken as it is at some moment', async () => {
  const { path } = createTemporaryHome();
  writeFileSync(path('log'), 'x'.repeat(1_000_000));
  let done = false;
  const grow = () => {
    if (done) return;
    appendFileSync(path('log'), 'x');
    setImmediate(grow);
  };
  grow();
  const reading = await readRegularFile(path('log'), { maxBytes: 100_000_000 }).finally(() => (done = true));
  expect(reading).toMatchObject({ type: 'refused', code: 'changing' });
});
