import { expect, test } from 'vitest';
import { ProviderError } from '../provider-error.ts';
import type { StreamEvent } from '../stream-event.ts';
import { assertStreamGrammar } from './stream-grammar.ts';

const START: StreamEvent = { type: 'start', model: 'm' };
const FINISH: StreamEvent = { type: 'finish', reason: 'stop' };
const ERROR: StreamEvent = { type: 'error', error: new ProviderError('timeout', 'Too late.') };
const TEXT: StreamEvent = { type: 'text-delta', text: 'a' };
const CALL: StreamEvent[] = [
  { type: 'tool-call-start', id: 'a', name: 'f' },
  { type: 'tool-call-delta', id: 'a', argumentsText: '{}' },
  { type: 'tool-call-end', id: 'a', name: 'f', argumentsText: '{}' },
];
const FALLBACK: StreamEvent = {
  type: 'fallback',
  failed: { model: 'a/b', endpoint: 'http://a', outcome: 'timeout', durationMs: 1 },
  next: 'c/d',
};

test.each<[string, StreamEvent[]]>([
  ['an answer', [START, TEXT, ...CALL, FINISH]],
  ['an empty answer', [START, FINISH]],
  ['a failure in the middle of a call', [START, ...CALL.slice(0, 2), ERROR]],
  ['a failure at once', [ERROR]],
  ['a fallback', [FALLBACK, FALLBACK, START, FINISH]],
])('allows %s', (_title, events) => {
  expect(() => assertStreamGrammar(events)).not.toThrow();
});

test.each<[string, StreamEvent[], string]>([
  ['no end', [START, TEXT], 'neither'],
  ['an event after the end', [START, FINISH, TEXT], 'follow'],
  ['two ends', [START, FINISH, ERROR], 'follow'],
  ['text before the start', [TEXT, FINISH], 'before `start`'],
  ['a finish without a start', [FINISH], 'before `start`'],
  ['two starts', [START, START, FINISH], 'one `start`'],
  ['a late fallback', [START, FALLBACK, FINISH], 'no fallback'],
  ['an empty delta', [START, { type: 'text-delta', text: '' }, FINISH], 'empty'],
  ['an open call at the finish', [START, ...CALL.slice(0, 2), FINISH], 'not ended'],
  ['a delta of no call', [START, ...CALL.slice(1), FINISH], 'no call'],
  ['a call that is started twice', [START, ...CALL.slice(0, 1), ...CALL], 'open already'],
  ['deltas that are not the arguments', [START, ...CALL.slice(0, 1), ...CALL.slice(2), FINISH], 'its deltas said'],
  [
    'a call that changes its name',
    [START, ...CALL.slice(0, 2), { ...CALL[2]!, name: 'g' } as StreamEvent],
    'started as',
  ],
])('refuses %s', (_title, events, rule) => {
  expect(() => assertStreamGrammar(events)).toThrow(rule);
});
