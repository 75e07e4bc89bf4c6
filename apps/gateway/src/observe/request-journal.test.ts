import { expect, test } from 'vitest';
import { createRequestJournal } from './request-journal.ts';
import type { RequestSnapshot } from './request-trace.ts';

test('measures durations on a clock that does not follow the time of day', () => {
  let dateMs = 1_800_000_000_000;
  let monotonicMs = 0;
  const ended: RequestSnapshot[] = [];
  const journal = createRequestJournal({
    now: () => dateMs,
    monotonicNow: () => monotonicMs,
    onEnd: (request) => ended.push(request),
  });
  const trace = journal.begin({ id: 'req_1', route: 'POST /v1/chat/completions', keep: true });
  dateMs -= 3_600_000;
  monotonicMs = 20;
  trace.see({ type: 'start', model: 'ollama/m' });
  dateMs += 7_200_000;
  monotonicMs = 50;
  expect(journal.inFlight()).toMatchObject([{ startedAt: 1_800_000_000_000, durationMs: 50, firstEventMs: 20 }]);
  trace.end(200);
  monotonicMs = 1_000;
  expect(ended).toMatchObject([{ startedAt: 1_800_000_000_000, durationMs: 50, firstEventMs: 20 }]);
});
