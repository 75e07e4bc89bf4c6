import type { StreamEvent } from '../stream-event.ts';

/**
 * Passes events through. Throws at the first event that violates the grammar of `StreamEvent`, or at an end without
 * `finish` or `error`.
 */
export async function* checkedStream(events: AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent, void, undefined> {
  const grammar = createGrammarCheck();
  for await (const event of events) {
    grammar.check(event);
    yield event;
  }
  grammar.end();
}

/** Throws unless these events are a complete stream by the grammar of `StreamEvent`. */
export function assertStreamGrammar(events: readonly StreamEvent[]): void {
  const grammar = createGrammarCheck();
  for (const event of events) grammar.check(event);
  grammar.end();
}

const OPENING: ReadonlySet<StreamEvent['type']> = new Set(['fallback', 'start', 'error']);

interface GrammarCheck {
  check(event: StreamEvent): void;
  end(): void;
}

function createGrammarCheck(): GrammarCheck {
  let phase: 'before' | 'started' | 'ended' = 'before';
  const openCalls = new Map<string, { readonly name: string; argumentsText: string }>();
  let position = 0;

  return {
    check(event) {
      if (phase === 'ended') refuse(event, 'nothing may follow `finish` or `error`');
      checkEvent(event);
      position += 1;
    },
    end() {
      if (phase !== 'ended')
        throw new Error(`The stream ended after ${position} events with neither \`finish\` nor \`error\`.`);
    },
  };

  function checkEvent(event: StreamEvent): void {
    if (phase === 'before' && !OPENING.has(event.type)) refuse(event, 'before `start` nothing is said or finished');
    switch (event.type) {
      case 'fallback':
        if (phase !== 'before') refuse(event, 'there is no fallback after `start`');
        return;
      case 'start':
        if (phase !== 'before') refuse(event, 'there is one `start`');
        phase = 'started';
        return;
      case 'error':
        phase = 'ended';
        return;
      case 'finish':
        if (openCalls.size > 0) refuse(event, `these calls have not ended: ${[...openCalls.keys()].join(', ')}`);
        phase = 'ended';
        return;
      case 'text-delta':
      case 'reasoning-delta':
        if (event.text === '') refuse(event, 'a delta may not be empty');
        return;
      case 'tool-call-start':
        if (event.id === '') refuse(event, 'a call needs an id');
        if (openCalls.has(event.id)) refuse(event, 'a call of this id is open already');
        openCalls.set(event.id, { name: event.name, argumentsText: '' });
        return;
      case 'tool-call-delta': {
        const call = openCalls.get(event.id) ?? refuse(event, 'no call of this id is open');
        if (event.argumentsText === '') refuse(event, 'a delta may not be empty');
        call.argumentsText += event.argumentsText;
        return;
      }
      case 'tool-call-end': {
        const call = openCalls.get(event.id) ?? refuse(event, 'no call of this id is open');
        if (call.argumentsText !== event.argumentsText)
          refuse(event, `its deltas said ${JSON.stringify(call.argumentsText)}`);
        if (call.name !== event.name) refuse(event, `it was started as ${JSON.stringify(call.name)}`);
        openCalls.delete(event.id);
        return;
      }
      case 'repair':
      case 'warning':
        return;
    }
  }

  function refuse(event: StreamEvent, rule: string): never {
    throw new Error(`Event ${position} breaks the grammar of a stream: ${rule}. It is ${JSON.stringify(event)}.`);
  }
}
