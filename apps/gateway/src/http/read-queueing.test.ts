import { expect, test } from 'vitest';
import { readQueueing } from './read-queueing.ts';

test.each([
  ['nothing', {}, undefined, {}],
  ['the header', { 'x-openclaw-priority': 'batch' }, undefined, { priority: 'batch' }],
  ['the rule of the client', {}, 'interactive', { priority: 'interactive' }],
  ['the header, to lower the priority', { 'x-openclaw-priority': 'batch' }, 'interactive', { priority: 'batch' }],
  ['the rule, against raising it', { 'x-openclaw-priority': 'interactive' }, 'batch', { priority: 'batch' }],
  ['its timeout in the queue', { 'x-openclaw-queue-timeout-ms': '1500' }, undefined, { startWithinMs: 1500 }],
  ['the timeout of an SDK', { 'x-stainless-timeout': '600' }, undefined, { startWithinMs: 600_000 }],
  ['no timeout of an SDK that is none', { 'x-stainless-timeout': 'NOT_GIVEN' }, undefined, {}],
  [
    'the timeout in the queue, before that of an SDK',
    { 'x-openclaw-queue-timeout-ms': '1500', 'x-stainless-timeout': '600' },
    undefined,
    { startWithinMs: 1500 },
  ],
] as const)('a request has %s', (_what, headers, rule, expected) => {
  expect(readQueueing(headers, rule)).toEqual(expected);
});

test.each([
  [{ 'x-openclaw-priority': 'high' }, 'The header x-openclaw-priority is "high". Send "interactive" or "batch".'],
  [
    { 'x-openclaw-queue-timeout-ms': '1.5 s' },
    'The header x-openclaw-queue-timeout-ms is "1.5 s". Send a whole number of milliseconds, from 1 to 999999999.',
  ],
  [
    { 'x-openclaw-queue-timeout-ms': '0' },
    'The header x-openclaw-queue-timeout-ms is "0". Send a whole number of milliseconds, from 1 to 999999999.',
  ],
])('%j is refused', (headers, message) => {
  expect(() => readQueueing(headers)).toThrow(expect.objectContaining({ code: 'invalid-request', message }));
});
