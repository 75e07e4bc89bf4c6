import type { TextRenderer } from './text-renderer.ts';
import { createCodeHighlighter } from './highlight-code.ts';
import { renderMarkdownTable } from './markdown-table.ts';
import type { Style } from './style.ts';
import { createWordWrap } from './word-wrap.ts';

export interface MarkdownOptions {
  /** Width of the terminal. @default lines are not wrapped */
  readonly columns?: () => number | undefined;
  /** Parses inline Markdown only, without headings and lists. @default false */
  readonly inline?: boolean;
}

/** The start of a line before its words. */
type Block = 'paragraph' | 'heading' | 'code';

/** A line start that may still become a heading, list, rule, quote or fence. */
const UNDECIDED = /^\s*(?:#{1,6} *|[-+*_][-*_ ]*|`{1,2}|~{1,2}|>)?$/;
const FENCE = /^\s*(`{3,}|~{3,})(.*)$/s;
const HEADING = /^\s{0,3}#{1,6} +/;
const RULE = /^\s{0,3}([-*_])(?: *\1){2,} *$/;
const BULLET = /^(\s*)[-*+] +/;
const QUOTE = /^\s{0,3}> ?/;

const TABLE_ROW = /^\s*\|/;

/** Maximum length of a link that is held back. */
const LONGEST_LINK = 400;
/** Maximum number of rows of a table that are held back; the rest becomes a separate table. */
const LONGEST_TABLE = 200;
/** Maximum length of a line of code that is held back for its colours; a longer one is shown in parts. */
const LONGEST_CODE_LINE = 2000;

/**
 * Renders Markdown for a terminal while it arrives. Only text whose meaning may still change is held back: a few marks
 * at the end, a word, a link, the line of a fence, a line of code, a table. Unclosed marks style the rest of their line.
 */
export function createMarkdownRenderer(
  style: Style,
  { columns = () => undefined, inline = false }: MarkdownOptions = {},
): TextRenderer {
  const wrap = createWordWrap({ columns });
  let waiting = '';
  let atLineStart = !inline;
  let rows: string[] = [];
  /** Whether the last row is complete. */
  let lineEnds = true;
  let block: Block = 'paragraph';
  let fence = '';
  let highlighter = createCodeHighlighter('', style);
  let before = ' ';
  let code = '';
  const emphasis = { bold: false, italic: false };

  return {
    push(text) {
      // Lines end with LF or CRLF.
      waiting += text.replaceAll('\r', '');
      return drain({ ended: false });
    },
    end() {
      const rest = drain({ ended: true }) + takeTable() + wrap.end();
      waiting = '';
      atLineStart = !inline;
      block = 'paragraph';
      endLine();
      return rest;
    },
  };

  function drain({ ended }: { ended: boolean }): string {
    let shown = '';
    while (waiting !== '') {
      const piece = atLineStart ? startLine(ended) : block === 'code' ? takeCode(ended) : takeInline(ended);
      if (piece === undefined) break;
      shown += piece;
    }
    return shown;
  }

  /** Parses the start of the line; `undefined` while it is incomplete. */
  function startLine(ended: boolean): string | undefined {
    const lineEnd = waiting.indexOf('\n');
    const whole = ended || lineEnd !== -1;
    const line = lineEnd === -1 ? waiting : waiting.slice(0, lineEnd);
    if (block === 'code') {
      const onlyMarks = line.trim() === fence.slice(0, 1).repeat(line.trim().length);
      if (!whole && onlyMarks) return undefined;
      if (onlyMarks && line.trim().length >= fence.length) return closeFence(line);
      atLineStart = false;
      return '';
    }
    if (!whole && (UNDECIDED.test(line) || FENCE.test(line) || TABLE_ROW.test(line))) return undefined;
    if (TABLE_ROW.test(line) && rows.length < LONGEST_TABLE) return takeRow(line);
    if (rows.length > 0) return takeTable();
    const opened = FENCE.exec(line);
    if (opened !== null) return openFence(line, opened);
    if (RULE.test(line)) return take(line.length, style.dim('─'.repeat(Math.min(40, columns() ?? 40))));
    atLineStart = false;
    before = ' ';
    block = HEADING.test(line) ? 'heading' : 'paragraph';
    return takeMarker(line);
  }

  function takeRow(line: string): string {
    rows.push(line);
    lineEnds = waiting.length > line.length;
    return take(line.length + 1, '');
  }

  function takeTable(): string {
    const renderCell = (text: string): string => {
      const cell = createMarkdownRenderer(style, { inline: true });
      return cell.push(text) + cell.end();
    };
    const lines = renderMarkdownTable(rows, { style, renderCell });
    rows = [];
    return wrap.keep(lines.join('\n') + (lines.length > 0 && lineEnds ? '\n' : ''));
  }

  function takeMarker(line: string): string {
    const heading = HEADING.exec(line);
    if (heading !== null) return take(heading[0].length, '');
    const bullet = BULLET.exec(line);
    if (bullet !== null) return take(bullet[0].length, `${bullet[1] ?? ''}${style.accent('•')} `);
    const quote = QUOTE.exec(line);
    if (quote !== null) return take(quote[0].length, style.dim('│ '));
    return '';
  }

  function openFence(line: string, [, marks = '', language = '']: RegExpExecArray): string {
    block = 'code';
    fence = marks;
    const label = language.trim();
    highlighter = createCodeHighlighter(label, style);
    return take(line.length + 1, label === '' ? '' : `${style.dim(label)}\n`);
  }

  function closeFence(line: string): string {
    block = 'paragraph';
    return take(line.length + 1, '');
  }

  /** Takes a line of code, unchanged but for colours, so that it can be copied; `undefined` while it is incomplete. */
  function takeCode(ended: boolean): string | undefined {
    const lineEnd = waiting.indexOf('\n');
    if (lineEnd === 0) return takeLineEnd();
    if (lineEnd === -1 && !ended && waiting.length < LONGEST_CODE_LINE) return undefined;
    const length = Math.min(lineEnd === -1 ? waiting.length : lineEnd, LONGEST_CODE_LINE);
    return take(length, highlighter.line(waiting.slice(0, length)));
  }

  /** Takes plain text, one mark, or the line end; `undefined` while a mark may be incomplete. */
  function takeInline(ended: boolean): string | undefined {
    const plain = (code === '' ? /^[^\n`*_\\[]+/ : /^[^\n`]+/).exec(waiting)?.[0];
    if (plain !== undefined) return takeText(plain);
    if (waiting.startsWith('\n')) return takeLineEnd();
    const mark = /^(?:`+|\*+|_+|\\|\[)/.exec(waiting)?.[0] ?? waiting.slice(0, 1);
    const next = waiting[mark.length];
    if (next === undefined && !ended) return undefined;
    if (code !== '' && mark !== code) return takeText(mark);
    if (mark.startsWith('`')) return takeCodeMark(mark);
    if (mark === '\\') return takeEscape(next);
    if (mark === '[') return takeLink(ended);
    return takeEmphasis(mark, next);
  }

  function takeCodeMark(mark: string): string {
    code = code === '' ? mark : '';
    return take(mark.length, '');
  }

  function takeEscape(next: string | undefined): string {
    const escapes = next !== undefined && /[!-/:-@[-`{-~]/.test(next);
    if (!escapes) return takeText('\\');
    waiting = waiting.slice(1);
    return takeText(next);
  }

  function takeLink(ended: boolean): string | undefined {
    const link = /^\[([^\]\n]*)\]\(([^)\s]*)\)/.exec(waiting);
    if (link !== null) {
      const [whole, label = '', url = ''] = link;
      before = ')';
      return take(
        whole.length,
        `${style.underline(label)}${label === url || url === '' ? '' : style.dim(` (${url})`)}`,
      );
    }
    const mayBecomeLink = /^\[[^\]\n]*(?:\](?:\([^)\s]*)?)?$/.test(waiting) && waiting.length < LONGEST_LINK;
    return mayBecomeLink && !ended ? undefined : takeText('[');
  }

  /**
   * One mark is italic, two are bold, three are both. An opening mark touches the following text, a closing one the
   * preceding text.
   */
  function takeEmphasis(mark: string, next: string | undefined): string {
    // `2*3` is a product, not italic text.
    if (mark === '*' && /\d/.test(before) && next !== undefined && /\d/.test(next)) return takeText(mark);
    const kinds = (['italic', 'bold', 'both'] as const)[mark.length - 1];
    const opens = next !== undefined && !/\s/.test(next) && !(mark.startsWith('_') && /\w/.test(before));
    const closes = !/\s/.test(before) && !(mark.startsWith('_') && next !== undefined && /\w/.test(next));
    if (kinds === undefined) return takeText(mark);
    const names = kinds === 'both' ? (['bold', 'italic'] as const) : [kinds];
    const open = names.every((name) => emphasis[name]);
    if (open ? !closes : !opens) return takeText(mark);
    for (const name of names) emphasis[name] = !open;
    return take(mark.length, '');
  }

  function takeLineEnd(): string {
    endLine();
    atLineStart = true;
    return take(1, '\n');
  }

  function endLine(): void {
    emphasis.bold = false;
    emphasis.italic = false;
    code = '';
    if (block === 'heading') block = 'paragraph';
  }

  function takeText(text: string): string {
    before = text.at(-1) ?? before;
    return take(text.length, paint(text));
  }

  function paint(text: string): string {
    if (code !== '') return style.accent(text);
    const heading = block === 'heading';
    const bold = emphasis.bold || heading ? style.bold(text) : text;
    const italic = emphasis.italic ? style.italic(bold) : bold;
    return heading ? style.accent(italic) : italic;
  }

  function take(length: number, shown: string): string {
    waiting = waiting.slice(length);
    return block === 'code' ? wrap.keep(shown) : wrap.push(shown);
  }
}
