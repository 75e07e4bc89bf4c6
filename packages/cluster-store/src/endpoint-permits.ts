import { ClusterStoreError } from './cluster-store-error.ts';
import type { ClusterLink } from './cluster-link.ts';

/** The permits that this gateway holds for one endpoint. */
export interface EndpointPermits {
  /**
   * Waits for a permit. Requests of one gateway are first in, first out.
   * @returns a function that releases the permit; a second call does nothing.
   * @throws the signal's reason if it is aborted first
   */
  acquire(options: AcquireOptions): Promise<() => void>;
  /** Reports to the store and asks for what is wanted; or, while the gateway is alone, admits up to its share. */
  update(): void;
  /** Like `update`, if requests wait. */
  retry(): void;
  load(): PermitLoad;
  /** Waits for the current report, and makes no more by itself. */
  close(): Promise<void>;
}

export interface AcquireOptions {
  /** Maximum number of concurrent requests of all gateways together, at least 1. */
  readonly cap: number;
  readonly signal?: AbortSignal | undefined;
}

export interface PermitLoad {
  readonly held: number;
  readonly waiting: number;
}

/** What is reported to the store. */
export interface PermitReport {
  /** Counts the reports, so that a late one is recognised. */
  readonly number: number;
  readonly held: number;
  readonly wanted: number;
  readonly cap: number;
  readonly share: number;
}

export interface EndpointPermitsOptions {
  readonly link: Pick<ClusterLink, 'isJoined' | 'shareOf'>;
  /** Resolves to the number of permits that were granted. */
  readonly report: (report: PermitReport) => Promise<number>;
  /** How often permits that are held are reported, so that their lease does not end. */
  readonly renewMs: number;
  readonly random?: (() => number) | undefined;
}

export function createEndpointPermits({
  link,
  report,
  renewMs,
  random = Math.random,
}: EndpointPermitsOptions): EndpointPermits {
  const waiters = new Set<() => void>();
  let cap = 1;
  let held = 0;
  let number = 0;
  let reporting: Promise<void> | undefined;
  let changed = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  /** One report at a time: what changes meanwhile goes into the next one, so requests that come together share it. */
  async function reportAll(): Promise<void> {
    clearTimeout(timer);
    try {
      do {
        changed = false;
        number++;
        admit(await report({ number, held, wanted: waiters.size, cap, share: link.shareOf(cap) }));
      } while (changed && link.isJoined());
    } catch (error) {
      // The gateway is alone now, and `update` has been called.
      if (!(error instanceof ClusterStoreError)) throw error;
    } finally {
      reporting = undefined;
    }
    if (link.isJoined()) waitForNext();
  }

  function waitForNext(): void {
    if (closed || held + waiters.size === 0) return;
    // The wait for a released permit is cut short by a message. Only if that is lost, or a gateway has died, this counts.
    const ms = waiters.size > 0 ? POLL_MS * (0.5 + random()) : renewMs;
    timer = setTimeout(update, ms).unref();
  }

  function admit(count: number): void {
    for (let granted = 0; granted < count; granted++) {
      const [next] = waiters;
      // Its request was cancelled meanwhile: the permit goes back.
      if (next === undefined) changed = true;
      next?.();
    }
  }

  function update(): void {
    if (!link.isJoined()) admit(Math.min(waiters.size, Math.max(0, link.shareOf(cap) - held)));
    else if (reporting === undefined) reporting = reportAll();
    else changed = true;
  }

  function createRelease(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      held--;
      update();
    };
  }

  return {
    async acquire({ cap: limit, signal }) {
      signal?.throwIfAborted();
      cap = limit;
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          waiters.delete(waiter);
          reject(signal?.reason);
        };
        const waiter = () => {
          waiters.delete(waiter);
          signal?.removeEventListener('abort', onAbort);
          held++;
          resolve(createRelease());
        };
        waiters.add(waiter);
        signal?.addEventListener('abort', onAbort, { once: true });
        update();
      });
    },
    update,
    retry() {
      if (waiters.size > 0) update();
    },
    load: () => ({ held, waiting: waiters.size }),
    async close() {
      closed = true;
      clearTimeout(timer);
      await reporting;
    },
  };
}

/** Between two attempts to get a permit, on average. */
const POLL_MS = 250;
