import { overlapOf } from './overlap.ts';

/** Separates thoughts from the text of a model, piece by piece. */
export interface ThinkingParser {
  add(text: string): { reasoning: string; text: string };
  /** No more thoughts follow. */
  skip(): void;
}

const OPENING = '<think>';
const CLOSING = '</think>';

type State = 'before' | 'after-opening' | 'thinking' | 'after-closing' | 'done';

/**
 * Ollama's parser of thoughts: only at the start of the text, after blanks. Blanks after both tags are dropped. A closing
 * tag without an opening one is text. Text that ends inside a tag is lost.
 */
export function createThinkingParser(): ThinkingParser {
  let state: State = 'before';
  let buffer = '';

  /** One step: what can be sent, and whether the rest of the buffer has to be looked at. */
  function step(): { reasoning?: string; text?: string; again: boolean } {
    const trimmed = buffer.trimStart();
    switch (state) {
      case 'before': {
        if (trimmed.startsWith(OPENING)) {
          buffer = trimmed.slice(OPENING.length);
          state = 'after-opening';
          return { again: true };
        }
        if (OPENING.startsWith(trimmed)) return { again: false };
        state = 'done';
        return { again: true };
      }
      case 'after-opening': {
        buffer = trimmed;
        if (buffer === '') return { again: false };
        state = 'thinking';
        return { again: true };
      }
      case 'thinking': {
        const end = buffer.indexOf(CLOSING);
        if (end >= 0) {
          const reasoning = buffer.slice(0, end);
          buffer = buffer.slice(end + CLOSING.length);
          state = 'after-closing';
          return { reasoning, again: true };
        }
        const kept = overlapOf(buffer, CLOSING);
        const reasoning = buffer.slice(0, buffer.length - kept);
        buffer = buffer.slice(buffer.length - kept);
        return { reasoning, again: false };
      }
      case 'after-closing': {
        buffer = trimmed;
        if (buffer === '') return { again: false };
        state = 'done';
        return { again: true };
      }
      case 'done': {
        const text = buffer;
        buffer = '';
        return { text, again: false };
      }
    }
  }

  return {
    add(text) {
      buffer += text;
      const result = { reasoning: '', text: '' };
      for (;;) {
        const { reasoning = '', text: rest = '', again } = step();
        result.reasoning += reasoning;
        result.text += rest;
        if (!again) return result;
      }
    },
    skip() {
      if (state === 'before') state = 'done';
    },
  };
}
