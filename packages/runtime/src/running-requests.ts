/** The running requests, so that closing can wait for them. */
export interface RunningRequests {
  /** Counts a request as running until the returned function is called. */
  begin(): () => void;
  /** Resolves when the current requests have ended. */
  ended(): Promise<void>;
}

export function createRunningRequests(): RunningRequests {
  const running = new Set<RunningRequest>();
  return {
    begin() {
      const request: RunningRequest = {};
      running.add(request);
      return () => {
        running.delete(request);
        request.ended?.resolve();
      };
    },
    async ended() {
      await Promise.all([...running].map((request) => (request.ended ??= Promise.withResolvers<void>()).promise));
    },
  };
}

interface RunningRequest {
  /** Created by the first waiter. */
  ended?: PromiseWithResolvers<void>;
}
