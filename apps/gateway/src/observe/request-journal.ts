import { AllCandidatesFailedError } from '@openclaw/model-selection';
import type { Attempt, StreamEvent, Usage } from '@openclaw/provider';

/** What is known of a request, while it runs and after it. */
export interface RequestSnapshot {
  readonly id: string;
  /** The endpoint as the route table writes it: `POST /v1/chat/completions`. */
  readonly route: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** From the request to its end, or to now. */
  readonly durationMs: number;
  readonly state: 'waiting' | 'answering' | 'ended';
  /** The model that the client named; absent when it named none, or the endpoint knows none. */
  readonly wanted?: string;
  readonly stream?: boolean;
  /** Full reference of the model that answers. */
  readonly model?: string;
  readonly attempts: readonly Attempt[];
  /** What was put right in the answer, in order. */
  readonly repairs: readonly string[];
  /** From the request to the first event of its answer. */
  readonly firstEventMs?: number;
  readonly usage?: Usage;
  readonly status?: number;
  /** Why it failed; `client-left` when nobody waited for the end. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** Follows one request. */
export interface RequestTrace {
  readonly id: string;
  /** Says what the client asked for. */
  asked(wanted: string | undefined, stream: boolean): void;
  /** Says who answers, where no events tell. */
  answeredBy(model: string): void;
  /** Takes note of an event of the answer. */
  see(event: StreamEvent): void;
  /** Says why it failed. The first reason stays. */
  fail(code: string, message: string): void;
  /** Closes the record. A second call does nothing. */
  end(status: number): void;
  snapshot(): RequestSnapshot;
}

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
  /** How many ended requests are remembered; older ones are forgotten. */
  readonly capacity?: number | undefined;
  /** Told of each request that ended. */
  readonly onEnd?: ((request: RequestSnapshot) => void) | undefined;
}

/** Makes an empty journal. */
export function createRequestJournal({
  now = Date.now,
  capacity = 100,
  onEnd = () => {},
}: RequestJournalOptions = {}): RequestJournal {
  const running = new Set<RequestTrace>();
  let ended: RequestSnapshot[] = [];
  return {
    begin({ id, route, keep }) {
      const trace = createRequestTrace({ id, route, now }, (snapshot) => {
        running.delete(trace);
        if (keep) ended = [snapshot, ...ended.slice(0, capacity - 1)];
        onEnd(snapshot);
      });
      if (keep) running.add(trace);
      return trace;
    },
    inFlight: () => [...running].map((trace) => trace.snapshot()),
    recent: () => ended,
  };
}

/** Repairs of one request that are remembered by name. */
const MAX_REPAIRS = 50;

function createRequestTrace(
  { id, route, now }: { id: string; route: string; now: () => number },
  onEnd: (snapshot: RequestSnapshot) => void,
): RequestTrace {
  const startedAt = now();
  let endedAt: number | undefined;
  let known: Partial<RequestSnapshot> = {};
  let firstEventMs: number | undefined;
  let attempts: readonly Attempt[] = [];
  let repairs: readonly string[] = [];

  function snapshot(): RequestSnapshot {
    const state = endedAt !== undefined ? 'ended' : firstEventMs === undefined ? 'waiting' : 'answering';
    return {
      id,
      route,
      startedAt,
      durationMs: (endedAt ?? now()) - startedAt,
      state,
      ...known,
      ...(firstEventMs !== undefined && { firstEventMs }),
      attempts,
      repairs,
    };
  }

  return {
    id,
    snapshot,
    asked(wanted, stream) {
      known = { ...known, stream, ...(wanted !== undefined && { wanted }) };
    },
    answeredBy(model) {
      known = { ...known, model };
      firstEventMs ??= now() - startedAt;
    },
    see(event) {
      switch (event.type) {
        case 'start':
          firstEventMs = now() - startedAt;
          known = { ...known, model: event.model };
          if (event.attempts !== undefined) attempts = event.attempts;
          break;
        case 'fallback':
          attempts = [...attempts, event.failed];
          break;
        case 'repair':
          if (repairs.length < MAX_REPAIRS) repairs = [...repairs, event.repair];
          break;
        case 'finish':
          if (event.usage !== undefined) known = { ...known, usage: event.usage };
          break;
        case 'error':
          if (event.error instanceof AllCandidatesFailedError) attempts = event.error.attempts;
          break;
        case 'reasoning-delta':
        case 'text-delta':
        case 'tool-call-start':
        case 'tool-call-delta':
        case 'tool-call-end':
          break;
      }
    },
    fail(errorCode, errorMessage) {
      if (known.errorCode === undefined) known = { ...known, errorCode, errorMessage };
    },
    end(status) {
      if (endedAt !== undefined) return;
      endedAt = now();
      known = { ...known, status };
      onEnd(snapshot());
    },
  };
}
