/** What stands before a place in an answer; it tells a model that acts from one that explains. */
export type TextContext =
  /** Nothing was said yet. */
  | 'start'
  /** Nothing but blanks since a recovered call or a reasoning block. */
  | 'after-block'
  /** A line begins. */
  | 'line'
  /** In a line, after the end of a sentence or glued to a word. */
  | 'sentence'
  /** In the middle of a sentence. */
  | 'word'
  /** After a quotation mark or bracket, in a quoted line, or in an indented code block. */
  | 'quoted'
  /** In a fenced block or between backticks. */
  | 'code';

/** Follows the text of an answer through its Markdown, in pieces of any size. */
export interface TextPosition {
  /** Where the next character would stand. */
  context(): TextContext;
  /** The character before; empty at the beginning. */
  readonly last: string;
  /** The end of what was said, at most 240 characters. */
  readonly recent: string;
  /** Takes in what was said. */
  read(text: string): void;
  /** Takes note that something was removed here. */
  passBlock(): void;
}

/** A row of backticks or tildes. */
interface Row {
  readonly mark: string;
  readonly length: number;
  readonly beginsLine: boolean;
}

const NO_ROW: Row = { mark: '', length: 0, beginsLine: false };
const SPECIAL = /[\n`~]/g;
const SENTENCE_END = /[.!?:;…。！？：；]/u;
const GLUED = /[\p{L}\p{N}.!?:;…。！？：；)*]/u;
/** Models leave tokens of their own in the text, such as `<|im_start|>` or Gemma's `<channel|>`. */
const SPECIAL_TOKEN_END = '|>';
const RECENT_CHARACTERS = 240;
const CODE_INDENT = 4;

/** Begins at the start of an answer. */
export function createTextPosition(): TextPosition {
  let said = false;
  let afterBlock = false;
  let last = '';
  let lastVisible = '';
  let recent = '';
  let lineHasText = false;
  let lineIsQuoted = false;
  let indent = 0;
  let fence: Row | undefined;
  let fenceMayClose = false;
  let inlineTicks = 0;
  /** A row of backticks or tildes that may still grow. */
  let row = NO_ROW;

  const note = (mark: string): void => {
    said = true;
    afterBlock = false;
    lineHasText = true;
    lastVisible = mark;
  };

  const endRow = (): void => {
    const { mark, length, beginsLine } = row;
    if (length === 0) return;
    fenceMayClose = beginsLine && mark === fence?.mark && length >= fence.length;
    ({ fence, inlineTicks } = codeBehindRow());
    row = NO_ROW;
    note(mark);
  };

  /** What code the text is in if the row ends here. */
  const codeBehindRow = (): { readonly fence: Row | undefined; readonly inlineTicks: number } => {
    const { mark, length, beginsLine } = row;
    if (fence || length === 0) return { fence, inlineTicks };
    if (beginsLine && length >= 3) return { fence: row, inlineTicks };
    if (mark === '~') return { fence, inlineTicks };
    return { fence, inlineTicks: inlineTicks === 0 ? length : inlineTicks === length ? 0 : inlineTicks };
  };

  const readPlain = (piece: string): void => {
    endRow();
    const visible = piece.trimEnd();
    last = piece.slice(-1);
    if (visible === '') {
      if (!lineHasText) indent += piece.length;
      return;
    }
    fenceMayClose = false;
    if (!lineHasText) {
      const begin = visible.trimStart();
      indent += visible.length - begin.length;
      lineIsQuoted = begin.startsWith('>');
    }
    note(visible.slice(-1));
  };

  const readSpecial = (mark: string): void => {
    last = mark;
    if (mark !== '\n') {
      if (row.mark !== mark) {
        endRow();
        row = { mark, length: 0, beginsLine: !lineHasText };
      }
      row = { ...row, length: row.length + 1 };
      return;
    }
    endRow();
    if (fenceMayClose) fence = undefined;
    fenceMayClose = false;
    inlineTicks = 0;
    lineHasText = false;
    lineIsQuoted = false;
    indent = 0;
  };

  return {
    get last() {
      return last;
    },
    get recent() {
      return recent.slice(-RECENT_CHARACTERS);
    },
    context() {
      const code = codeBehindRow();
      const inRow = row.length > 0;
      if (code.fence || code.inlineTicks > 0) return 'code';
      if (afterBlock && !inRow) return 'after-block';
      if (!said && !inRow) return 'start';
      if (!lineHasText && !inRow) return indent >= CODE_INDENT || last === '\t' ? 'quoted' : 'line';
      if (lineIsQuoted) return 'quoted';
      if (/\s/.test(last)) return SENTENCE_END.test(lastVisible) ? 'sentence' : 'word';
      return GLUED.test(last) || recent.endsWith(SPECIAL_TOKEN_END) ? 'sentence' : 'quoted';
    },
    read(text) {
      recent += text;
      if (recent.length > 16 * RECENT_CHARACTERS) recent = recent.slice(-RECENT_CHARACTERS);
      let from = 0;
      SPECIAL.lastIndex = 0;
      for (let match = SPECIAL.exec(text); match; match = SPECIAL.exec(text)) {
        if (match.index > from) readPlain(text.slice(from, match.index));
        readSpecial(match[0]);
        from = match.index + 1;
      }
      if (from < text.length) readPlain(text.slice(from));
    },
    passBlock() {
      endRow();
      said = true;
      afterBlock = true;
    },
  };
}
