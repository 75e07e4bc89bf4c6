import type { StreamEvent } from '@openclaw/provider';

/** What one read of a body brought: a piece, or all of it. */
export interface BodyPiece {
  readonly bytes: Uint8Array;
  /** Whether nothing more comes. */
  readonly done: boolean;
  /** Why the body ended before its end. */
  readonly failure?: unknown;
}

/** Decodes a body of one API, piece by piece or at once. */
export interface BodyDecoder {
  /** Decodes a piece and returns its events. Text that came together stays together. Throws a failure that is a bug. */
  decode(piece: BodyPiece): readonly StreamEvent[];
  /** Whether the answer came to its end. */
  complete(): boolean;
  /** How many chunks were decoded. */
  count(): number;
}
