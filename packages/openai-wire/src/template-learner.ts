import type { ChunkSink } from './chunk-sink.ts';
import { createTextTemplate, matchTextTemplate } from './text-template.ts';
import type { TextTemplate } from './text-template.ts';

/** From here on, each template that matched nothing makes the pause before the next one longer. */
const FREE_ATTEMPTS = 3;
/** The longest pause is 2 to this power. */
const MAX_WASTED = 10;

/**
 * Learns a template from each parsed chunk, so that the chunks after it which differ only in their content are not
 * parsed. A class, as there is one for each request: see `createEventStream`.
 */
export class TemplateLearner {
  readonly #sink: ChunkSink;
  #template: TextTemplate | undefined;
  /** Templates in a row that matched nothing. */
  #wasted = 0;
  /** Chunks to come from which no template is made. */
  #pause = 0;

  constructor(sink: ChunkSink) {
    this.#sink = sink;
  }

  /** Reports the content of a chunk that matches the template. @returns whether it does */
  read(json: string): boolean {
    if (this.#template === undefined) return false;
    const text = matchTextTemplate(this.#template, json);
    if (text === undefined) return false;
    this.#wasted = 0;
    this.#sink.content(this.#template.kind, text);
    return true;
  }

  /**
   * Learns from a chunk that matched no template. Where all chunks differ (some servers pad them at random against
   * length analysis), the pauses soon make this cost no more than parsing.
   */
  learn(json: string, chunk: unknown): void {
    this.#template = undefined;
    if (this.#pause > 0) {
      this.#pause -= 1;
      return;
    }
    this.#template = createTextTemplate(json, chunk);
    if (this.#template === undefined) return;
    this.#wasted = Math.min(this.#wasted + 1, MAX_WASTED);
    this.#pause = this.#wasted < FREE_ATTEMPTS ? 0 : 2 ** this.#wasted;
  }
}
