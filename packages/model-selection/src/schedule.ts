/** Runs a task once after a delay. @returns a function that cancels it */
export type Schedule = (task: () => void, delayMs: number) => () => void;

/** Longer delays would overflow and fire at once. It is 24 days. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Uses the timers of the process. */
export const scheduleWithTimeout: Schedule = (task, delayMs) => {
  const timer = setTimeout(task, Math.min(delayMs, MAX_DELAY_MS));
  return () => clearTimeout(timer);
};
