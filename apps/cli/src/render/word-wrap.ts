import { textWidth } from './text-width.ts';
import type { TextRenderer } from './text-renderer.ts';

/** Wraps lines between words, while the text arrives. */
export interface WordWrap extends TextRenderer {
  /** Adds text without wrapping: code must stay as it was written, so that it can be copied. */
  keep(text: string): string;
}

interface WordWrapOptions {
  /** Width of the terminal; called for every word, because windows are resized. `undefined`: no wrapping. */
  readonly columns: () => number | undefined;
}

/** Longer lines are hard to read. */
const WIDEST = 100;
/** A longer word is not held back. */
const LONGEST_WORD = 500;

/** Styles and similar sequences, line ends, spaces, characters of scripts without spaces between words, words. */
const TOKEN =
  // oxlint-disable-next-line no-control-regex -- a style is a token of its own
  /\u001B\[[\d;]*m|\n|[^\S\n]+|[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}][、。，．！？：；）」』】〉》]*|[^\s\u001B\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]+|\u001B/gu;
const UNSPACED = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u;
/** The prefix of a list item or quote. */
const MARKER = /^(?:[•│]|\d{1,3}[.)])$/;

/**
 * Wraps styled text at the width of the terminal. Continuation lines are indented to the words of a list item, and
 * repeat the bar of a quote. A word is held back until its end has arrived.
 */
export function createWordWrap({ columns }: WordWrapOptions): WordWrap {
  let column = 0;
  let blanks = '';
  let word = '';
  /** The prefix of continuation lines, and whether it may still grow. */
  let lead = '';
  let atStart = true;

  return {
    push(text) {
      if (columns() === undefined) return flush() + text;
      return [...text.matchAll(TOKEN)].map(([token]) => take(token)).join('');
    },
    keep(text) {
      const before = flush();
      if (text.includes('\n')) startLine();
      return before + text;
    },
    end() {
      const rest = flush() + stylesOf(blanks);
      startLine();
      return rest;
    },
  };

  function take(token: string): string {
    if (token.startsWith('\u001B')) {
      word += token;
      return '';
    }
    if (token === '\n') {
      const line = flush() + stylesOf(blanks);
      startLine();
      return `${line}\n`;
    }
    if (/^\s/.test(token)) {
      const shown = flush();
      blanks += token;
      return shown;
    }
    if (UNSPACED.test(token)) {
      const shown = flush();
      word += token;
      return shown + flush();
    }
    word += token;
    return word.length > LONGEST_WORD ? flush() : '';
  }

  /** Writes the held-back word, on this line or on the next. */
  function flush(): string {
    const width = textWidth(word);
    if (width === 0) {
      blanks += word;
      word = '';
      return '';
    }
    if (atStart) findLead();
    const room = Math.min(columns() ?? Infinity, WIDEST) - width;
    const continues = column + textWidth(blanks) <= room || column <= textWidth(lead);
    const before = continues ? (column === 0 ? shorten(blanks, room) : blanks) : shorten(lead, room) + stylesOf(blanks);
    const shown = `${continues ? '' : '\n'}${before}${word}`;
    column = (continues ? column : 0) + textWidth(before) + width;
    blanks = '';
    word = '';
    return shown;
  }

  function findLead(): void {
    const marker = plain(word);
    const indent = plain(blanks);
    atStart = MARKER.test(marker);
    lead += indent + (atStart ? (marker === '│' ? marker : ' '.repeat(textWidth(marker))) : '');
  }

  function startLine(): void {
    column = 0;
    blanks = '';
    lead = '';
    atStart = true;
  }
}

/** Wraps a whole text. */
export function wrapText(text: string, options: WordWrapOptions): string {
  const wrap = createWordWrap(options);
  return wrap.push(text) + wrap.end();
}

/** An indentation that leaves room for a word that would not fit behind it. */
function shorten(indent: string, room: number): string {
  return textWidth(indent) <= room ? indent : stylesOf(indent) + plain(indent).slice(0, Math.max(0, room));
}

// oxlint-disable-next-line no-control-regex -- matches styles
const STYLES = /\u001B\[[\d;]*m/g;

function stylesOf(text: string): string {
  return (text.match(STYLES) ?? []).join('');
}

function plain(text: string): string {
  return text.replaceAll(STYLES, '');
}
