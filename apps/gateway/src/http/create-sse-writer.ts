import type { ServerResponse } from 'node:http';
import { createBatch } from '@openclaw/request-batch';
import { writable } from './writable.ts';

/** Writes server-sent events at the pace of their reader. */
export interface SseWriter {
  /** Whether the status line is on its way. */
  readonly opened: boolean;
  /** Sends the status line and headers; a second call does nothing. */
  open(headers?: readonly string[]): void;
  /** Adds events. What one turn of the event loop brings is written in one piece. False: wait for `drained()`. */
  send(text: string): boolean;
  /** Resolves when the reader has caught up, or has left. */
  drained(): Promise<void>;
  /** Sends what is left and ends the reply. A reply that was not opened is left to somebody else. */
  end(trailers?: Readonly<Record<string, string>>): void;
}

export interface SseWriterOptions {
  /** Reply headers that every stream has, as name, value, name, value. */
  readonly headers: readonly string[];
  /** A comment is sent after so long without an event, so that nobody on the way takes the silence for death. `0`: never. */
  readonly keepAliveMs: number;
  /** How long nothing may be known of the answer before the reply is opened with a comment all the same. `0`: for ever. */
  readonly openAfterMs: number;
  /** What is said of a reply that was opened in that way. */
  readonly early?: EarlyReply | undefined;
}

/** A reply that is opened before anything is known of the answer. */
export interface EarlyReply {
  /** Further headers, as name, value, name, value. */
  readonly headers: readonly string[];
  /** What the headers could not say, for its end. */
  readonly trailers: () => Readonly<Record<string, string>>;
}

/** A comment, which every reader of server-sent events skips. */
const KEEP_ALIVE = ': keep-alive\n\n';

/** Past this many characters the pending text is written before the turn ends. */
const FLUSH_CHARACTERS = 65_536;

/** Writes to `response` as to a stream of server-sent events. */
export function createSseWriter(
  response: ServerResponse,
  { headers, keepAliveMs, openAfterMs, early }: SseWriterOptions,
): SseWriter {
  let opened = false;
  let openedEarly = false;
  let ended = false;
  let blocked = false;
  let pending = '';
  let wroteAt = 0;
  let timer = openAfterMs > 0 ? setTimeout(openEarly, openAfterMs) : undefined;

  function openEarly(): void {
    openedEarly = true;
    open(early?.headers);
    write(KEEP_ALIVE);
  }

  /** Looks, when the time is up, whether something was written meanwhile: a glance at the clock costs less than a timer set anew. */
  function beat(): void {
    const silentMs = performance.now() - wroteAt;
    if (!blocked && silentMs >= keepAliveMs) write(KEEP_ALIVE);
    beatAfter(silentMs < keepAliveMs ? keepAliveMs - silentMs : keepAliveMs);
  }

  function beatAfter(ms: number): void {
    // Timers may ring a fraction of a millisecond early.
    timer = setTimeout(beat, Math.ceil(ms));
  }

  function open(more: readonly string[] = []): void {
    if (opened) return;
    opened = true;
    clearTimeout(timer);
    wroteAt = performance.now();
    if (keepAliveMs > 0) beatAfter(keepAliveMs);
    response.writeHead(200, [...headers, ...more]);
  }

  function write(text: string): void {
    // Writing to somebody who left would be an error, and there is nobody to tell.
    if (response.destroyed) return;
    blocked = !response.write(text);
    wroteAt = performance.now();
  }

  function flush(): void {
    if (ended || pending === '') return;
    const text = pending;
    pending = '';
    write(text);
  }

  return {
    get opened() {
      return opened;
    },
    open,
    send(text) {
      if (pending === '') unsent.add(flush);
      pending += text;
      if (pending.length > FLUSH_CHARACTERS) flush();
      return !blocked;
    },
    async drained() {
      await writable(response);
      blocked = false;
    },
    end(trailers) {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      if (!opened || response.destroyed) return;
      response.addTrailers({ ...(openedEarly && early?.trailers()), ...trailers });
      response.end(pending);
    },
  };
}

/**
 * What one read of the upstream brought goes out together: these run when all the promises that this turn settled have run. So do
 * the writers, one after the other.
 */
const unsent = createBatch((flush: () => void) => flush(), { schedule: (task) => process.nextTick(task) });
