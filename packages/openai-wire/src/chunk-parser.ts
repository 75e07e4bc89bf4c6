import { parseJson } from '@openclaw/upstream-errors';
import type { ChunkSink } from './chunk-sink.ts';
import { TemplateLearner } from './template-learner.ts';

/** More than is shown, so that a secret is recognised before it is cut. */
export const EXCERPT_LENGTH = 1_000;
const OPENING_BRACE = 0x7b;

/** Parses the text of chunks. A class, as there is one for each request: see `createEventStream`. */
export class ChunkParser {
  readonly #sink: ChunkSink;
  readonly #templates: TemplateLearner;
  #recognised = false;

  constructor(sink: ChunkSink) {
    this.#sink = sink;
    this.#templates = new TemplateLearner(sink);
  }

  ended(): boolean {
    return this.#sink.ended();
  }

  /** Whether there was anything that can be part of an answer. */
  recognised(): boolean {
    return this.#recognised;
  }

  /** Reads the data of one event. */
  read(json: string): void {
    if (this.#templates.read(json)) return;
    if (json.charCodeAt(0) !== OPENING_BRACE) {
      const trimmed = json.trim();
      if (trimmed === '') return;
      this.#recognised = true;
      if (trimmed === '[DONE]') return this.#sink.done();
    }
    const value = parseJson(json);
    if (value === undefined) return this.malformed(json);
    this.report(value);
    this.#templates.learn(json, value);
  }

  /** Reads text that may be cut off. Part of a chunk is dropped. */
  readPartial(json: string): void {
    if (json.trim() === '[DONE]') return this.read(json);
    const value = parseJson(json);
    if (value !== undefined) this.report(value);
    else if (/^\s*[{[]/.test(json)) this.#recognised = true;
  }

  /** Reports a chunk, or each chunk of an array. */
  report(value: unknown): void {
    this.#recognised = true;
    if (!Array.isArray(value)) return this.#sink.chunk(value);
    const values: readonly unknown[] = value;
    for (const each of values) if (!this.#sink.ended()) this.#sink.chunk(each);
  }

  malformed(json: string): void {
    this.#recognised = true;
    this.#sink.malformed(json.slice(0, EXCERPT_LENGTH));
  }
}
