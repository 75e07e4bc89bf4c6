import type { TextPosition } from './text-position.ts';

/** Text of the answer that was read and not emitted yet, since a tag may still turn it into reasoning. */
export interface HeldText {
  readonly length: number;
  /** Whether any text was emitted. */
  readonly hasEmitted: boolean;
  add(text: string): void;
  /** Drops the blanks in front of the next text: those behind a reasoning block. */
  trimNext(): void;
  /** Empties it into the answer, and returns the text. */
  emit(): string;
  /** Empties it in favour of a reasoning block, and returns the text. */
  withdraw(): string;
}

/** Creates an empty one; `position` follows the text that is added. */
export function createHeldText(position: TextPosition): HeldText {
  let held = '';
  let hasEmitted = false;
  let trimsNext = false;

  const take = (): string => {
    const text = held;
    held = '';
    return text;
  };

  return {
    get length() {
      return held.length;
    },
    get hasEmitted() {
      return hasEmitted;
    },
    add(text) {
      const added = trimsNext ? text.trimStart() : text;
      if (added === '') return;
      trimsNext = false;
      position.read(added);
      held += added;
    },
    trimNext() {
      trimsNext = true;
    },
    emit() {
      hasEmitted ||= held !== '';
      return take();
    },
    withdraw: take,
  };
}
