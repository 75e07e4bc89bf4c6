import type { ContentKind } from '@openclaw/upstream-wire';

/** Takes the chunks of a body in their order. */
export interface ChunkSink {
  /** Whether the answer is complete or has failed. Nothing more is reported then. */
  ended(): boolean;
  chunk(value: unknown): void;
  /** A chunk that differs from the one before it only in its content. */
  content(kind: ContentKind, text: string): void;
  /** `[DONE]`. */
  done(): void;
  /** An event that is not JSON. */
  malformed(excerpt: string): void;
  /** A body without a single chunk: a page, a text, nothing. */
  unrecognised(excerpt: string): void;
  overLimit(what: string, limitBytes: number): void;
}
