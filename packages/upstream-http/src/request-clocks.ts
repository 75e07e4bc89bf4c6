import type { TimeoutClock, Timeouts } from '@openclaw/provider';
import { afterReading } from './after-reading.ts';

/**
 * Clocks that suit local models. Aborting a request to Ollama also aborts the load that it caused, so a limit shorter
 * than the load means that the model never gets loaded; and while a tool call or a whole body is being written, no byte
 * comes. Nothing is said of a whole body before its end, hence its own limit for the first event.
 */
export const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 5_000, firstEventMs: 600_000, idleMs: 300_000, totalMs: 0 };

/** The limit for the first event of an answer in one body, where none was configured: load, prompt and the whole answer are inside it. */
export const DEFAULT_WHOLE_BODY_MS = 1_800_000;

/** A timer for longer than 24 days would ring at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Measures one request. */
export interface RequestClocks {
  /** The connection is open, and the server is waited for. */
  connected(): void;
  /** The connection was lost before anything was heard, and another is being opened. */
  reconnecting(): void;
  /** Somebody waits for the server from now on. Time that the consumer takes for itself does not count. */
  wait(): void;
  /** Something came, or nobody waits any more. */
  rest(): void;
  /** What came was an event of the answer. */
  event(): void;
  stop(): void;
}

export interface RequestClocksOptions {
  readonly expire: (clock: TimeoutClock, limitMs: number) => void;
}

/**
 * Starts the clocks of a request. Each event costs a glance at the time and no timer: the one timer of the waiting
 * clocks looks, when it rings, how long was waited, and sleeps on for what is left.
 */
export function startRequestClocks(timeouts: Timeouts, { expire }: RequestClocksOptions): RequestClocks {
  let waitingSince: number | undefined;
  let waitedMs = 0;
  let heard = false;
  let waitTimer: NodeJS.Timeout | undefined;
  let connectTimer: NodeJS.Timeout | undefined;
  let totalTimer: NodeJS.Timeout | undefined;
  startConnectTimer();
  if (timeouts.totalMs > 0)
    totalTimer = startTimer(timeouts.totalMs, () => totalTimer !== undefined && expire('total', timeouts.totalMs));

  return {
    connected() {
      stopConnectTimer();
      waitingSince = performance.now();
      checkAfter(limitMs());
    },
    reconnecting() {
      stopWaitTimer();
      waitingSince = undefined;
      startConnectTimer();
    },
    wait() {
      waitingSince ??= performance.now();
    },
    rest() {
      waitedMs = waited();
      waitingSince = undefined;
    },
    event() {
      waitedMs = 0;
      if (waitingSince !== undefined) waitingSince = performance.now();
      if (heard) return;
      heard = true;
      checkAfter(limitMs());
    },
    stop() {
      stopConnectTimer();
      stopWaitTimer();
      clearTimeout(totalTimer);
      totalTimer = undefined;
    },
  };

  function startConnectTimer(): void {
    stopConnectTimer();
    if (timeouts.connectMs <= 0) return;
    const timer = startTimer(timeouts.connectMs, () => {
      if (timer === connectTimer) expire('connect', timeouts.connectMs);
    });
    connectTimer = timer;
  }

  function stopConnectTimer(): void {
    clearTimeout(connectTimer);
    connectTimer = undefined;
  }

  function stopWaitTimer(): void {
    clearTimeout(waitTimer);
    waitTimer = undefined;
  }

  function limitMs(): number {
    return heard ? timeouts.idleMs : timeouts.firstEventMs;
  }

  function waited(): number {
    return waitingSince === undefined ? waitedMs : waitedMs + performance.now() - waitingSince;
  }

  function checkAfter(ms: number): void {
    stopWaitTimer();
    if (limitMs() <= 0) return;
    const timer = startTimer(ms, () => {
      if (timer === waitTimer) check();
    });
    waitTimer = timer;
  }

  function check(): void {
    const left = limitMs() - waited();
    // Timers may fire a fraction of a millisecond early.
    if (left > 1 || waitingSince === undefined) checkAfter(left > 1 ? left : limitMs());
    else expire(heard ? 'idle' : 'first-event', limitMs());
  }
}

function startTimer(ms: number, task: () => void): NodeJS.Timeout {
  return setTimeout(() => afterReading(task), Math.min(LONGEST_TIMER_MS, Math.max(1, Math.ceil(ms))));
}
