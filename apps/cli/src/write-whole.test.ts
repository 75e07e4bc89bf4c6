import { expect, test } from 'vitest';
import { writeWhole } from './write-whole.ts';

/** A pipe with room for one byte after each `waitsPerByte` waits. */
function createPipe({ waitsPerByte }: { waitsPerByte: number }) {
  const pipe = { text: '', waitedMs: 0, sinceLast: 0 };
  return {
    pipe,
    write(bytes: Buffer) {
      if (pipe.sinceLast < waitsPerByte) throw Object.assign(new Error('try again'), { code: 'EAGAIN' });
      pipe.sinceLast = 0;
      pipe.text += bytes.toString('latin1', 0, 1);
      return 1;
    },
    wait(durationMs: number) {
      pipe.waitedMs += durationMs;
      pipe.sinceLast++;
    },
  };
}

test('a slow reader gets everything, however long it takes', () => {
  const { pipe, write, wait } = createPipe({ waitsPerByte: 15 });
  writeWhole('a long text', { write, wait, stallLimitMs: 100 });
  expect(pipe.text).toBe('a long text');
});

test('a reader that reads nothing is waited for up to the limit', () => {
  const { pipe, write, wait } = createPipe({ waitsPerByte: Infinity });
  expect(() => writeWhole('text', { write, wait })).toThrow(expect.objectContaining({ code: 'EAGAIN' }));
  expect(pipe.waitedMs).toBe(30_000);
});

test('any other failure is thrown at once', () => {
  const write = () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  const wait = () => expect.unreachable();
  expect(() => writeWhole('text', { write, wait })).toThrow('full');
});
