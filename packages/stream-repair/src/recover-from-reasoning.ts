import type { StreamEvent } from '@openclaw/provider';
import { findCallStart } from './find-call-start.ts';
import { readReasoningEnd } from './reasoning-end.ts';
import type { ReasoningEnd, ReasoningEndOptions } from './reasoning-end.ts';
import type { StreamTransform } from './stream-transform.ts';
import { createTextPosition } from './text-position.ts';
import type { TextPosition } from './text-position.ts';
import { createTextReader } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';

/** Options of `createReasoningRecovery`. */
export interface ReasoningRecoveryOptions extends Omit<ReasoningEndOptions, 'isStart'> {
  readonly generateId: () => string;
  /** In characters. A longer candidate stays reasoning. */
  readonly maxHeldCharacters: number;
}

interface Candidate {
  readonly reader: TextReader;
  readonly parse: Parse<ReasoningEnd | undefined>;
}

/** Without tools only `<response>` can start. */
const RESPONSE_STARTS = { markerStart: /</g, lineStart: /</g };

/**
 * Recovers what the model said at the end of its reasoning, if it said nothing else: whole calls behind a marker, an
 * answer in `<response>`, or a JSON answer that was asked for. Reasoning is held from such a start on, and emitted if it
 * goes on in another way, or text or a call follows.
 */
export function createReasoningRecovery(options: ReasoningRecoveryOptions): StreamTransform {
  const { calls, jsonAnswer, generateId, maxHeldCharacters } = options;
  const position = createTextPosition();
  const starts = calls ?? RESPONSE_STARTS;
  let candidate: Candidate | undefined;
  /** Blank text behind a candidate. */
  let heldBlanks: StreamEvent[] = [];
  let isOver = false;
  let hasReasoning = false;
  let lastCharacter = '';

  const isAtLineStart = (): boolean => lastCharacter === '' || lastCharacter === '\n';

  /** Reads reasoning, and returns what can be emitted of it. */
  const readReasoning = (text: string): string => {
    let emitted = '';
    let rest = text;
    while (rest !== '') {
      if (!candidate) {
        const start = findStart(rest);
        emitted += rest.slice(0, start);
        rest = rest.slice(start);
        if (rest === '') break;
        const reader = createTextReader();
        const isStart = position.context() === 'start';
        candidate = { reader, parse: readReasoningEnd(reader, { calls, jsonAnswer, isStart }) };
      }
      const { reader, parse } = candidate;
      reader.give(rest);
      const step = parse.next();
      const isHeld = step.done !== true && reader.text.length <= maxHeldCharacters;
      if (isHeld) break;
      candidate = undefined;
      const end = step.done === true ? Math.max(1, reader.offset) : reader.text.length;
      const read = reader.text.slice(0, end);
      position.read(read);
      emitted += read;
      rest = reader.text.slice(end);
    }
    return emitted;
  };

  /** The index of the next start of a candidate, or the length. */
  const findStart = (text: string): number => {
    if (jsonAnswer && !hasReasoning) {
      const first = text.search(/\S/);
      if (first !== -1 && /[{[]/.test(text.charAt(first))) {
        position.read(text.slice(0, first));
        return first;
      }
    }
    const pass = (part: string): void => position.read(part);
    return (
      text.length - findCallStart(text, { calls: starts, position, isAtLineStart, pass, counts: isInProse }).length
    );
  };

  const release = (): readonly StreamEvent[] => {
    const text = candidate?.reader.text ?? '';
    candidate = undefined;
    const events = [...reasoningDelta(text), ...heldBlanks];
    heldBlanks = [];
    return events;
  };

  const finish = (event: Extract<StreamEvent, { type: 'finish' }>): readonly StreamEvent[] => {
    if (!candidate || (event.reason !== 'stop' && event.reason !== 'tool-calls')) return [...release(), event];
    const { reader, parse } = candidate;
    reader.end(false);
    const step = parse.next();
    const end = step.done === true ? step.value : undefined;
    if (!end) return [...release(), event];
    candidate = undefined;
    if (end.type === 'text') {
      return [repair('The answer was at the end of the reasoning.'), { type: 'text-delta', text: end.text }, event];
    }
    const recovered = end.calls.flatMap(({ name, argumentsText, id = generateId() }): StreamEvent[] => [
      repair(`The model wrote its call of ${name} at the end of its reasoning.`),
      { type: 'tool-call-start', id, name },
      ...(argumentsText === '' ? [] : [{ type: 'tool-call-delta' as const, id, argumentsText }]),
      { type: 'tool-call-end', id, name, argumentsText },
    ]);
    return [...recovered, { ...event, reason: 'tool-calls' }];
  };

  return {
    get isOver() {
      return isOver;
    },
    push(event) {
      if (isOver) return [event];
      switch (event.type) {
        case 'reasoning-delta': {
          const text = readReasoning(event.text);
          lastCharacter = event.text.slice(-1);
          hasReasoning ||= event.text.trim() !== '';
          return text === event.text ? [event] : reasoningDelta(text);
        }
        case 'text-delta':
          if (event.text.trim() !== '') {
            isOver = true;
            return [...release(), event];
          }
          if (!candidate) return [event];
          heldBlanks.push(event);
          return [];
        case 'tool-call-start':
        case 'error':
          isOver = true;
          return [...release(), event];
        case 'finish':
          return finish(event);
        case 'start':
        case 'fallback':
        case 'tool-call-delta':
        case 'tool-call-end':
        case 'repair':
        case 'warning':
          return [event];
      }
    },
    end: release,
  };
}

function isInProse(_mark: string, position: TextPosition): boolean {
  const context = position.context();
  return context !== 'code' && context !== 'quoted';
}

function reasoningDelta(text: string): readonly StreamEvent[] {
  return text === '' ? [] : [{ type: 'reasoning-delta', text }];
}

function repair(detail: string): StreamEvent {
  return { type: 'repair', repair: 'tool-call-from-text', detail };
}
