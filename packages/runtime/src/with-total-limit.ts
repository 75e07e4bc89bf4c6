import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';

export interface TotalLimitOptions {
  /** For all attempts together, in milliseconds; `0` for no limit. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** Ends an answer that takes too long with a `timeout`: to the caller it is no abort, since the caller did not leave. */
export async function* withTotalLimit(
  start: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
  { limitMs, signal }: TotalLimitOptions,
): AsyncGenerator<StreamEvent, void, void> {
  if (limitMs === 0) {
    yield* start(signal);
    return;
  }
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    for await (const event of start(AbortSignal.any([signal, limit.signal]))) {
      const ranOut =
        event.type === 'error' && event.error.code === 'aborted' && limit.signal.aborted && !signal.aborted;
      yield ranOut ? { type: 'error', error: tooLong(limitMs, event.error) } : event;
    }
  } finally {
    clearTimeout(timer);
  }
}

function tooLong(limitMs: number, cause: ProviderError): ProviderError {
  const message = `The answer was not whole after ${limitMs / 1000} s, which is all that a request may take with its fallbacks. Raise agents.defaults.timeoutSeconds, or set it to 0 for no limit.`;
  return new ProviderError('timeout', message, { clock: 'total', cause });
}
