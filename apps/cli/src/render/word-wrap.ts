import widthOf from 'fast-string-width';
import type { TextRenderer } from './text-renderer.ts';

/** Breaks lines between words, while the text arrives. */
export interface WordWrap extends TextRenderer {
  /** Text whose lines are the terminal's to break: code is copied, and must stay as it was written. */
  keep(text: string): string;
}

interface WordWrapOptions {
  /** How wide the terminal is; asked for every word, since windows change. Nothing: lines are left as they are. */
  readonly columns: () => number | undefined;
}

/** Beyond this, eyes lose the line. */
const WIDEST = 100;
/** A word that is longer is no word, and is not waited for. */
const LONGEST_WORD = 500;

/** Styles and what looks like one, line ends, blanks, characters of scripts that put no blanks between words, words. */
const TOKEN =
  // oxlint-disable-next-line no-control-regex -- a style is a token of its own
  /\u001B\[[\d;]*m|\n|[^\S\n]+|[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}][、。，．！？：；）」』】〉》]*|[^\s\u001B\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]+|\u001B/gu;
const UNSPACED = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u;
/** What stands before the words of a list item or a quote. */
const MARKER = /^(?:[•│]|\d{1,3}[.)])$/;

/**
 * Wraps styled text at the width of the terminal. A line goes on below the words of the line before, behind the bar of a quote and beside
 * the number of a list. A word is held back until its end has come.
 */
export function createWordWrap({ columns }: WordWrapOptions): WordWrap {
  let column = 0;
  let blanks = '';
  let word = '';
  /** What the rest of a broken line begins with, and whether that is still being found out. */
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

  /** Writes the word that is held back, on this line or on the next. */
  function flush(): string {
    const width = widthOf(word);
    if (width === 0) {
      blanks += word;
      word = '';
      return '';
    }
    const whole = blanks + word;
    if (atStart) findLead();
    const fits = column + widthOf(whole) <= Math.min(columns() ?? Infinity, WIDEST) || column <= widthOf(lead);
    const shown = fits ? whole : `\n${lead}${stylesOf(blanks)}${word}`;
    column = fits ? column + widthOf(whole) : widthOf(lead) + width;
    blanks = '';
    word = '';
    return shown;
  }

  function findLead(): void {
    const marker = plain(word);
    const indent = plain(blanks);
    atStart = MARKER.test(marker);
    lead += indent + (atStart ? (marker === '│' ? marker : ' '.repeat(widthOf(marker))) : '');
  }

  function startLine(): void {
    column = 0;
    blanks = '';
    lead = '';
    atStart = true;
  }
}

/** A whole text at once. */
export function wrapText(text: string, options: WordWrapOptions): string {
  const wrap = createWordWrap(options);
  return wrap.push(text) + wrap.end();
}

// oxlint-disable-next-line no-control-regex -- styles are what is looked for
const STYLES = /\u001B\[[\d;]*m/g;

function stylesOf(text: string): string {
  return (text.match(STYLES) ?? []).join('');
}

function plain(text: string): string {
  return text.replaceAll(STYLES, '');
}
