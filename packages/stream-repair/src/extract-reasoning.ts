import { createReasoningTextReader } from './read-reasoning-text.ts';
import type { StreamTransform } from './stream-transform.ts';

/** How the start of an answer is read. */
export interface ReasoningExtractionOptions {
  /** Whether the answer may start inside a reasoning block whose opening tag is in the prompt. */
  readonly expectReasoning: boolean;
}

/**
 * Turns think blocks in the text into reasoning. A closing tag alone turns the text before it into reasoning, as far
 * as that was not emitted yet: in an answer that arrives in one piece, and with `expectReasoning`. Text that was
 * emitted stays text, and only the tag is removed. Blanks inside both ends of a block are removed, and those behind
 * it. Tags in code are text, and so is a closing tag right behind a backtick within a block. A block that is not
 * closed ends with the answer. Marks around the answer itself are removed.
 */
export function createReasoningExtraction(options: ReasoningExtractionOptions): StreamTransform {
  const reader = createReasoningTextReader(options);
  return {
    push(event) {
      switch (event.type) {
        case 'text-delta': {
          reader.read(event.text);
          const taken = reader.take();
          const [only] = taken;
          return taken.length === 1 && only?.type === 'text-delta' && only.text === event.text ? [event] : taken;
        }
        case 'reasoning-delta':
          reader.passServerReasoning(event.text);
          return reader.take(event);
        case 'tool-call-start':
        case 'finish':
        case 'error':
          reader.settle();
          return reader.take(event);
        case 'start':
        case 'fallback':
        case 'tool-call-delta':
        case 'tool-call-end':
        case 'repair':
        case 'warning':
          return [event];
      }
    },
    end() {
      reader.settle();
      return reader.take();
    },
  };
}
