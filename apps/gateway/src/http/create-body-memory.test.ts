import { expect, test } from 'vitest';
import { createBodyMemory } from './create-body-memory.ts';

const MIB = 1024 * 1024;
const limits = { maxBodyBytes: 20 * MIB, maxBufferedBytes: 100 * MIB };
const refusal = expect.objectContaining({ code: 'too-many-requests', retryAfterMs: 1_000 });

test('refuses what does not fit, takes nothing of it, and has room again when a body is released', () => {
  const memory = createBodyMemory(() => ({ maxBodyBytes: MIB, maxBufferedBytes: 2 * MIB }));
  const [first, second, third] = [memory.lease(), memory.lease(), memory.lease()];
  first.take(MIB);
  second.take(MIB / 2);
  expect(() => third.take(MIB)).toThrow(refusal);
  expect(() => third.check(MIB)).toThrow(refusal);
  expect(memory.usedBytes).toBe(1.5 * MIB);
  first.release();
  first.release();
  third.take(MIB);
  expect(memory.usedBytes).toBe(1.5 * MIB);
});

test('keeps a quarter for small bodies', () => {
  const memory = createBodyMemory(() => limits);
  for (let body = 0; body < 3; body++) memory.lease().take(20 * MIB);
  expect(() => memory.lease().take(20 * MIB)).toThrow(refusal);
  for (let body = 0; body < 40; body++) memory.lease().take(MIB);
  expect(() => memory.lease().take(MIB)).toThrow(refusal);
});

test('has room for the largest body that is allowed when there is no other', () => {
  const memory = createBodyMemory(() => ({ maxBodyBytes: 20 * MIB, maxBufferedBytes: MIB }));
  const lease = memory.lease();
  lease.take(20 * MIB);
  expect(() => memory.lease().take(1)).toThrow(refusal);
});

test('counts nothing that arrives after the release', () => {
  const memory = createBodyMemory(() => limits);
  const lease = memory.lease();
  lease.release();
  lease.take(MIB);
  expect(memory.usedBytes).toBe(0);
});
