/** When a request has to start, by a clock; a deadline holds for all its attempts. Without a limit there is none. */
export function deadlineOf(startWithinMs: number | undefined, now: () => number): number | undefined {
  return startWithinMs === undefined ? undefined : now() + startWithinMs;
}
