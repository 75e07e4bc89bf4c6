import type { StreamEvent } from '@openclaw/provider';
import { createFailures } from '@openclaw/upstream-errors';
import { createChatDecoder } from '../src/chat-decoder.ts';
import type { ChatDecoderOptions } from '../src/chat-decoder.ts';

export interface DecodePiecesOptions extends Partial<ChatDecoderOptions> {
  /** The last piece ends the body. @default an empty piece behind it ends it */
  readonly endsWithLast?: boolean;
}

/** Decodes a body that arrives in these pieces, without promises, so that a test can try thousands of cuts. */
export function decodePieces(
  pieces: readonly Uint8Array[],
  { endsWithLast = false, ...options }: DecodePiecesOptions = {},
): readonly StreamEvent[] {
  let ids = 0;
  const decoder = createChatDecoder({
    model: 'asked-model',
    failures: () =>
      createFailures({
        provider: 'test',
        server: 'ollama',
        model: 'asked-model',
        url: 'http://127.0.0.1/api/chat',
        capability: 'chat',
        secrets: [],
      }),
    generateId: () => `generated-${(ids += 1)}`,
    maxArgumentsLength: 1_000_000,
    maxBodyBytes: 1_000_000,
    status: 200,
    ...options,
  });
  const events = pieces.flatMap((bytes, index) =>
    decoder.decode({ bytes, done: endsWithLast && index === pieces.length - 1 }),
  );
  return endsWithLast ? events : [...events, ...decoder.decode({ bytes: new Uint8Array(), done: true })];
}
