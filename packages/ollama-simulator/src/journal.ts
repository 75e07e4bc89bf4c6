/**
 * The phase of a request. `queued`: waits for a slot or for a load of another request. `loading`: loads its model.
 * `stalled`: its script stalls.
 */
export type RequestPhase = 'receiving' | 'queued' | 'loading' | 'replying' | 'stalled' | 'over';

/** How a request ended: complete, client disconnected, or cut by the simulator. */
export type RequestOutcome = 'finished' | 'client-left' | 'cut';

/** One request, from its arrival to its end. */
export interface JournalEntry {
  /** 1 for the first request. */
  readonly number: number;
  readonly method: string;
  /** As requested, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The parsed JSON, or undefined when there is none. */
  readonly body?: unknown;
  readonly rawBody: string;
  /** Milliseconds since 1970, by the simulator's clock. */
  readonly receivedAt: number;
  /** Number of requests in flight at its arrival, including itself. */
  readonly concurrency: number;
  readonly phase: RequestPhase;
  /** Absent before headers were sent. */
  readonly status?: number;
  readonly finishedAt?: number;
  readonly outcome?: RequestOutcome;
  /** The client disconnected while its request loaded the model, which aborted the load. */
  readonly loadAborted?: true;
}

/** Recorded requests, and promises for future ones, so that tests need no sleep. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  readonly inFlight: number;
  readonly maxConcurrent: number;
  /** Requests of a path (without the query), such as `/v1/chat/completions`. */
  readonly of: (path: string) => JournalEntry[];
  /** The first entry, past or future, that matches. Rejects if the simulator closes first. */
  readonly waitFor: (predicate: (entry: JournalEntry) => boolean) => Promise<JournalEntry>;
  /** The first entry, past or future, whose client disconnected. */
  readonly waitForClientLeft: (predicate?: (entry: JournalEntry) => boolean) => Promise<JournalEntry>;
  /** Resolves as soon as nothing is in flight. */
  readonly waitUntilIdle: () => Promise<void>;
  /** Removes ended requests; the numbering continues. */
  readonly clear: () => void;
}

/** The simulator's side of a journal. */
export interface JournalWriter {
  readonly journal: Journal;
  open(request: Pick<JournalEntry, 'method' | 'path' | 'headers'>): JournalPage;
  /** Rejects all waiters. */
  close(): void;
}

/** The writable side of one entry. */
export interface JournalPage {
  readonly entry: JournalEntry;
  note(change: Partial<Omit<JournalEntry, 'number'>>): void;
  finish(outcome: RequestOutcome): void;
}

type Writable = { -readonly [Key in keyof JournalEntry]: JournalEntry[Key] };

/** Keeps the journal of one simulator. */
export function createJournal({ now = Date.now }: { now?: () => number } = {}): JournalWriter {
  let entries: JournalEntry[] = [];
  const waiting = new Set<{ check: () => boolean; reject: (reason: Error) => void }>();
  let count = 0;
  let inFlight = 0;
  let maxConcurrent = 0;

  const changed = (): void => {
    for (const waiter of waiting) if (waiter.check()) waiting.delete(waiter);
  };
  const wait = <Value>(find: () => Value | undefined): Promise<Value> => {
    const found = find();
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const check = (): boolean => {
        const value = find();
        if (value !== undefined) resolve(value);
        return value !== undefined;
      };
      waiting.add({ check, reject });
    });
  };
  const waitFor: Journal['waitFor'] = (predicate) => wait(() => entries.find(predicate));

  return {
    journal: {
      get entries() {
        return entries;
      },
      get inFlight() {
        return inFlight;
      },
      get maxConcurrent() {
        return maxConcurrent;
      },
      of: (path) => entries.filter((entry) => entry.path.split('?')[0] === path),
      waitFor,
      waitForClientLeft: (predicate = () => true) =>
        waitFor((entry) => entry.outcome === 'client-left' && predicate(entry)),
      waitUntilIdle: async () => {
        await wait(() => (inFlight === 0 ? true : undefined));
      },
      clear() {
        entries = entries.filter((entry) => entry.phase !== 'over');
        maxConcurrent = inFlight;
      },
    },
    open(request) {
      count += 1;
      inFlight += 1;
      maxConcurrent = Math.max(maxConcurrent, inFlight);
      const entry: Writable = {
        ...request,
        number: count,
        rawBody: '',
        receivedAt: now(),
        concurrency: inFlight,
        phase: 'receiving',
      };
      entries.push(entry);
      changed();
      return {
        entry,
        note(change) {
          if (entry.phase === 'over') return;
          Object.assign(entry, change);
          changed();
        },
        finish(outcome) {
          if (entry.phase === 'over') return;
          inFlight -= 1;
          if (entry.phase === 'loading' && outcome === 'client-left') entry.loadAborted = true;
          Object.assign(entry, { phase: 'over', outcome, finishedAt: now() });
          changed();
        },
      };
    },
    close() {
      for (const { reject } of waiting) reject(new Error('The simulator was closed before this happened.'));
      waiting.clear();
    },
  };
}
