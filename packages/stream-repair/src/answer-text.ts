import { createTextPosition } from './text-position.ts';
import type { TextPosition } from './text-position.ts';

/** The text of an answer around its calls. Blanks at its start and behind a call are held until other text follows. */
export interface AnswerText {
  readonly position: TextPosition;
  /** Whether the next text is directly at the start of a line, of the answer, or behind a call. */
  readonly isAtLineStart: boolean;
  /** Adds text, and returns what is emitted of it and of held blanks. */
  add(text: string): string;
  /** Notes that a call was removed here, with the blanks before it. */
  passBlock(): void;
  /** Returns the held blanks, which are not held any more. */
  takeBlanks(): string;
  /** Returns held blanks if they are the only text of the answer, and drops others. */
  leadingBlanks(): string;
}

/** Creates an empty text. More blanks than `maxHeldBlanks`, in characters, are text. */
export function createAnswerText({ maxHeldBlanks }: { readonly maxHeldBlanks: number }): AnswerText {
  const position = createTextPosition();
  let blanks = '';
  /** Whether the last text was more than blanks, so that no blanks are held. */
  let isWithinText = false;
  /** The last character, held or not; empty at the start and behind a call. */
  let last = '';

  /** Adds text before which there are only blanks since the start of the answer or since a call. */
  function addAtStart(text: string): string {
    const where = position.context();
    const mayBelongToCall = where === 'start' || where === 'after-block';
    if (mayBelongToCall && text.trim() === '' && blanks.length + text.length <= maxHeldBlanks) {
      blanks += text;
      return '';
    }
    const whole = takeBlanks() + text;
    const emitted = where === 'after-block' && /^\s?$/.test(position.last) ? whole.trimStart() : whole;
    isWithinText = emitted.trim() !== '';
    return emitted;
  }

  function takeBlanks(): string {
    const taken = blanks;
    blanks = '';
    return taken;
  }

  return {
    position,
    get isAtLineStart() {
      return last === '' || last === '\n';
    },
    add(text) {
      const emitted = isWithinText ? text : addAtStart(text);
      if (text !== '') last = text.slice(-1);
      position.read(emitted);
      return emitted;
    },
    passBlock() {
      blanks = '';
      position.passBlock();
      isWithinText = false;
      last = '';
    },
    takeBlanks,
    leadingBlanks() {
      const taken = takeBlanks();
      return position.context() === 'start' ? taken : '';
    },
  };
}
