import type { StreamEvent } from '@openclaw/provider';
import { createBodyDecoder } from '../src/body-decoder.ts';
import { createChunkDecoder } from '../src/chunk-decoder.ts';
import { createFailures } from '@openclaw/upstream-errors';
import { DEFAULT_LIMITS } from '@openclaw/upstream-wire';
import type { BodyLimits, BodyPiece, ToolCallStyle } from '@openclaw/upstream-wire';

export interface DecodePiecesOptions {
  readonly limits?: Partial<BodyLimits>;
  readonly toolCallStyle?: ToolCallStyle;
  readonly hidesErrorsInEmptyChunk?: boolean;
  /** The last piece ends the body. @default an empty piece behind it ends it */
  readonly endsWithLast?: boolean;
}

/** Decodes a body that arrives in these pieces, without promises, so that a test can try thousands of cuts. */
export function decodePieces(
  pieces: readonly Uint8Array[],
  { limits: given = {}, endsWithLast = false, ...options }: DecodePiecesOptions = {},
): readonly StreamEvent[] {
  const limits = { ...DEFAULT_LIMITS, ...given };
  let ids = 0;
  const decoder = createChunkDecoder({
    model: 'asked-model',
    failures: () =>
      createFailures({
        provider: 'test',
        server: 'unknown',
        model: 'asked-model',
        url: 'http://127.0.0.1/v1/chat/completions',
        capability: 'chat',
        secrets: [],
      }),
    generateId: () => `generated-${(ids += 1)}`,
    maxArgumentsLength: limits.maxBodyBytes,
    ...options,
  });
  const body = createBodyDecoder(decoder, { limits });
  const events: StreamEvent[] = [];
  const decode = (piece: BodyPiece): void => {
    for (const event of body.decode(piece)) events.push(event);
  };
  pieces.forEach((bytes, index) => decode({ bytes, done: endsWithLast && index === pieces.length - 1 }));
  if (!endsWithLast) decode({ bytes: new Uint8Array(), done: true });
  return events;
}
