/** The context of a place in an answer. It tells a call from an explanation of one. */
export type TextContext =
  /** Before any text. */
  | 'start'
  /** Only blanks since a recovered call or a reasoning block. */
  | 'after-block'
  /** At the start of a line. */
  | 'line'
  /** In a line, after the end of a sentence or directly after a word. */
  | 'sentence'
  /** In the middle of a sentence. */
  | 'word'
  /** After a quotation mark or bracket, in a quoted line, or in an indented code block. */
  | 'quoted'
  /** In a fenced block or between backticks. */
  | 'code';

/** The contexts at which a line starts. */
export const LINE_STARTS: ReadonlySet<TextContext> = new Set(['start', 'after-block', 'line']);

/** Follows the text of an answer and its Markdown, in deltas of any size. */
export interface TextPosition {
  /** The context of the next character. */
  context(): TextContext;
  /** The previous character; empty at the start. */
  readonly last: string;
  /** The end of the text so far, at most 240 characters. */
  readonly recent: string;
  /** Reads the next text. */
  read(text: string): void;
  /** Notes that a call or a block was removed here. */
  passBlock(): void;
}

/** A row of backticks or tildes. */
interface Row {
  readonly mark: string;
  readonly length: number;
  readonly startsLine: boolean;
}

const NO_ROW: Row = { mark: '', length: 0, startsLine: false };
const SPECIAL = /[\n`~]/g;
const SENTENCE_END = /[.!?:;…。！？：；]/u;
const GLUED = /[\p{L}\p{N}.!?:;…。！？：；)*]/u;
/** The ends of special tokens that models leave in the text, such as `<|im_start|>` or Gemma's `<channel|>`, and of calls. */
const MARKER_ENDS = ['|>', '｜>', '</tool_call>', '</function>', '</invoke>'];
const RECENT_CHARACTERS = 240;
const CODE_INDENT = 4;
/** How much text may wait before it is read: in small parts it takes many times its length in memory. */
export const MAX_PENDING_CHARACTERS = 65_536;

/** Creates the position at the start of an answer. A `follower` reads the same text. */
export function createTextPosition(follower?: Pick<TextPosition, 'read' | 'passBlock'>): TextPosition {
  /** Text that was not read yet: most text is never asked about. */
  let pending = '';
  let hasText = false;
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
    hasText = true;
    afterBlock = false;
    lineHasText = true;
    lastVisible = mark;
  };

  const endRow = (): void => {
    const { mark, length, startsLine } = row;
    if (length === 0) return;
    fenceMayClose = startsLine && mark === fence?.mark && length >= fence.length;
    ({ fence, inlineTicks } = codeAfterRow());
    row = NO_ROW;
    note(mark);
  };

  /** The code that the text is in if the row ends here. */
  const codeAfterRow = (): { readonly fence: Row | undefined; readonly inlineTicks: number } => {
    const { mark, length, startsLine } = row;
    if (fence || length === 0) return { fence, inlineTicks };
    if (startsLine && length >= 3) return { fence: row, inlineTicks };
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
      const unindented = visible.trimStart();
      indent += visible.length - unindented.length;
      lineIsQuoted = unindented.startsWith('>');
    }
    note(visible.slice(-1));
  };

  const readSpecial = (mark: string): void => {
    last = mark;
    if (mark !== '\n') {
      if (row.mark !== mark) {
        endRow();
        row = { mark, length: 0, startsLine: !lineHasText };
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

  const readPending = (): void => {
    if (pending === '') return;
    const text = pending;
    pending = '';
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
  };

  return {
    get last() {
      readPending();
      return last;
    },
    get recent() {
      readPending();
      return recent.slice(-RECENT_CHARACTERS);
    },
    context() {
      readPending();
      const code = codeAfterRow();
      const inRow = row.length > 0;
      if (code.fence || code.inlineTicks > 0) return 'code';
      if (afterBlock && !inRow) return 'after-block';
      if (!hasText && !inRow) return 'start';
      if (!lineHasText && !inRow) return indent >= CODE_INDENT || last === '\t' ? 'quoted' : 'line';
      if (lineIsQuoted) return 'quoted';
      if (/\s/.test(last)) return SENTENCE_END.test(lastVisible) ? 'sentence' : 'word';
      return GLUED.test(last) || MARKER_ENDS.some((end) => recent.endsWith(end)) ? 'sentence' : 'quoted';
    },
    read(text) {
      follower?.read(text);
      pending += text;
      if (pending.length > MAX_PENDING_CHARACTERS) readPending();
    },
    passBlock() {
      follower?.passBlock();
      readPending();
      endRow();
      hasText = true;
      afterBlock = true;
    },
  };
}
