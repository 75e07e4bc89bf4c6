/** Runs a task once after a while, unless the function that comes back is called first. */
export type Schedule = (task: () => void, delayMs: number) => () => void;

/** The real clock. */
export const scheduleWithTimeout: Schedule = (task, delayMs) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};
