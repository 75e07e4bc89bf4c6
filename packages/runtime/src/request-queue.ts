import { createInFlightList } from '@openclaw/request-batch';
import type { InFlightEntry } from '@openclaw/request-batch';
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
  /** How long loading a model takes. */
  readonly loadMs: number;
  /** When the group of the hot models began. */
  readonly groupSince: number;
  /** How long a group may go on at most while requests of other models are overdue. 0 switches grouping off. */
  readonly groupMs: number;
}

/** Requests that wait for a permit of one endpoint. */
export interface RequestQueue<T extends QueuedRequest> {
  readonly size: number;
  /** @param running the number of requests that are running */
  add(request: T, running: number): void;
  /** Removes a request that does not wait any longer. */
  remove(request: T): void;
  /** Removes and returns the request whose turn it is, if one may start. */
  take(view: QueueView): T | undefined;
  /** The requests in the order of their arrival. */
  requests(): Iterable<T>;
}

/** A `batch` request that has waited so long counts as `interactive`, so that it is not kept waiting for ever. */
export const BATCH_AGES_MS = 60_000;

/** The share of the time for loading a model for each request before it, after which a request is overdue. */
const OVERDUE_SHARE = 0.75;
/** How much longer than the loads that it saves a group may last. */
const GROUP_FACTOR = 2;

/**
 * Creates an empty queue. The next request is the one with the highest priority; among these, one of a model that need not
 * be loaded, so that A B A B becomes A A B B; among these, one of the client whose last turn is longest ago; among these,
 * the oldest.
 *
 * A request is overdue when it has waited about as long as without groups: the time to load a model for each request
 * before it. At most as many requests of each other client count as its own client has. Overdue requests of a hot model
 * precede its others, in the order in which they were due; after each turn of a client, its next one is due as if it had
 * been queued then. Overdue requests of another model precede all of their priority once the group has lasted as long as
 * one load and twice as long as the loads that groups save: one for each queued request beyond the first of each other
 * model, divided among these models.
 */
export function createRequestQueue<T extends QueuedRequest>(): RequestQueue<T> {
  const waiting = createInFlightList<Waiting<T>>();
  const entries = new WeakMap<T, InFlightEntry>();
  const clients = new Map<string, WaitingClient>();
  let turns = 0;

  function remove(request: T): void {
    const entry = entries.get(request);
    if (entry === undefined) return;
    entries.delete(request);
    entry.remove();
    const client = clients.get(request.client);
    if (client === undefined) return;
    client.waiting--;
    if (client.waiting === 0) clients.delete(request.client);
  }

  function isGroupOver({ now, isHot, loadMs, groupMs, groupSince }: QueueView): boolean {
    const models = new Set<string>();
    for (const { request } of waiting.members()) if (!isHot(request.model)) models.add(request.model);
    const saved = (waiting.size - models.size) / models.size;
    return now - groupSince >= Math.min(groupMs, loadMs * Math.max(1, GROUP_FACTOR * saved));
  }

  function rank(request: T, { view, ahead, isOver }: RankOptions): Rank {
    const { client, model, priority, since } = request;
    const { now, isHot, loadMs, groupMs } = view;
    const priorityRank = priority === 'batch' && now - since < BATCH_AGES_MS ? 1 : 0;
    const { turn = 0, servedAt = -Infinity } = clients.get(client) ?? {};
    if (groupMs === 0) return [priorityRank, HOT, turn];
    const shareMs = OVERDUE_SHARE * loadMs;
    const dueAt = since + shareMs * ahead;
    if (!isHot(model)) return [priorityRank, now >= dueAt && isOver ? COLD_OVERDUE : COLD, dueAt];
    const nextDueAt = Math.max(dueAt, servedAt + shareMs * clients.size);
    return now >= nextDueAt ? [priorityRank, HOT_OVERDUE, nextDueAt] : [priorityRank, HOT, turn];
  }

  function first(view: QueueView, among: (request: T) => boolean): Ranked<T> | undefined {
    const isOver = view.groupMs > 0 && isGroupOver(view);
    let best: Ranked<T> | undefined;
    for (const { request, ahead } of waiting.members()) {
      if (!among(request)) continue;
      const ranked = { request, rank: rank(request, { view, ahead, isOver }) };
      if (best === undefined || isBefore(ranked.rank, best.rank)) best = ranked;
    }
    return best;
  }

  return {
    get size() {
      return waiting.size;
    },
    add(request, running) {
      const client = clients.get(request.client) ?? { turn: ++turns, servedAt: -Infinity, waiting: 0 };
      clients.set(request.client, client);
      client.waiting++;
      let ahead = running - 1;
      for (const other of clients.values()) ahead += Math.min(other.waiting, client.waiting);
      entries.set(request, waiting.add({ request, ahead }));
    },
    remove,
    take(view) {
      let next = first(view, () => true);
      if (next !== undefined && !view.fits(next.request.model)) {
        const isDue = next.rank[1] === COLD_OVERDUE;
        if (!isDue || !view.fitsNow(next.request.model))
          next = first(view, ({ model }) => view.fits(model) && !(isDue && view.yields(model)));
      }
      if (next === undefined) return undefined;
      const client = clients.get(next.request.client);
      if (client !== undefined) {
        client.turn = ++turns;
        client.servedAt = view.now;
      }
      remove(next.request);
      return next.request;
    },
    requests: () => waiting.members().map(({ request }) => request),
  };
}

interface Waiting<T> {
  readonly request: T;
  /** The number of requests before it when it was queued. */
  readonly ahead: number;
}

/** A client with waiting requests. */
interface WaitingClient {
  turn: number;
  /** When it had its last turn. */
  servedAt: number;
  waiting: number;
}

const COLD_OVERDUE = 0;
const HOT_OVERDUE = 1;
const HOT = 2;
const COLD = 3;

/** Priority, class, and the order in the class: when the request is due, or the last turn of its client. The lowest is next. */
type Rank = readonly [number, number, number];

interface RankOptions {
  readonly view: QueueView;
  readonly ahead: number;
  /** Whether an overdue request of another model may end the group. */
  readonly isOver: boolean;
}

interface Ranked<T> {
  readonly request: T;
  readonly rank: Rank;
}

function isBefore([priority, group, order]: Rank, [otherPriority, otherGroup, otherOrder]: Rank): boolean {
  return (priority - otherPriority || group - otherGroup || order - otherOrder) < 0;
}
