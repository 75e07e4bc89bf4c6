import type { StreamEvent } from '@openclaw/provider';

/** One repair on its way through a stream: takes events, gives events, and holds back what it has not decided on. */
export interface StreamTransform {
  /** What may go on after this event. A `finish` or `error` lets everything go. */
  push(event: StreamEvent): readonly StreamEvent[];
  /** What was still held, for a stream that ends with neither `finish` nor `error`. */
  end(): readonly StreamEvent[];
}
