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
  /** Full reference of the model that answers, once it is known. */
  readonly model: string | undefined;
  readonly attempts: readonly Attempt[];
  readonly repairs: readonly string[];
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
  /** The oldest first. */
  const ended: RequestSnapshot[] = [];

  function keepEnded(snapshot: RequestSnapshot): void {
    ended.push(snapshot);
    if (ended.length > capacity) ended.shift();
  }

  return {
    begin({ id, route, keep }) {
      const trace = createRequestTrace({ id, route, now }, (snapshot) => {
        running.delete(trace);
        if (keep) keepEnded(snapshot);
        onEnd(snapshot);
      });
      if (keep) running.add(trace);
      return trace;
    },
    inFlight: () => [...running].map((trace) => trace.snapshot()),
    recent: () => ended.toReversed(),
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
  let wanted: string | undefined;
  let stream: boolean | undefined;
  let model: string | undefined;
  let firstEventMs: number | undefined;
  let attempts: readonly Attempt[] = [];
  let repairs: readonly string[] = [];
  let usage: Usage | undefined;
  let status: number | undefined;
  let failure: { readonly errorCode: string; readonly errorMessage: string } | undefined;

  function snapshot(): RequestSnapshot {
    return {
      id,
      route,
      startedAt,
      durationMs: (endedAt ?? now()) - startedAt,
      state: endedAt !== undefined ? 'ended' : firstEventMs === undefined ? 'waiting' : 'answering',
      ...(stream !== undefined && { stream }),
      ...(wanted !== undefined && { wanted }),
      ...(model !== undefined && { model }),
      ...(usage !== undefined && { usage }),
      ...failure,
      ...(status !== undefined && { status }),
      ...(firstEventMs !== undefined && { firstEventMs }),
      attempts,
      repairs,
    };
  }

  return {
    id,
    snapshot,
    get model() {
      return model;
    },
    get attempts() {
      return attempts;
    },
    get repairs() {
      return repairs;
    },
    asked(name, streamed) {
      wanted = name;
      stream = streamed;
    },
    answeredBy(ref) {
      model = ref;
      firstEventMs ??= now() - startedAt;
    },
    see(event) {
      switch (event.type) {
        case 'start':
          firstEventMs = now() - startedAt;
          model = event.model;
          if (event.attempts !== undefined) attempts = event.attempts;
          break;
        case 'fallback':
          attempts = [...attempts, event.failed];
          break;
        case 'repair':
          if (repairs.length < MAX_REPAIRS) repairs = [...repairs, event.repair];
          break;
        case 'finish':
          if (event.usage !== undefined) usage = event.usage;
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
      failure ??= { errorCode, errorMessage };
    },
    end(replied) {
      if (endedAt !== undefined) return;
      endedAt = now();
      status = replied;
      onEnd(snapshot());
    },
  };
}
