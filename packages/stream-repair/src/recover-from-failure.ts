import type { StreamEvent } from '@openclaw/provider';
import type { StreamTransform } from './stream-transform.ts';

/**
 * Recovers the calls of an answer that the server refused because it could not parse them itself: Groq answers 400 with
 * the text of the model. Without a call in the text, the error stays. `createRecovery` reads calls in the text.
 */
export function createFailureRecovery(createRecovery: () => StreamTransform): StreamTransform {
  let hasStarted = false;

  return {
    get isOver() {
      return hasStarted;
    },
    push(event) {
      if (event.type === 'start') hasStarted = true;
      if (event.type !== 'error' || hasStarted) return [event];
      const { generatedText, model = '' } = event.error;
      if (generatedText === undefined || generatedText === '') return [event];
      const recovery = createRecovery();
      const answer: readonly StreamEvent[] = [
        { type: 'start', model },
        { type: 'text-delta', text: generatedText },
        { type: 'finish', reason: 'stop' },
      ];
      const events = answer.flatMap((each) => recovery.push(each));
      return events.some(({ type }) => type === 'tool-call-end') ? events : [event];
    },
    end: () => [],
  };
}
