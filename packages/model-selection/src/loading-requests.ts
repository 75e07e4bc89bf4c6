import type { CandidateRequest, FirstContent } from './candidate-request.ts';
import type { Turn } from './candidate-turns.ts';
import type { Schedule } from './schedule.ts';

/** A request that was sent, and whose answer has not been read. */
export interface SentTurn extends Turn {
  readonly request: CandidateRequest;
  readonly startedAt: number;
}

/**
 * Requests to models that were still loading when patience ended. Closing them would make the server stop loading, so they
 * stay open: until the model speaks, the request ends, a limit has passed, or the caller leaves.
 */
export interface LoadingRequests {
  add(turn: SentTurn): void;
  /** Takes out the first one that begins or fails; `undefined` when none is kept. */
  takeFirst(): Promise<SentTurn | undefined>;
  /** The request is over: each is closed once its model is loaded, at the latest when the limit has passed. */
  detachLoading(): void;
  /** The caller has left. */
  closeAll(): void;
  /** Called once none is kept any more. */
  whenEmpty(task: () => void): void;
}

/** When a load that goes on has to end. */
export interface LoadingRequestsOptions {
  /** From the end of the request to the end of a load that goes on. */
  readonly limitMs: number;
  /** Ends loads that go on after the request. */
  readonly until: AbortSignal | undefined;
  readonly schedule: Schedule;
}

/** Keeps nothing yet. */
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
    turn.request.close()?.catch(unheard);
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
      turn.request.firstContent.catch(unheard);
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

/** Nobody waits for these answers any more, so nobody is left to hear what went wrong with one. */
function unheard(): void {}
