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
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Measures one request and its response. */
export interface RequestClocks {
  /** A connection is being opened: for the first time, or again after one was lost. */
  connecting(): void;
  /** The connection is open, and the server is waited for. */
  connected(): void;
  /** The consumer waits for the server from now on. Time that the consumer takes for itself does not count. */
  wait(): void;
  /** Something arrived, or the consumer no longer waits. */
  rest(): void;
  /** What arrived was an event of the answer. */
  event(): void;
  stop(): void;
}

export interface RequestClocksOptions {
  expire(clock: TimeoutClock, limitMs: number): void;
}

/**
 * Starts the clocks of a request. An event reads the time and sets no timer: the one timer of the waiting
 * clocks compares, when it fires, how long was waited, and is set again for the rest.
 */
export function startRequestClocks(timeouts: Timeouts, options: RequestClocksOptions): RequestClocks {
  return new TimerClocks(timeouts, options);
}

/** A class, as there is one for each request: see `createEventStream`. */
class TimerClocks implements RequestClocks {
  readonly #timeouts: Timeouts;
  readonly #options: RequestClocksOptions;
  #waitingSince: number | undefined;
  #waitedMs = 0;
  #heard = false;
  #isConnecting = false;
  /** Of the connection until it is open, then of the waiting clocks. */
  #timer: NodeJS.Timeout | undefined;
  #totalTimer: NodeJS.Timeout | undefined;

  constructor(timeouts: Timeouts, options: RequestClocksOptions) {
    this.#timeouts = timeouts;
    this.#options = options;
    const { totalMs } = timeouts;
    if (totalMs <= 0) return;
    this.#totalTimer = startTimer(totalMs, () => {
      if (this.#totalTimer !== undefined) options.expire('total', totalMs);
    });
  }

  connecting(): void {
    this.#waitingSince = undefined;
    this.#isConnecting = true;
    this.#setTimer(this.#timeouts.connectMs);
  }

  connected(): void {
    this.#isConnecting = false;
    this.#waitingSince = performance.now();
    this.#setTimer(this.#limitMs());
  }

  wait(): void {
    this.#waitingSince ??= performance.now();
  }

  rest(): void {
    this.#waitedMs = this.#waited();
    this.#waitingSince = undefined;
  }

  event(): void {
    this.#waitedMs = 0;
    if (this.#waitingSince !== undefined) this.#waitingSince = performance.now();
    if (this.#heard) return;
    this.#heard = true;
    this.#setTimer(this.#limitMs());
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#totalTimer);
    this.#timer = undefined;
    this.#totalTimer = undefined;
  }

  #limitMs(): number {
    if (this.#isConnecting) return this.#timeouts.connectMs;
    return this.#heard ? this.#timeouts.idleMs : this.#timeouts.firstEventMs;
  }

  #waited(): number {
    return this.#waitingSince === undefined ? this.#waitedMs : this.#waitedMs + performance.now() - this.#waitingSince;
  }

  /** Replaces the timer; 0 sets none. A replaced timer that has fired and waits until the sockets are read has no effect. */
  #setTimer(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (ms <= 0) return;
    const timer = startTimer(ms, () => {
      if (timer === this.#timer) this.#check();
    });
    this.#timer = timer;
  }

  #check(): void {
    const limitMs = this.#limitMs();
    if (this.#isConnecting) return this.#options.expire('connect', limitMs);
    const leftMs = limitMs - this.#waited();
    // Timers may fire a fraction of a millisecond early.
    if (leftMs > 1 || this.#waitingSince === undefined) this.#setTimer(leftMs > 1 ? leftMs : limitMs);
    else this.#options.expire(this.#heard ? 'idle' : 'first-event', limitMs);
  }
}

function startTimer(ms: number, task: () => void): NodeJS.Timeout {
  return setTimeout(afterReading, Math.min(LONGEST_TIMER_MS, Math.max(1, Math.ceil(ms))), task);
}
