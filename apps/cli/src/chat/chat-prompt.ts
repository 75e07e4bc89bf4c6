import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import { escapeControls } from '@openclaw/runtime/escape-controls';
import type { TextStream } from '../output.ts';
import { controlSequence } from '../render/control-sequence.ts';
import { MAX_HISTORY_LINES } from './history-file.ts';
import { createLineCollector } from './line-collector.ts';
import { createPasteFilter } from './paste-filter.ts';

/** The input line of a conversation. */
export interface ChatPrompt {
  /** The next message; `undefined` after Ctrl-D. */
  next(): Promise<string | undefined>;
  /** Runs work that Ctrl-C aborts. Input in the meantime is kept for the next message. */
  interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  close(): void;
}

interface ChatPromptOptions {
  readonly input: Readable & { readonly isTTY?: boolean | undefined; setRawMode?(raw: boolean): unknown };
  readonly output: TextStream;
  readonly prompt: string;
  readonly continuation: string;
  /** Newest first. */
  readonly history: readonly string[];
  /** Called once per message, also for a message of several lines. */
  readonly onHistory: (newestFirst: readonly string[]) => void;
  readonly complete: (line: string) => readonly string[];
  /** Called if Ctrl-C is pressed while nothing is running. */
  readonly onIdleInterrupt: () => void;
}

const BRACKETED_PASTE = { on: '?2004h', off: '?2004l' };

/** A line editor over `node:readline` that writes nothing while an answer is printed. */
export function createChatPrompt(options: ChatPromptOptions): ChatPrompt {
  const { input, output } = options;
  const lines = createLineCollector();
  const screen = createMutableScreen(output);
  const messages: string[] = [];
  let waiting: ((message: string | undefined) => void) | undefined;
  let working: AbortController | undefined;
  let closed = false;
  let changedHistory: readonly string[] | undefined;
  const pasteFilter = createPasteFilter();
  const { keys } = pasteFilter;

  const readline = createInterface({
    input: Object.assign(keys, { setRawMode: (raw: boolean) => input.setRawMode?.(raw) }),
    output: screen.stream,
    terminal: true,
    history: [...options.history],
    historySize: MAX_HISTORY_LINES,
    removeHistoryDuplicates: true,
    completer: (line: string) => [options.complete(line), line],
  });
  if (input.isTTY === true) output.write(controlSequence(BRACKETED_PASTE.on));

  input.pipe(keys);

  keys.on('keypress', (_text: unknown, key: { name?: string } | undefined) => {
    if (key?.name !== 'paste-end') return;
    lines.beginPaste();
    readline.write(escapeControls(pasteFilter.takePaste(), { keep: '\t\n\r' }));
    lines.endPaste();
  });
  readline.on('history', (newestFirst) => {
    changedHistory = newestFirst;
  });
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
    if (changedHistory !== undefined) options.onHistory(changedHistory);
    changedHistory = undefined;
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
      input.unpipe(keys);
      input.pause();
      if (input.isTTY === true) output.write(controlSequence(BRACKETED_PASTE.off));
    },
  };
}

/**
 * The control sequences of readline. Its other output has no escape characters: history and completions have none, a
 * typed one is part of a key, a pasted one is replaced.
 */
// oxlint-disable-next-line no-control-regex -- control sequences are what is looked for
const READLINE_SEQUENCE = /\u001B\[(\d*[A-DGJK])/g;

/** An output for readline that can be muted, so that typing does not disturb an answer. */
function createMutableScreen(output: TextStream): { stream: Writable; mute(): void; unmute(): void } {
  let muted = true;
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      if (!muted) output.write(String(chunk).replaceAll(READLINE_SEQUENCE, (_, code: string) => controlSequence(code)));
      done();
    },
  });
  // readline reads the width of its output.
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
