import type { StreamEvent } from '@openclaw/provider';
import { createChunkDecoder } from '../src/chunk-decoder.ts';
import { createFailures } from '@openclaw/upstream-errors';
import { createChunkReader, DEFAULT_LIMITS } from '../src/read-chunks.ts';
import type { BodyLimits } from '../src/read-chunks.ts';
import type { ToolCallStyle } from '../src/tool-call-assembler.ts';

export interface DecodePiecesOptions {
  readonly limits?: Partial<BodyLimits>;
  readonly toolCallStyle?: ToolCallStyle;
  readonly hidesErrorsInEmptyChunk?: boolean;
}

/** Decodes a body that arrives in these pieces, without promises, so that a test can try thousands of cuts. */
export function decodePieces(
  pieces: readonly Uint8Array[],
  { limits: given = {}, ...options }: DecodePiecesOptions = {},
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
  const reader = createChunkReader(decoder, limits);
  const events: StreamEvent[] = [];
  for (const piece of pieces) {
    reader.push(piece);
    for (const event of decoder.take()) events.push(event);
  }
  reader.end();
  decoder.end();
  for (const event of decoder.take()) events.push(event);
  return events;
}
