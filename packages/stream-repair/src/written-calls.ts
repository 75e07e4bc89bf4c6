import { findCallStart } from './find-call-start.ts';
import { createTextPosition, MAX_PENDING_CHARACTERS } from './text-position.ts';
import { createTextReader } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';
import type { FoundCalls, ToolCallReader } from './tool-call-syntaxes.ts';

/** Follows the text of an answer, to find out whether a place in it is within a call that the model writes. */
export interface WrittenCalls {
  /** Reads the next text. */
  read(text: string): void;
  /** Notes that a block was removed here. */
  passBlock(): void;
  /** The call that the text so far has begun and not ended. Its end has to be found before more text is read. */
  takeOpenCall(): OpenCall | undefined;
}

/** A call that is being written. */
export interface OpenCall {
  /** Adds text. Returns `undefined` until it is known where the call ends. */
  add(text: string): CallEnd | undefined;
  /** No more text follows: a call that is not whole is none. */
  end(): CallEnd;
}

/** Where a call ends in the text that was added to it, in characters. */
export interface CallEnd {
  /** How much of the text belongs to the call; 0 if it has ended before, or is none. */
  readonly inCall: number;
  /** How much of the text starts no call; at least 1. */
  readonly outside: number;
}

export interface WrittenCallsOptions {
  readonly calls: ToolCallReader;
  /** In characters. A longer candidate is no call. */
  readonly maxHeldCharacters: number;
}

interface Candidate {
  readonly reader: TextReader;
  readonly parse: Parse<FoundCalls | 'closing' | undefined>;
}

/** Nothing is parsed before a call is asked for or much text waits: most answers have no place for which that matters. */
export function createWrittenCalls({ calls, maxHeldCharacters }: WrittenCallsOptions): WrittenCalls {
  const position = createTextPosition();
  let isAtLineStart = true;
  let unread = '';
  /** How many of the next characters are those of a call whose end was found. */
  let known = 0;
  let candidate: Candidate | undefined;

  const pass = (text: string): void => {
    if (text === '') return;
    position.read(text);
    isAtLineStart = text.endsWith('\n');
  };

  const passBlock = (): void => {
    position.passBlock();
    isAtLineStart = true;
  };

  /** Reads up to a candidate that more text may complete. */
  const readUnread = (): void => {
    let rest = unread;
    unread = '';
    while (rest !== '') {
      if (!candidate) {
        rest = findCallStart(rest, { calls, position, isAtLineStart: () => isAtLineStart, pass });
        if (rest === '') return;
        const reader = createTextReader();
        candidate = { reader, parse: calls.read(reader) };
      }
      const { reader, parse } = candidate;
      reader.give(rest);
      const step = parse.next();
      if (step.done !== true && reader.text.length <= maxHeldCharacters) return;
      candidate = undefined;
      const end = step.done === true ? Math.max(1, reader.offset) : reader.text.length;
      if (step.done === true && isFound(step.value)) passBlock();
      else pass(reader.text.slice(0, end));
      rest = reader.text.slice(end);
    }
  };

  const openCall = ({ reader, parse }: Candidate): OpenCall => {
    const start = reader.text.length;

    const endOf = (step: IteratorResult<void, FoundCalls | 'closing' | undefined>): CallEnd => {
      const read = (step.done === true ? reader.offset : reader.text.length) - start;
      if (step.done !== true || !isFound(step.value)) {
        pass(reader.text.slice(0, start));
        return { inCall: 0, outside: Math.max(1, read) };
      }
      passBlock();
      if (read > 0) known = read;
      else pass(reader.text.slice(reader.offset, start));
      return { inCall: Math.max(0, read), outside: Math.max(1, read) };
    };

    return {
      add(text) {
        reader.give(text);
        const step = parse.next();
        return step.done !== true && reader.text.length <= maxHeldCharacters ? undefined : endOf(step);
      },
      end() {
        reader.end(true);
        return endOf(parse.next());
      },
    };
  };

  return {
    read(text) {
      const isKnown = Math.min(known, text.length);
      known -= isKnown;
      unread += text.slice(isKnown);
      if (unread.length > MAX_PENDING_CHARACTERS) readUnread();
    },
    passBlock() {
      readUnread();
      if (candidate) pass(candidate.reader.text);
      candidate = undefined;
      passBlock();
    },
    takeOpenCall() {
      readUnread();
      const open = candidate && openCall(candidate);
      candidate = undefined;
      return open;
    },
  };
}

function isFound(value: FoundCalls | 'closing' | undefined): value is FoundCalls {
  return value !== undefined && value !== 'closing';
}
