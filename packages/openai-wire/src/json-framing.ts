import { parseJson } from '@openclaw/upstream-errors';
import type { ChunkParser } from './chunk-parser.ts';

/**
 * Frames JSON line by line, or one document on several lines. A class, as there is one for each request: see
 * `createEventStream`.
 */
export class JsonFraming {
  readonly #chunks: ChunkParser;
  /** The lines of a document so far. */
  #document: string | undefined;

  constructor(chunks: ChunkParser) {
    this.#chunks = chunks;
  }

  /** Takes whole lines. */
  push(text: string): void {
    for (const line of text.split('\n')) {
      if (this.#document !== undefined) this.#document += `\n${line}`;
      else if (line.trim() !== '' && !this.#chunks.ended()) this.#readLine(line);
    }
  }

  /** Takes the last line, which has no line end. */
  end(rest: string): void {
    this.#chunks.readPartial(this.#document === undefined ? rest : `${this.#document}\n${rest}`);
  }

  /** The length of what is held back. */
  held(): number {
    return this.#document?.length ?? 0;
  }

  #readLine(line: string): void {
    const value = parseJson(line);
    if (value !== undefined) this.#chunks.report(value);
    // The first line of a document on several lines, unless chunks came before it.
    else if (this.#chunks.recognised()) this.#chunks.malformed(line);
    else this.#document = line;
  }
}
