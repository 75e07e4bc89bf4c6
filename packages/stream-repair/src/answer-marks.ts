import type { TagRole } from './reasoning-tags.ts';
import type { TextPosition } from './text-position.ts';

/** What a mark around the answer is at its place: `ends` is one that counts only if nothing follows it. */
export type AnswerMark = 'removed' | 'ends' | 'text';

/** Follows the marks that some families write around their answers. */
export interface AnswerMarkReader {
  read(
    tag: string,
    options: {
      readonly role: Extract<TagRole, { type: 'opens-answer' | 'closes-answer' | 'ends-answer' }>;
      /** Whether the answer had reasoning so far. */
      readonly hasReasoning: boolean;
    },
  ): AnswerMark;
}

const WORD_OR_SENTENCE_END = /[\p{L}\p{N}.!?…。！？]/u;

/** Creates a reader at the start of an answer. */
export function createAnswerMarkReader(position: TextPosition): AnswerMarkReader {
  /** The closing marks of the answer, whose opening was removed. */
  let closings: readonly string[] = [];
  let isRest = false;

  return {
    read(tag, { role, hasReasoning }) {
      const context = position.context();
      if (context === 'code' || context === 'quoted') return 'text';
      if (role.type === 'opens-answer') {
        const isBehindReasoning = context === 'after-block' || (context === 'start' && hasReasoning);
        if (role.afterReasoning && !isBehindReasoning) return 'text';
        ({ closings, afterReasoning: isRest } = role);
        return 'removed';
      }
      const closes = closings.includes(tag);
      if (role.type === 'closes-answer' && (role.closesAlone || (closes && !isRest))) return 'removed';
      const isEnd = role.type === 'ends-answer' || role.isEnd;
      return closes || (isEnd && WORD_OR_SENTENCE_END.test(position.last)) ? 'ends' : 'text';
    },
  };
}
