/** A log that is open for writing. No call may block: neither the event loop nor a thread of libuv's pool. */
export interface OpenLog {
  /** Writes at least one byte and returns how many were written. Rejects with `EAGAIN` when there is no room at the moment. */
  write(bytes: Buffer): Promise<number>;
  /** Tries once to write, for the exit of the process. */
  writeSync(bytes: Buffer): void;
  close(): Promise<void>;
}

export interface LogDestinationOptions {
  readonly open: () => Promise<OpenLog>;
  /** Lines are written together once they have this many characters. @default 1: each line at once */
  readonly batchCharacters?: number | undefined;
  /** The longest time in milliseconds that a line waits for others. @default 200 */
  readonly batchDelayMs?: number | undefined;
  /** From this size on lines are dropped until everything in the buffer is written. @default 4 Mi */
  readonly maxBufferedCharacters?: number | undefined;
  /** Called once per outage, when opening or writing fails. */
  readonly onFailure: (error: unknown) => void;
  /** The line with the number of lines that are missing at its place. */
  readonly renderDropped: (lines: number) => string;
}

interface TimeLimit {
  readonly timeoutMs?: number | undefined;
}

/** Takes lines at any time and writes them as fast as the console or disk allows. */
export interface LogDestination {
  write(line: string): void;
  /** How many lines were dropped since the start. */
  dropped(): number;
  /** Starts to write what is buffered, and waits for it for at most `timeoutMs` (1,000). Never rejects. */
  flush(options?: TimeLimit): Promise<void>;
  /** Writes what is buffered, for at most `timeoutMs` (1,000), and closes. Never rejects. */
  close(options?: TimeLimit): Promise<void>;
}

/**
 * A destination that can neither block nor crash the process: the buffer is bounded, lines beyond the bound are dropped and counted, and a
 * failed destination is opened again after a second.
 */
export function createLogDestination({
  open,
  batchCharacters = 1,
  batchDelayMs = 200,
  maxBufferedCharacters = 4 * 1024 * 1024,
  onFailure,
  renderDropped,
}: LogDestinationOptions): LogDestination {
  /** The lines that wait. */
  let text = '';
  /** Of all lines that wait, and of the batch that is being written. */
  let bufferedCharacters = 0;
  let full = false;
  let dropped = 0;
  let reported = 0;
  let log: OpenLog | undefined;
  /** Of the current batch, what no call has been made to write yet. */
  let unwritten: Buffer = NO_BYTES;
  let state: 'open' | 'closing' | 'closed' = 'open';
  let isFailing = false;
  let flushing: Promise<void> | undefined;
  let batchTimer: NodeJS.Timeout | undefined;
  let endPause: (() => void) | undefined;

  function write(line: string): void {
    if (full || state === 'closed') {
      dropped++;
      return;
    }
    push(line);
    if (bufferedCharacters >= batchCharacters) flush();
    else flushLater();
  }

  function push(line: string): void {
    text += line;
    bufferedCharacters += line.length;
    full = bufferedCharacters >= maxBufferedCharacters;
  }

  function takeLines(): Buffer {
    const bytes = Buffer.from(text);
    text = '';
    return bytes;
  }

  function flushLater(): void {
    batchTimer ??= setTimeout(flush, batchDelayMs).unref();
  }

  function flush(): void {
    clearTimeout(batchTimer);
    batchTimer = undefined;
    flushing ??= writeBatches().finally(() => {
      flushing = undefined;
      if (text !== '' && state === 'open') flushLater();
    });
  }

  async function writeBatches(): Promise<void> {
    do {
      const characters = text.length;
      await writeWhole(takeLines());
      bufferedCharacters -= characters;
      if (text === '') reportDropped();
    } while (state !== 'closed' && text !== '' && (state === 'closing' || bufferedCharacters >= batchCharacters));
  }

  async function writeWhole(bytes: Buffer): Promise<void> {
    let rest = bytes;
    while (state !== 'closed') {
      unwritten = rest;
      try {
        log ??= await open();
        if (rest.length === 0) return;
        unwritten = NO_BYTES;
        rest = rest.subarray(await log.write(rest));
        isFailing = false;
      } catch (error) {
        unwritten = rest;
        if (isFullPipe(error)) await pause(FULL_PIPE_RETRY_MS);
        else await handleFailure(error);
      }
    }
  }

  async function handleFailure(error: unknown): Promise<void> {
    await closeLog();
    if (state !== 'open') {
      state = 'closed';
      return;
    }
    if (!isFailing) onFailure(error);
    isFailing = true;
    await pause(FAILURE_RETRY_MS);
  }

  function reportDropped(): void {
    full = false;
    if (dropped === reported) return;
    push(renderDropped(dropped - reported));
    reported = dropped;
  }

  async function pause(durationMs: number): Promise<void> {
    if (state === 'closed') return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, durationMs).unref();
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function closeLog(): Promise<void> {
    const closing = log?.close();
    log = undefined;
    // What cannot be closed is not used again either.
    await closing?.catch(() => undefined);
  }

  async function finish(): Promise<void> {
    await flushing;
    if (text !== '') await writeBatches();
    await closeLog();
  }

  /** A crash ends the process without `close`. A write that is under way at that moment is left to end by itself. */
  function writeAtExit(): void {
    const rest = Buffer.concat([unwritten, takeLines()]);
    if (rest.length === 0) return;
    try {
      log?.writeSync(rest);
    } catch {
      // The log cannot be written, and this is the last moment of the process.
    }
  }

  process.once('exit', writeAtExit);
  // A log that cannot be opened is reported at the start, not with the first line.
  flush();
  return {
    write,
    dropped: () => dropped,
    async flush({ timeoutMs = 1_000 } = {}) {
      flush();
      await waitAtMost(timeoutMs, flushing);
    },
    async close({ timeoutMs = 1_000 } = {}) {
      state = 'closing';
      clearTimeout(batchTimer);
      endPause?.();
      await waitAtMost(timeoutMs, finish());
      state = 'closed';
      endPause?.();
      process.off('exit', writeAtExit);
    },
  };
}

async function waitAtMost(timeoutMs: number, task: Promise<void> | undefined): Promise<void> {
  let limit: NodeJS.Timeout | undefined;
  await Promise.race([
    task,
    new Promise<void>((resolve) => {
      limit = setTimeout(resolve, timeoutMs);
    }),
  ]);
  clearTimeout(limit);
}

const NO_BYTES = Buffer.alloc(0);

/** A stalled reader costs a hundred attempts per second; one that reads again waits no longer than this. */
const FULL_PIPE_RETRY_MS = 10;

/** As nginx does after `ENOSPC`. */
const FAILURE_RETRY_MS = 1_000;

function isFullPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
