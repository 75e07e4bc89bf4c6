import { parseJson } from '@openclaw/upstream-errors';
import type { ChunkParser } from './chunk-parser.ts';

const LINE_FEED = 10;

/** Frames server-sent events. A class, as there is one for each request: see `createEventStream`. */
export class EventFraming {
  readonly #chunks: ChunkParser;
  /** The data of the event that is not complete yet. */
  #data: string | undefined;
  #eventType = '';

  constructor(chunks: ChunkParser) {
    this.#chunks = chunks;
  }

  /** Takes whole lines. */
  push(text: string): void {
    let at = 0;
    while (at < text.length && !this.#chunks.ended()) {
      const lineEnd = text.indexOf('\n', at);
      if (text.startsWith('data:', at)) {
        const value = text.slice(text.startsWith(' ', at + 5) ? at + 6 : at + 5, lineEnd);
        // The usual event: one line of data and a blank line.
        if (this.#data === undefined && this.#eventType === '' && text.charCodeAt(lineEnd + 1) === LINE_FEED) {
          this.#chunks.read(value);
          at = lineEnd + 2;
          continue;
        }
        this.#addData(value);
      } else if (lineEnd === at) {
        this.#dispatch();
      } else {
        this.#readField(text.slice(at, lineEnd));
      }
      at = lineEnd + 1;
    }
  }

  /** Takes the last line, which has no line end. A last event without its blank line counts if it is whole. */
  end(rest: string): void {
    if (rest !== '') this.push(`${rest}\n`);
    if (this.#data !== undefined)
      this.#chunks.readPartial(this.#eventType === 'error' ? markError(this.#data) : this.#data);
  }

  /** The length of what is held back. */
  held(): number {
    return this.#data?.length ?? 0;
  }

  #addData(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }

  #readField(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + (line.startsWith(' ', colon + 1) ? 2 : 1));
    if (name === 'data') this.#addData(value);
    else if (name === 'event') this.#eventType = value;
    // llama.cpp server (until 2025) sent its errors under a field of their own.
    else if (name === 'error') this.#chunks.read(`{"error":${value}}`);
    // Some proxies write an error as a bare line between events.
    else if (line.startsWith('{')) this.#chunks.readPartial(line);
  }

  #dispatch(): void {
    const data = this.#data;
    const isError = this.#eventType === 'error';
    this.#data = undefined;
    this.#eventType = '';
    if (data !== undefined) this.#chunks.read(isError ? markError(data) : data);
  }
}

/** An `event: error` is an error, whatever its data looks like (LM Studio, Anthropic behind proxies). */
function markError(json: string): string {
  const value = parseJson(json);
  return typeof value === 'object' && value !== null && 'error' in value
    ? json
    : `{"error":${value === undefined ? JSON.stringify(json) : json}}`;
}
