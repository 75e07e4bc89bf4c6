import { createEventStream, ProviderError } from '@openclaw/provider';
import type { EventStream, StreamEvent } from '@openclaw/provider';

export interface TotalLimitOptions {
  /** For all attempts together, in milliseconds; `0` for no limit. */
  readonly limitMs: number;
  /** The caller's. It is listened to from the first pull to the end. */
  readonly signal: AbortSignal | undefined;
  /** Called at the first pull; what it returns, once at the end. */
  readonly onBegin: () => () => void;
}

/**
 * Ends an answer that takes too long with a `timeout`: to the caller it is no abort, since the caller did not leave.
 * Signals are joined by hand: `AbortSignal.any` leaves weak references behind, which cost more than the rest of a request.
 */
export function withTotalLimit(
  open: (signal: AbortSignal) => Promise<EventStream>,
  { limitMs, signal, onBegin }: TotalLimitOptions,
): EventStream {
  const ends = new AbortController();
  let opening: Promise<EventStream> | undefined;
  let events: EventStream | undefined;
  let timer: NodeJS.Timeout | undefined;
  let onEnd = (): void => undefined;
  let ranOut = false;

  return createEventStream({ pull, close });

  async function pull(): Promise<readonly StreamEvent[]> {
    opening ??= begin();
    events ??= await opening;
    const pulled = await events.pull();
    return ranOut ? pulled.map(tellOfLimit) : pulled;
  }

  function begin(): Promise<EventStream> {
    onEnd = onBegin();
    signal?.addEventListener('abort', end);
    if (signal?.aborted === true) end();
    if (limitMs > 0) timer = setTimeout(runOut, Math.min(limitMs, LONGEST_TIMER_MS));
    return open(ends.signal);
  }

  function end(): void {
    ends.abort(signal?.reason);
  }

  function runOut(): void {
    ranOut = !ends.signal.aborted;
    ends.abort(LEFT);
  }

  function close(): Promise<unknown> | void {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    onEnd();
    // Who leaves while it is still being decided who is asked waits for nobody.
    if (events === undefined) return ends.abort(LEFT);
    return events.return();
  }

  function tellOfLimit(event: StreamEvent): StreamEvent {
    if (event.type !== 'error' || event.error.code !== 'aborted') return event;
    return { type: 'error', error: tooLong(limitMs, event.error) };
  }
}

/** A timer for longer than 24 days would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Made once: a reason of its own for each, stack trace included, costs more than all else that ends a request. */
const LEFT = new DOMException('Nobody waits for this answer any more.', 'AbortError');

function tooLong(limitMs: number, cause: ProviderError): ProviderError {
  const message = `The answer was not whole after ${limitMs / 1000} s, which is all that a request may take with its fallbacks. Raise agents.defaults.timeoutSeconds, or set it to 0 for no limit.`;
  return new ProviderError('timeout', message, { clock: 'total', cause });
}
