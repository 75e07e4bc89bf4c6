/** The requests under way, so that closing can wait for them. */
export interface RunningRequests {
  /** Counts a request as under way until the function that comes back is called. */
  begin(): () => void;
  /** Settles when those that are under way now have ended. */
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
  /** Made when somebody waits for the end. */
  ended?: PromiseWithResolvers<void>;
}
