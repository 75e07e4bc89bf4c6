import { detectBodyFormat } from './body-format.ts';
import type { BodyFormat } from './body-format.ts';
import { ChunkParser, EXCERPT_LENGTH } from './chunk-parser.ts';
import type { ChunkSink } from './chunk-sink.ts';
import { EventFraming } from './event-framing.ts';
import { JsonFraming } from './json-framing.ts';
import { createLineBuffer, DEFAULT_LIMITS } from '@openclaw/upstream-wire';
import type { BodyLimits } from '@openclaw/upstream-wire';

/** Reads a body as it arrives. */
export interface ChunkReader {
  push(bytes: Uint8Array): void;
  /** The body is over. A last event without its blank line counts, an incomplete event does not. */
  end(): void;
}

/**
 * Reads chunks from server-sent events, from JSON line by line, or from one JSON document. The content decides, not the
 * request or the content type: servers ignore `stream`, and Ollama 0.12.0 to 0.13.1 sent no type for cloud models.
 */
export function createChunkReader(
  sink: ChunkSink,
  { maxEventBytes, maxBodyBytes }: BodyLimits = DEFAULT_LIMITS,
): ChunkReader {
  const lines = createLineBuffer();
  const chunks = new ChunkParser(sink);
  let format: BodyFormat | undefined;
  let framing: EventFraming | JsonFraming | undefined;
  /** The first characters of a body that is not recognised. */
  let opening = '';

  return { push, end };

  function push(bytes: Uint8Array): void {
    if (sink.ended()) return;
    if (framing === undefined) chooseFraming(bytes);
    const text = lines.push(bytes);
    if (text !== '') {
      keepOpening(text);
      framing?.push(text);
    }
    const held = lines.pendingBytes() + (framing?.held() ?? 0);
    if (format !== 'events' && held > maxBodyBytes) sink.overLimit('the body', maxBodyBytes);
    if (format === 'events' && held > maxEventBytes) sink.overLimit('one event', maxEventBytes);
  }

  function end(): void {
    const rest = lines.rest();
    keepOpening(rest);
    framing?.end(rest);
    if (!chunks.recognised() && !sink.ended()) sink.unrecognised(opening);
  }

  function chooseFraming(bytes: Uint8Array): void {
    format = detectBodyFormat(bytes);
    if (format !== undefined) framing = format === 'json' ? new JsonFraming(chunks) : new EventFraming(chunks);
  }

  function keepOpening(text: string): void {
    if (!chunks.recognised() && opening.length < EXCERPT_LENGTH) opening += text.slice(0, EXCERPT_LENGTH);
  }
}
