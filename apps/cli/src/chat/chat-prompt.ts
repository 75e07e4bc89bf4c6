import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import type { TextStream } from '../output.ts';
import { LONGEST_HISTORY } from './history-file.ts';
import { createLineCollector } from './line-collector.ts';

/** Where a person types. */
export interface ChatPrompt {
  /** The next message; `undefined` when the person has left with Ctrl-D. */
  next(): Promise<string | undefined>;
  /** What Ctrl-C does until the promise settles; what is typed meanwhile is kept for the next message. */
  interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  close(): void;
}

interface ChatPromptOptions {
  readonly input: Readable & { readonly isTTY?: boolean | undefined };
  readonly output: TextStream;
  readonly prompt: string;
  readonly continuation: string;
  /** Newest first. */
  readonly history: readonly string[];
  readonly onHistory: (newestFirst: readonly string[]) => void;
  readonly complete: (line: string) => readonly string[];
  /** Told when Ctrl-C was pressed with nothing to stop. */
  readonly onIdleInterrupt: () => void;
}

const BRACKETED_PASTE = { on: '\u001B[?2004h', off: '\u001B[?2004l' };

/** A line editor over `node:readline`, which stays silent while an answer is written. */
export function createChatPrompt(options: ChatPromptOptions): ChatPrompt {
  const { input, output } = options;
  const lines = createLineCollector();
  const screen = createMutableScreen(output);
  const messages: string[] = [];
  let waiting: ((message: string | undefined) => void) | undefined;
  let working: AbortController | undefined;
  let closed = false;

  const readline = createInterface({
    input,
    output: screen.stream,
    terminal: true,
    history: [...options.history],
    historySize: LONGEST_HISTORY,
    removeHistoryDuplicates: true,
    completer: (line: string) => [options.complete(line), line],
  });
  if (input.isTTY === true) output.write(BRACKETED_PASTE.on);

  input.on('keypress', (_text: unknown, key: { name?: string } | undefined) => {
    if (key?.name === 'paste-start') lines.beginPaste();
    if (key?.name === 'paste-end') lines.endPaste();
  });
  readline.on('history', options.onHistory);
  readline.on('line', (line) => {
    const message = lines.push(line);
    if (message === undefined) return showPrompt();
    if (waiting === undefined) return void messages.push(message);
    settle(message);
  });
  readline.on('SIGINT', () => {
    if (working !== undefined) return working.abort();
    const empty = readline.line === '' && !lines.open;
    lines.clear();
    readline.write(null, { ctrl: true, name: 'e' });
    readline.write(null, { ctrl: true, name: 'u' });
    if (empty) {
      output.write('\n');
      options.onIdleInterrupt();
    }
    showPrompt();
  });
  readline.on('close', () => {
    closed = true;
    working?.abort();
    settle(undefined);
  });

  function settle(message: string | undefined): void {
    screen.mute();
    const resolve = waiting;
    waiting = undefined;
    resolve?.(message);
  }

  function showPrompt(): void {
    if (closed) return;
    readline.setPrompt(lines.open ? options.continuation : options.prompt);
    readline.prompt(true);
  }

  return {
    next() {
      if (messages.length > 0) return Promise.resolve(messages.shift());
      if (closed) return Promise.resolve(undefined);
      screen.unmute();
      showPrompt();
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    async interruptible(work) {
      const controller = new AbortController();
      working = controller;
      try {
        return await work(controller.signal);
      } finally {
        working = undefined;
      }
    },
    close() {
      readline.close();
      if (input.isTTY === true) output.write(BRACKETED_PASTE.off);
    },
  };
}

/** A screen for readline that can be told to drop what it is given, so that typing does not disturb an answer. */
function createMutableScreen(output: TextStream): { stream: Writable; mute(): void; unmute(): void } {
  let muted = true;
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      if (!muted) output.write(String(chunk));
      done();
    },
  });
  // readline asks its output how wide it is.
  Object.defineProperty(stream, 'columns', { get: () => output.columns ?? 80 });
  return {
    stream,
    mute() {
      muted = true;
    },
    unmute() {
      muted = false;
    },
  };
}
