import { ProviderError } from '@openclaw/provider';
import type { FinishReason, StreamEvent } from '@openclaw/provider';
import type { CatalogModel } from './catalog-model.ts';

/** How a candidate began: it says something, it failed first, or the request was aborted. */
export type Opening =
  | { readonly type: 'said'; readonly events: readonly StreamEvent[] }
  | { readonly type: 'failed'; readonly error: ProviderError }
  | { readonly type: 'aborted' };

/** One request to one candidate. */
export interface CandidateRequest {
  readonly model: CatalogModel;
  /** How it begins. Rejects only for a bug of whoever answers. */
  readonly opening: Promise<Opening>;
  /** The next event after the opening; `undefined` when the request was aborted. */
  next(): Promise<StreamEvent | undefined>;
  /** Ends the waiting for whatever comes next, and tells whoever answers to close the connection. */
  abort(): void;
  /** Aborts, and waits until whoever answers has cleaned up, unless it is in the middle of something. */
  close(): Promise<void>;
}

/** Asks a model. What it says is pulled, never pushed. */
export type Ask = (model: CatalogModel, options: { readonly signal: AbortSignal }) => AsyncIterable<StreamEvent>;

/** How many events are held back before the first word; a stream that repairs more than this counts as having spoken. */
const mostHeld = 64;

export interface CandidateRequestOptions {
  readonly ask: Ask;
  /** Whether the answer comes in one piece: then it begins when it has ended well. */
  readonly isWhole: boolean;
}

/** Sends a request and waits for its first word. */
export function requestCandidate(model: CatalogModel, { ask, isWhole }: CandidateRequestOptions): CandidateRequest {
  const controller = new AbortController();
  const iterator = ask(model, { signal: controller.signal })[Symbol.asyncIterator]();
  let pulling = false;
  let ended = false;
  let onAbort: (() => void) | undefined;

  /** Settles when the request is aborted, even if whoever answers does not care. */
  function pull(): Promise<IteratorResult<StreamEvent> | undefined> {
    if (controller.signal.aborted) return Promise.resolve(undefined);
    pulling = true;
    return new Promise((resolve, reject) => {
      onAbort = () => resolve(undefined);
      iterator.next().then(
        (result) => {
          pulling = false;
          ended = result.done === true || PART[result.value.type] === 'end';
          resolve(result);
        },
        (error: unknown) => {
          pulling = false;
          reject(error);
        },
      );
    });
  }

  async function open(): Promise<Opening> {
    const events: StreamEvent[] = [];
    let spoken = false;
    for (;;) {
      const result = await pull();
      if (result === undefined) return { type: 'aborted' };
      if (result.done === true) return { type: 'failed', error: brokeOff(model) };
      const event = result.value;
      if (event.type === 'error') return { type: 'failed', error: event.error };
      if (event.type === 'finish' && !spoken && IS_EMPTY_ANSWER[event.reason])
        return { type: 'failed', error: saidNothing(model) };
      events.push(event);
      spoken ||= PART[event.type] === 'said';
      if (event.type === 'finish') return { type: 'said', events };
      if (!isWhole && (spoken || events.length === mostHeld)) return { type: 'said', events };
    }
  }

  async function next(): Promise<StreamEvent | undefined> {
    const result = await pull();
    if (result === undefined) return undefined;
    return result.done === true ? { type: 'error', error: brokeOff(model) } : result.value;
  }

  /** A request that has ended is left alone: an abort could cost the connection, which the next one can use. */
  function abort(): void {
    if (!ended) controller.abort();
    onAbort?.();
  }

  async function close(): Promise<void> {
    abort();
    const returned = iterator.return?.();
    // A generator that is being pulled answers `return` when the pull has ended, which an abort makes it do.
    if (pulling) returned?.catch(() => undefined);
    else await returned;
  }

  return { model, opening: open(), next, abort, close };
}

/** What an event is to an answer: held back until the first word, a word, or the end. */
const PART: Readonly<Record<StreamEvent['type'], 'held' | 'said' | 'end'>> = {
  error: 'end',
  fallback: 'held',
  finish: 'end',
  'reasoning-delta': 'said',
  repair: 'held',
  start: 'held',
  'text-delta': 'said',
  'tool-call-delta': 'said',
  'tool-call-end': 'said',
  'tool-call-start': 'said',
};

/** Whether an end without a word before it is a failure. A limit or a filter may rightly leave nothing to say. */
const IS_EMPTY_ANSWER: Readonly<Record<FinishReason, boolean>> = {
  'content-filter': false,
  length: false,
  other: true,
  stop: true,
  'tool-calls': true,
};

function saidNothing({ ref, provider, model, endpoint }: CatalogModel): ProviderError {
  return new ProviderError('invalid-response', `${ref} ended its answer without saying anything.`, {
    provider,
    model,
    url: endpoint,
  });
}

function brokeOff({ ref, provider, model, endpoint }: CatalogModel): ProviderError {
  return new ProviderError('invalid-response', `The answer of ${ref} broke off: its stream ended without an end.`, {
    provider,
    model,
    url: endpoint,
  });
}
