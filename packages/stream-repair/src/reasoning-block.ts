/** The text of one reasoning block at a time, without the blanks at both ends. */
export interface ReasoningBlock {
  /** The last character that was added; empty at the start of the block. */
  readonly last: string;
  /** Starts a block. */
  open(): void;
  /** Adds text, and returns what can be emitted of it. Blanks are held until text follows them. */
  add(text: string): string;
}

/** How many blanks are held at most. */
export const MAX_HELD_BLANKS = 1024;

/** Creates a block that is not open yet. */
export function createReasoningBlock(): ReasoningBlock {
  let isEmpty = true;
  let heldBlanks = '';
  let last = '';

  return {
    get last() {
      return last;
    },
    open() {
      isEmpty = true;
      heldBlanks = '';
      last = '';
    },
    add(text) {
      const all = heldBlanks + (isEmpty ? text.trimStart() : text);
      if (all === '') return '';
      isEmpty = false;
      last = all.slice(-1);
      const isLongGap = all.length > MAX_HELD_BLANKS && all.trim() === '';
      const emitted = isLongGap ? all : all.trimEnd();
      heldBlanks = all.slice(emitted.length);
      return emitted;
    },
  };
}
