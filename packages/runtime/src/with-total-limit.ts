import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';

export interface TotalLimitOptions {
  /** For all attempts together, in milliseconds; `0` for no limit. */
  readonly limitMs: number;
  /** Ends the answer, whoever aborts it. */
  readonly ends: AbortController;
  /** Others that end it. They are listened to from the first pull to the end. */
  readonly signals: readonly AbortSignal[];
}

/**
 * Ends an answer that takes too long with a `timeout`: to the caller it is no abort, since the caller did not leave.
 * Signals are joined by hand: `AbortSignal.any` leaves weak references behind, which cost more than the rest of a request.
 */
export async function* withTotalLimit(
  start: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
  { limitMs, ends, signals }: TotalLimitOptions,
): AsyncGenerator<StreamEvent, void, void> {
  let ranOut = false;
  const end = (): void => ends.abort(signals.find(({ aborted }) => aborted)?.reason);
  for (const signal of signals) signal.addEventListener('abort', end);
  if (signals.some(({ aborted }) => aborted)) end();
  const runOut = (): void => {
    ranOut = !ends.signal.aborted;
    ends.abort();
  };
  const timer = limitMs === 0 ? undefined : setTimeout(runOut, Math.min(limitMs, LONGEST_TIMER_MS));
  try {
    for await (const event of start(ends.signal)) {
      yield ranOut && event.type === 'error' && event.error.code === 'aborted'
        ? { type: 'error', error: tooLong(limitMs, event.error) }
        : event;
    }
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', end);
  }
}

/** A timer for longer than 24 days would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function tooLong(limitMs: number, cause: ProviderError): ProviderError {
  const message = `The answer was not whole after ${limitMs / 1000} s, which is all that a request may take with its fallbacks. Raise agents.defaults.timeoutSeconds, or set it to 0 for no limit.`;
  return new ProviderError('timeout', message, { clock: 'total', cause });
}
