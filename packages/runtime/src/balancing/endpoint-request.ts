import type { StreamEvent } from '@openclaw/provider';
import type { EndpointRecord } from './endpoint-record.ts';

/** Learns from one request what its endpoint has loaded, and how long loading took. */
export class EndpointRequest {
  readonly #record: EndpointRecord;
  readonly #model: string;
  readonly #wasLoaded: boolean;
  #answers = false;
  #ended = false;

  constructor(record: EndpointRecord, model: string) {
    const { residency } = record;
    this.#record = record;
    this.#model = model;
    this.#wasLoaded = residency.isLoaded(model);
    const isLoading = residency.facts(model).loadingMs !== undefined;
    if (!this.#wasLoaded && !isLoading && record.listed() !== undefined) record.loads += 1;
    residency.noteSent(model);
  }

  /** Reads the events of the answer, as they come. */
  read(events: readonly StreamEvent[]): void {
    const last = events.at(-1);
    const { residency } = this.#record;
    if (last?.type === 'error') {
      if (!this.#answers) residency.noteFailure(this.#model);
      return;
    }
    if (!this.#answers && events.length > 0) residency.noteAnswer(this.#model);
    this.#answers ||= events.length > 0;
    // A model that was loaded reports a short time, too.
    if (last?.type === 'finish' && !this.#wasLoaded) residency.noteAnswer(this.#model, { loadMs: last.usage?.loadMs });
  }

  /** The request has ended, however it did. A second call does nothing. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#record.residency.noteEnd(this.#model);
  }
}
