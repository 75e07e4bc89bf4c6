import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { encodeLogLine, LOG_LEVELS } from './encode-log-line.ts';
import { createLogDestination } from './log-destination.ts';
import type { LogDestinationOptions } from './log-destination.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A destination whose writes do what `answer` says: an error code, a number of bytes, or forever nothing. */
function start(options: Partial<LogDestinationOptions> = {}) {
  const device = {
    answer: 'all' as string | number,
    openAnswer: 'ok',
    text: '',
    opened: 0,
    closed: 0,
    writes: 0,
    atExit: '',
  };
  const failures: unknown[] = [];
  const destination = createLogDestination({
    async open() {
      if (device.openAnswer !== 'ok') throw systemError(device.openAnswer);
      device.opened++;
      return {
        async write(bytes) {
          device.writes++;
          if (device.answer === 'never') return new Promise(() => undefined);
          if (typeof device.answer === 'string' && device.answer !== 'all') throw systemError(device.answer);
          const count = typeof device.answer === 'number' ? device.answer : bytes.length;
          device.text += bytes.toString('latin1', 0, count);
          return Math.min(count, bytes.length);
        },
        writeSync: (bytes) => void (device.atExit += bytes.toString('latin1')),
        async close() {
          device.closed++;
        },
      };
    },
    onFailure: (error) => failures.push(error),
    renderDropped: (lines) => `dropped ${lines}\n`,
    ...options,
  });
  onTestFinished(() => destination.close({ timeoutMs: 0 }));
  return { device, failures, destination, codes: () => failures.map((error) => (error as NodeJS.ErrnoException).code) };
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

test('a log that is not written takes little more memory than its text', async () => {
  setFlagsFromString('--expose-gc');
  onTestFinished(() => setFlagsFromString('--no-expose-gc'));
  const collect: () => void = runInNewContext('gc');
  const { device, destination } = start({ batchCharacters: 8_192 });
  device.answer = 'never';
  await settle();
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let line = 0; destination.dropped() === 0; line += 1) {
    const fields = Array.from({ length: 20 }, (_, field) => [`field${field}`, `${line}-${field}`]);
    destination.write(encodeLogLine(LOG_LEVELS.info, Object.fromEntries(fields), 'request'));
  }
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10 * 1024 * 1024);
});

test('each line is written at once unless lines are batched', async () => {
  const { device, destination } = start();
  destination.write('a\n');
  await settle();
  expect(device.text).toBe('a\n');
});

test('a flush writes batched lines, and waits no longer than its limit', async () => {
  const { device, destination } = start({ batchCharacters: 100 });
  await settle();
  destination.write('a\n');
  const flushed = destination.flush();
  await settle();
  await flushed;
  expect(device.text).toBe('a\n');
  device.answer = 'never';
  destination.write('b\n');
  const limited = destination.flush({ timeoutMs: 500 });
  await settle(500);
  await limited;
  expect(device.text).toBe('a\n');
});

test('batched lines wait for each other up to a size and a time', async () => {
  const { device, destination } = start({ batchCharacters: 6, batchDelayMs: 200 });
  await settle();
  destination.write('a\n');
  destination.write('b\n');
  await settle(199);
  expect(device.text).toBe('');
  await settle(1);
  expect(device.text).toBe('a\nb\n');
  destination.write('c\n');
  destination.write('d\n');
  destination.write('e\n');
  await settle();
  expect(device).toMatchObject({ text: 'a\nb\nc\nd\ne\n', writes: 2 });
});

test('what is written in part is continued at its byte', async () => {
  const { device, destination } = start();
  device.answer = 1;
  destination.write('ä€\n');
  await settle();
  expect(Buffer.from(device.text, 'latin1').toString()).toBe('ä€\n');
});

test.each(['ENOSPC', 'EFBIG', 'EPIPE', 'EIO'])(
  'after %s nothing is tried for a second, and nothing is lost',
  async (code) => {
    const { device, destination, codes } = start();
    await settle();
    device.answer = code;
    destination.write('a\n');
    await settle(999);
    expect(device.writes).toBe(1);
    await settle(5_001);
    expect({ codes: codes(), writes: device.writes }).toEqual({ codes: [code], writes: 7 });
    device.answer = 'all';
    destination.write('b\n');
    await settle(1_000);
    expect(device.text).toBe('a\nb\n');
    expect(device.opened - device.closed).toBe(1);
  },
);

test('a second outage is reported again', async () => {
  const { device, destination, codes } = start();
  for (const code of ['ENOSPC', 'EIO']) {
    device.answer = code;
    destination.write('a\n');
    await settle();
    device.answer = 'all';
    await settle(1_000);
  }
  expect(codes()).toEqual(['ENOSPC', 'EIO']);
});

test('a destination that cannot be opened is reported before the first line', async () => {
  const { failures, device, destination } = start({ open: async () => Promise.reject(systemError('EISDIR')) });
  await settle(10_000);
  expect(failures).toHaveLength(1);
  destination.write('a\n');
  await destination.close();
  expect(device.text).toBe('');
});

test('a full pipe is no failure: it is tried again until there is room', async () => {
  const { device, failures, destination } = start();
  device.answer = 'EAGAIN';
  destination.write('a\n');
  await settle(500);
  device.answer = 'all';
  await settle(10);
  expect({ text: device.text, failures }).toEqual({ text: 'a\n', failures: [] });
});

test('twenty thousand lines for a stalled reader stay within the bound, and the dropped ones are counted and reported once', async () => {
  const { device, destination } = start({ maxBufferedCharacters: 1_000 });
  await settle();
  device.answer = 'EAGAIN';
  for (let number = 0; number < 20_000; number++) destination.write('123456789\n');
  await settle(100);
  expect(destination.dropped()).toBe(19_900);
  device.answer = 'all';
  await settle(10);
  destination.write('later\n');
  await settle();
  expect(device.text).toBe(`${'123456789\n'.repeat(100)}dropped 19900\nlater\n`);
});

test('a line longer than the bound is written whole', async () => {
  const { device, destination } = start({ maxBufferedCharacters: 10 });
  destination.write(`${'x'.repeat(100)}\n`);
  await settle();
  expect(device.text).toHaveLength(101);
});

test('closing writes what is left, and closes', async () => {
  const { device, destination } = start({ batchCharacters: 8_192 });
  destination.write('a\n');
  await destination.close();
  destination.write('too late\n');
  await settle(10_000);
  expect(device).toMatchObject({ text: 'a\n', opened: 1, closed: 1 });
  expect(vi.getTimerCount()).toBe(0);
});

test.each(['ENOSPC', 'EPIPE'])('closing tries once more after %s, and waits for nothing', async (code) => {
  const { device, destination } = start();
  device.answer = code;
  destination.write('a\n');
  await settle();
  await destination.close();
  expect({ writes: device.writes, timers: vi.getTimerCount() }).toEqual({ writes: 2, timers: 0 });
});

test.each(['EAGAIN', 'never'])('closing waits at most its limit for a reader that answers %s', async (answer) => {
  const { device, destination } = start();
  device.answer = answer;
  destination.write('a\n');
  await settle();
  let isClosed = false;
  void destination.close({ timeoutMs: 1_000 }).then(() => (isClosed = true));
  await settle(999);
  expect(isClosed).toBe(false);
  await settle(1);
  expect({ isClosed, timers: vi.getTimerCount() }).toEqual({ isClosed: true, timers: 0 });
});

test.each([
  ['is under way', 'never', 'b\n'],
  ['has failed, which closed the log', 'ENOSPC', ''],
  ['finds no room', 'EAGAIN', 'a\nb\n'],
])('a crash writes what it can while a write %s', async (_title, answer, expected) => {
  const before = new Set(process.listeners('exit'));
  const { device, destination } = start();
  const [exit] = process.listeners('exit').filter((listener) => !before.has(listener));
  await settle();
  device.answer = answer;
  destination.write('a\n');
  await settle();
  destination.write('b\n');
  exit?.(1);

  // A write that is under way ends by itself.
  expect(device.atExit).toBe(expected);
});
