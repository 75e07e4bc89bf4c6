import { findCodeLanguage, type CodeLanguage } from './code-languages.ts';
import type { Style } from './style.ts';

/** Colours the lines of a code block, one after the other. */
export interface CodeHighlighter {
  line(text: string): string;
}

/** Creates a highlighter for the language of a fence. Code of an unknown language has one colour. */
export function createCodeHighlighter(label: string, style: Style): CodeHighlighter {
  const language = findCodeLanguage(label);
  return language === undefined ? { line: style.accent } : createScanner(language, style);
}

type Paint = (text: string) => string;

function createScanner(language: CodeLanguage, style: Style): CodeHighlighter {
  const { lineComments, blockComments, blockStrings, quotes, keywords, ignoresCase = false } = language;
  const blocks = [
    ...blockComments.map(([start, end]) => ({ start, end, paint: style.dim })),
    ...blockStrings.map(([start, end]) => ({ start, end, paint: style.success })),
  ];
  /** The comment or string that the last line left open. */
  let open: { readonly end: string; readonly paint: Paint } | undefined;

  /** The end of the part that starts at an index, and its colour. */
  function partAt(text: string, index: number): { readonly end: number; readonly paint: Paint } {
    const rest = text.slice(index);
    if (lineComments.some((mark) => rest.startsWith(mark)) && isAlone(text, index))
      return { end: text.length, paint: style.dim };
    const block = blocks.find(({ start }) => rest.startsWith(start));
    if (block !== undefined) {
      const end = text.indexOf(block.end, index + block.start.length);
      if (end === -1) open = block;
      return { end: end === -1 ? text.length : end + block.end.length, paint: block.paint };
    }
    const first = text.charAt(index);
    if (quotes.includes(first)) return { end: endOfString(text, index), paint: style.success };
    const word = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest)?.[0];
    if (word !== undefined) {
      const known = keywords.has(ignoresCase ? word.toLowerCase() : word);
      return { end: index + word.length, paint: known ? style.accent : plain };
    }
    const number = /^(?:0[xob][\da-f_]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)/i.exec(rest)?.[0];
    if (number !== undefined) return { end: index + number.length, paint: style.warning };
    return { end: index + 1, paint: plain };
  }

  return {
    line(text) {
      let shown = '';
      let index = 0;
      if (open !== undefined) {
        const { end: mark, paint } = open;
        const end = text.indexOf(mark);
        index = end === -1 ? text.length : end + mark.length;
        if (end !== -1) open = undefined;
        shown = paint(text.slice(0, index));
      }
      while (index < text.length) {
        const { end, paint } = partAt(text, index);
        shown += paint(text.slice(index, end));
        index = end;
      }
      return shown;
    },
  };
}

/** `$#` and `a#b` of a shell, and `http://` are no comments. */
function isAlone(text: string, index: number): boolean {
  return index === 0 || /[\s;,(){}[\]]/.test(text.charAt(index - 1));
}

/** Behind the closing quote; a string that is not closed ends with its line. */
function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let index = start + 1; index < text.length; index++) {
    if (text.charAt(index) === '\\') index++;
    else if (text.charAt(index) === quote) return index + 1;
  }
  return text.length;
}

function plain(text: string): string {
  return text;
}
