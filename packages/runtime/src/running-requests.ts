/** The running requests, so that closing can wait for them. */
export interface RunningRequests {
  /** Counts a request as running until the returned function is called, once. */
  begin(): () => void;
  /** Resolves when the current requests have ended. */
  ended(): Promise<void>;
}

export function createRunningRequests(): RunningRequests {
  /** Requests since the last call of `ended`. */
  let current: Group = { running: 0, ended: Promise.withResolvers() };
  /** Requests that are waited for. */
  const awaited = new Set<Group>();

  return {
    begin() {
      const group = current;
      group.running++;
      return () => {
        group.running--;
        if (group.running > 0 || group === current) return;
        awaited.delete(group);
        group.ended.resolve();
      };
    },
    async ended() {
      if (current.running > 0) {
        awaited.add(current);
        current = { running: 0, ended: Promise.withResolvers() };
      }
      await Promise.all([...awaited].map(({ ended }) => ended.promise));
    },
  };
}

interface Group {
  running: number;
  readonly ended: PromiseWithResolvers<void>;
}
