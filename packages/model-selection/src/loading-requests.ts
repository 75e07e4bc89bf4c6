import type { CandidateRequest, FirstContent } from './candidate-request.ts';
import type { Turn } from './candidate-turns.ts';
import type { Schedule } from './schedule.ts';

/** A request that was sent and has no content yet. */
export interface SentTurn extends Turn {
  readonly request: CandidateRequest;
  readonly startedAt: number;
}

/**
 * Requests to models that were still loading when their attempt timed out. Closing them would make the server stop
 * loading. They stay open until the first content, a failure, a limit, or cancellation.
 */
export interface LoadingRequests {
  add(turn: SentTurn): void;
  /** Takes the first one that answers or fails; `undefined` if there is none. */
  takeFirst(): Promise<SentTurn | undefined>;
  /** The answer is over: each is closed once its model is loaded, at the latest after the limit. */
  detachLoading(): void;
  /** The request was cancelled. */
  closeAll(): void;
  /** Calls back once there is none. */
  whenEmpty(task: () => void): void;
}

/** Options of `createLoadingRequests`. */
export interface LoadingRequestsOptions {
  /** From the end of the answer to the end of loading. */
  readonly limitMs: number;
  /** Ends loading after the answer. */
  readonly until: AbortSignal | undefined;
  readonly schedule: Schedule;
}

/** Creates an empty list. */
export function createLoadingRequests({ limitMs, until, schedule }: LoadingRequestsOptions): LoadingRequests {
  const kept = new Set<SentTurn>();
  let onEmpty = (): void => undefined;

  function remove(turn: SentTurn): void {
    if (!kept.delete(turn) || kept.size > 0) return;
    until?.removeEventListener('abort', closeAll);
    onEmpty();
  }

  function close(turn: SentTurn): void {
    remove(turn);
    turn.permit.release();
    turn.request.close()?.catch(ignore);
  }

  function conclude(turn: SentTurn, firstContent: FirstContent): void {
    if (firstContent.type === 'content') turn.permit.succeed();
    if (firstContent.type === 'failed') turn.permit.fail(firstContent.error);
    close(turn);
  }

  function closeAll(): void {
    kept.forEach(close);
  }

  return {
    add(turn) {
      kept.add(turn);
      turn.request.firstContent.catch(ignore);
    },
    async takeFirst() {
      if (kept.size === 0) return undefined;
      const first = await Promise.race([...kept].map((turn) => turn.request.firstContent.then(() => turn)));
      remove(first);
      return first;
    },
    detachLoading() {
      if (kept.size === 0) return;
      if (until?.aborted === true) return closeAll();
      until?.addEventListener('abort', closeAll);
      for (const turn of kept) {
        const cancelLimit = schedule(() => close(turn), limitMs);
        const concluded = turn.request.firstContent.then((firstContent) => conclude(turn, firstContent));
        concluded.catch(() => close(turn)).finally(cancelLimit);
      }
    },
    closeAll,
    whenEmpty(task) {
      onEmpty = task;
      if (kept.size === 0) task();
    },
  };
}

/** The results of these requests are not needed any more. */
function ignore(): void {}
