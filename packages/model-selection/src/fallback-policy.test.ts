import { ProviderError } from '@openclaw/provider';
import type { ProviderErrorCode, ProviderErrorDetails } from '@openclaw/provider';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { FALLBACK_POLICY, fallbackRule } from './fallback-policy.ts';
import type { FallbackRule } from './fallback-policy.ts';

const rows: readonly [ProviderErrorCode, ProviderErrorDetails, string][] = [
  ['aborted', {}, 'none'],
  ['authentication-failed', {}, 'candidate, model'],
  ['billing', {}, 'candidate, model'],
  ['connection-failed', { connection: 'refused' }, 'candidate, endpoint'],
  ['connection-failed', { connection: 'unreachable' }, 'candidate, endpoint'],
  ['connection-failed', { connection: 'dns' }, 'candidate, endpoint'],
  ['connection-failed', { connection: 'tls' }, 'candidate, endpoint'],
  ['connection-failed', { connection: 'reset' }, 'candidate or retry, model'],
  ['connection-failed', { connection: 'closed' }, 'candidate or retry, model'],
  ['connection-failed', {}, 'candidate, endpoint'],
  ['context-length-exceeded', {}, 'larger-window'],
  ['invalid-request', {}, 'other-capability'],
  ['invalid-response', {}, 'candidate or retry, model'],
  ['local-overload', {}, 'candidate or retry'],
  ['model-not-found', {}, 'candidate, model'],
  ['overloaded', {}, 'candidate or retry, model'],
  ['overloaded', { queue: 'full' }, 'candidate or retry'],
  ['overloaded', { queue: 'deadline' }, 'candidate'],
  ['rate-limited', {}, 'candidate or retry, model'],
  ['server-error', {}, 'candidate or retry, model'],
  ['timeout', { clock: 'connect' }, 'candidate or retry, endpoint'],
  ['timeout', { clock: 'first-event' }, 'candidate or retry, model'],
  ['timeout', { clock: 'idle' }, 'candidate or retry, model'],
  ['timeout', { clock: 'total' }, 'candidate or retry, model'],
  ['unsupported', { capability: 'tools' }, 'candidate'],
];

test.each(rows)('%s %j leads to: %s', (code, details, expected) => {
  const { next, retryLast, opens } = fallbackRule(new ProviderError(code, 'It failed.', details));

  expect(`${next}${retryLast ? ' or retry' : ''}${opens === 'nothing' ? '' : `, ${opens}`}`).toBe(expected);
});

test('the table above has every code', () => {
  expect(new Set(rows.map(([code]) => code))).toEqual(new Set(Object.keys(FALLBACK_POLICY)));
});

const NEXT_IN_WORDS: Readonly<Record<FallbackRule['next'], string>> = {
  candidate: 'the next candidate',
  'larger-window': 'the next candidate with a larger window',
  none: 'none',
  'other-capability': 'the next candidate with the missing capability',
};

test('docs/errors.md has the same table', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/errors.md'), 'utf8');
  const documented = [
    ...page.matchAll(/^\| `([a-z-]+)`(?: \((\w+)\))? +\|[^|]+\| (.+?) +\| (.+?) +\| (\w+) +\|$/gm),
  ].map(([, ...cells]) => cells);

  expect(new Set(documented.map(([code]) => code))).toEqual(new Set(Object.keys(FALLBACK_POLICY)));
  for (const [code, detail, ...cells] of documented) {
    const details: ProviderErrorDetails =
      detail === 'reset' ? { connection: 'reset' } : detail === 'connect' ? { clock: 'connect' } : {};
    const { next, retryLast, opens } = fallbackRule(
      new ProviderError(code as ProviderErrorCode, 'It failed.', details),
    );
    expect([code, ...cells]).toEqual([code, NEXT_IN_WORDS[next], retryLast ? 'retried' : 'not retried', opens]);
  }
});
