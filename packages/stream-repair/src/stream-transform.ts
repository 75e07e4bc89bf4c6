import type { StreamEvent } from '@openclaw/provider';

/** One repair of a stream: events in, events out. It holds events until it can decide on them. */
export interface StreamTransform {
  /** Returns the events that can be emitted after this one. `finish` and `error` release everything. */
  push(event: StreamEvent): readonly StreamEvent[];
  /** Whether it passes all further events unchanged, so that they can skip it. */
  readonly isOver?: boolean;
  /** Returns the held events of a stream that ends without `finish` or `error`. */
  end(): readonly StreamEvent[];
}
