/** Runs a task once after a while, unless the function that comes back is called first. */
export type Schedule = (task: () => void, delayMs: number) => () => void;

/** Longer delays would overflow and come at once; 24 days are as good as never. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The real clock. */
export const scheduleWithTimeout: Schedule = (task, delayMs) => {
  const timer = setTimeout(task, Math.min(delayMs, LONGEST_DELAY_MS));
  return () => clearTimeout(timer);
};
