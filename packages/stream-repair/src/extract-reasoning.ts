import { createReasoningTextReader } from './read-reasoning-text.ts';
import type { ReasoningTextOptions } from './read-reasoning-text.ts';
import type { StreamTransform } from './stream-transform.ts';

/**
 * Turns think blocks in the text into reasoning. A closing tag alone turns the text before it into reasoning, as far
 * as that was not emitted yet: in an answer that arrives in one piece, and with `expectReasoning`. Text that was
 * emitted stays text, and only the tag is removed. Blanks inside both ends of a block are removed, and those behind
 * it. Tags in code are text, and so is a closing tag right behind a backtick within a block. A block that is not
 * closed ends with the answer. Tags within a call that the model writes are part of it. Marks around the answer itself
 * are removed.
 */
export function createReasoningExtraction(options: ReasoningTextOptions): StreamTransform {
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
