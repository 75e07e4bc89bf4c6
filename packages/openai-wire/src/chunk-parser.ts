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
      const inner = unwrapEvent(trimmed);
      if (inner !== undefined) return this.#readInner(inner);
    }
    const value = parseJson(json);
    if (value === undefined) return this.malformed(json);
    this.report(value);
    this.#templates.learn(json, value);
  }

  /** Reads the data of an event that a relay framed again. */
  #readInner(json: string): void {
    if (json === '') return;
    if (json === '[DONE]') return this.#sink.done();
    const value = parseJson(json);
    if (value === undefined) this.malformed(json);
    else this.report(value);
  }

  /** Reads text that may be cut off. Part of a chunk is dropped. */
  readPartial(json: string): void {
    if (json.trim() === '[DONE]' || unwrapEvent(json.trim()) !== undefined) return this.read(json);
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

/** The data of an event that is the data of another one: some relays frame a stream twice. `undefined` for all other data. */
function unwrapEvent(data: string): string | undefined {
  const lines = data.split(/\r\n|\r|\n/);
  if (!lines.every((line) => /^(?:data|event|id|retry)?:/.test(line) || line === '')) return undefined;
  return lines
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trim())
    .join('\n');
}
