import type { ServerResponse } from 'node:http';
import { createBatch } from '@openclaw/request-batch';
import { writable } from './writable.ts';

/** Writes a streamed reply at the pace of its reader. */
export interface StreamWriter {
  /** Whether the status line is on its way. */
  readonly opened: boolean;
  /** Sends the status line and headers; a second call does nothing. */
  open(headers?: readonly string[]): void;
  /** Adds text. What one turn of the event loop brings is written in one piece. False: wait for `drained()`. */
  send(text: string): boolean;
  /** Resolves when the client has read what was written, or has disconnected. */
  drained(): Promise<void>;
  /** Sends what is left and ends the reply. Does nothing to a reply that was not opened. */
  end(trailers?: Readonly<Record<string, string>>): void;
}

export interface StreamWriterOptions {
  /** Reply headers that every stream has, as name, value, name, value. */
  readonly headers: readonly string[];
  /** What is sent in a long silence; may be empty. */
  readonly keepAlive: () => string;
  /** It is sent after so long without text, so that no proxy on the way closes the connection as idle. `0`: never. */
  readonly keepAliveMs: number;
  /** How long the answer may take to begin before the reply is opened with a keep-alive. `0`: for ever. */
  readonly openAfterMs: number;
  /** What is added to a reply that was opened in that way. */
  readonly early?: EarlyReply | undefined;
}

/** A reply that is opened before its answer begins. */
export interface EarlyReply {
  /** Further headers, as name, value, name, value. */
  readonly headers: readonly string[];
  /** What was not known yet when the headers were sent. */
  readonly trailers: () => Readonly<Record<string, string>>;
}

/** Past this many characters the pending text is written before the turn ends. */
const FLUSH_CHARACTERS = 65_536;

/** Streams a reply to `response`. */
export function createStreamWriter(
  response: ServerResponse,
  { headers, keepAlive, keepAliveMs, openAfterMs, early }: StreamWriterOptions,
): StreamWriter {
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
    response.flushHeaders();
    write(keepAlive());
  }

  /** Checks when the time is up whether text was written meanwhile: reading the clock costs less than a new timer for each text. */
  function beat(): void {
    const silentMs = performance.now() - wroteAt;
    if (!blocked && silentMs >= keepAliveMs) write(keepAlive());
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
    // Writing after the client disconnected would be an error.
    if (text === '' || response.destroyed) return;
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
      if (pending === '') flushBatch.add(flush);
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

/** Writes of all streams at the end of a turn, after its promises: what one read of an upstream brought is sent together. */
const flushBatch = createBatch((flush: () => void) => flush(), { schedule: (task) => process.nextTick(task) });
