import { createInFlightList } from '@openclaw/request-batch';
import type { InFlightEntry } from '@openclaw/request-batch';
import { FollowedTrace } from './request-trace.ts';
import type { RequestSnapshot, RequestTrace } from './request-trace.ts';

/** The requests that run and those that ran last. */
export interface RequestJournal {
  begin(request: { readonly id: string; readonly route: string; readonly keep: boolean }): RequestTrace;
  inFlight(): readonly RequestSnapshot[];
  /** The last ones that ended, the latest first. */
  recent(): readonly RequestSnapshot[];
}

export interface RequestJournalOptions {
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Milliseconds, for durations; must never jump, as the time of day does. @default performance.now */
  readonly monotonicNow?: (() => number) | undefined;
  /** How many ended requests are remembered; older ones are forgotten. */
  readonly capacity?: number | undefined;
  /** Called with each request that has ended. */
  readonly onEnd?: ((request: RequestSnapshot) => void) | undefined;
}

/** Makes an empty journal. */
export function createRequestJournal({
  now = Date.now,
  monotonicNow = () => performance.now(),
  capacity = 100,
  onEnd = () => {},
}: RequestJournalOptions = {}): RequestJournal {
  const running = createInFlightList<RequestTrace>();
  /** A ring: once it is full, the next one takes the place of the oldest. */
  const ended: RequestSnapshot[] = [];
  let next = 0;

  function keepEnded(snapshot: RequestSnapshot): void {
    ended[next] = snapshot;
    next = (next + 1) % capacity;
  }

  return {
    begin({ id, route, keep }) {
      let entry: InFlightEntry | undefined;
      const onEndOf = (ended: RequestTrace): void => {
        const snapshot = ended.snapshot();
        entry?.remove();
        if (keep) keepEnded(snapshot);
        onEnd(snapshot);
      };
      const trace = new FollowedTrace({ id, route, asksModels: keep, startedAt: now(), monotonicNow, onEnd: onEndOf });
      if (keep) entry = running.add(trace);
      return trace;
    },
    inFlight: () => running.members().map((trace) => trace.snapshot()),
    recent: () => [...ended.slice(next), ...ended.slice(0, next)].toReversed(),
  };
}
