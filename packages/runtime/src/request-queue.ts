import type { RunningModels } from './running-models.ts';

/** `batch` requests start when no `interactive` one is waiting, or when they have waited long. */
export type RequestPriority = 'interactive' | 'batch';

/** A request that waits for a permit. */
export interface QueuedRequest {
  readonly client: string;
  readonly model: string;
  readonly priority: RequestPriority;
  /** When it was queued, by the clock of the queue. */
  readonly since: number;
}

/** What the choice of the next request depends on. */
export interface QueueView extends Pick<RunningModels, 'fits' | 'fitsNow' | 'yields'> {
  readonly now: number;
  /** Whether a request of the model would start without loading it. */
  readonly isHot: (model: string) => boolean;
  /** When the group of the hot models began. */
  readonly groupSince: number;
  /** How long a group may go on while requests of other models are waiting. 0 switches grouping off. */
  readonly groupMs: number;
}

/** Requests that wait for a permit of one endpoint. */
export interface RequestQueue<T extends QueuedRequest> {
  readonly size: number;
  add(request: T): void;
  /** Removes a request that does not wait any longer. */
  remove(request: T): void;
  /** Removes and returns the request whose turn it is, if one may start. */
  take(view: QueueView): T | undefined;
  /** The requests in the order of their arrival. */
  requests(): Iterable<T>;
}

/** A `batch` request that has waited so long counts as `interactive`, so that it is not kept waiting for ever. */
export const BATCH_AGES_MS = 60_000;

/**
 * Creates an empty queue. The next request is the one with the highest priority; among these, one of a model that need not
 * be loaded, so that A B A B becomes A A B B; among these, one of the client whose last turn is longest ago; among these,
 * the oldest.
 *
 * A request whose model has to be loaded comes before others of its priority once it has waited for `groupMs` and the
 * group has lasted as long.
 */
export function createRequestQueue<T extends QueuedRequest>(): RequestQueue<T> {
  const waiting = new Set<T>();
  const clients = new Map<string, { turn: number; waiting: number }>();
  let turns = 0;

  function remove(request: T): void {
    if (!waiting.delete(request)) return;
    const client = clients.get(request.client);
    if (client === undefined) return;
    client.waiting--;
    if (client.waiting === 0) clients.delete(request.client);
  }

  /** The lowest comes first. */
  function rank(request: T, view: QueueView): Rank {
    const { client, model, priority, since } = request;
    const { now, isHot, groupMs, groupSince } = view;
    const isBatch = priority === 'batch' && now - since < BATCH_AGES_MS;
    const isDue = now - since >= groupMs && now - groupSince >= groupMs;
    const isCold = groupMs > 0 && !isHot(model);
    const group = isCold ? (isDue ? 0 : 2) : 1;
    return [isBatch ? 1 : 0, group, clients.get(client)?.turn ?? 0];
  }

  function first(view: QueueView, among: (request: T) => boolean): Ranked<T> | undefined {
    let best: Ranked<T> | undefined;
    for (const request of waiting) {
      if (!among(request)) continue;
      const ranked = { request, rank: rank(request, view) };
      if (best === undefined || isBefore(ranked.rank, best.rank)) best = ranked;
    }
    return best;
  }

  return {
    get size() {
      return waiting.size;
    },
    add(request) {
      waiting.add(request);
      const client = clients.get(request.client);
      if (client === undefined) clients.set(request.client, { turn: ++turns, waiting: 1 });
      else client.waiting++;
    },
    remove,
    take(view) {
      let next = first(view, () => true);
      if (next !== undefined && !view.fits(next.request.model)) {
        const isDue = next.rank[1] === 0;
        if (!isDue || !view.fitsNow(next.request.model))
          next = first(view, ({ model }) => view.fits(model) && !(isDue && view.yields(model)));
      }
      if (next === undefined) return undefined;
      const client = clients.get(next.request.client);
      if (client !== undefined) client.turn = ++turns;
      remove(next.request);
      return next.request;
    },
    requests: () => waiting,
  };
}

/** Priority, group, and the last turn of the client. */
type Rank = readonly [number, 0 | 1 | 2, number];

interface Ranked<T> {
  readonly request: T;
  readonly rank: Rank;
}

function isBefore([priority, group, turn]: Rank, [otherPriority, otherGroup, otherTurn]: Rank): boolean {
  return (priority - otherPriority || group - otherGroup || turn - otherTurn) < 0;
}
