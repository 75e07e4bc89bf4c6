import type { StreamEvent } from '@openclaw/provider';
import { createAnswerText } from './answer-text.ts';
import { findCallStart } from './find-call-start.ts';
import { createCallNameRepair } from './repair-call-names.ts';
import type { StreamTransform } from './stream-transform.ts';
import { joinText, textDelta } from './text-events.ts';
import { createTextReader } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';
import { readCandidate, readStrayClosing } from './tool-call-candidate.ts';
import type { CandidateOutcome } from './tool-call-candidate.ts';
import { createRepeatedCalls } from './repeated-calls.ts';
import type { Decided, ServerCallEvent } from './repeated-calls.ts';
import type { FoundCalls, ToolCallReader } from './tool-call-syntaxes.ts';
import type { ToolIndex } from './tool-index.ts';

/** Options of `createToolCallRecovery`. */
export interface RecoverToolCallsOptions {
  readonly tools: ToolIndex;
  readonly calls: ToolCallReader;
  readonly generateId: () => string;
  /** In characters. A longer candidate for a call is emitted as text. */
  readonly maxHeldCharacters: number;
}

interface Candidate {
  readonly reader: TextReader;
  readonly parse: Parse<CandidateOutcome>;
}

/**
 * Turns tool calls that the model wrote as text into tool calls, if they have the exact name of a tool of the request
 * and are at the place of a call. All other text stays unchanged. Blanks after a call are removed, unless they
 * separate two words, and so are blanks that are the only text before the first call. After a call from the server
 * itself, text is not changed, except that a stray closing tag right after that call is removed.
 */
export function createToolCallRecovery(options: RecoverToolCallsOptions): StreamTransform {
  const { tools, generateId, maxHeldCharacters } = options;
  const callNames = createCallNameRepair(tools);
  const repeated = createRepeatedCalls();
  const usedIds = new Set<string>();
  const answer = createAnswerText({ maxHeldBlanks: maxHeldCharacters });
  const { position } = answer;
  let candidate: Candidate | undefined;
  let server: 'no-calls' | 'made-a-call' | 'made-calls' = 'no-calls';
  let recovered = 0;

  const promote = ({ calls, label }: FoundCalls): StreamEvent[] =>
    calls.flatMap((call): StreamEvent[] => {
      const { name, argumentsText, text = '' } = call;
      const id = call.id === undefined || usedIds.has(call.id) ? generateId() : call.id;
      usedIds.add(id);
      recovered += 1;
      repeated.noteRecovered(call);
      return [
        ...textDelta(text === '' ? '' : answer.add(text)),
        repair(`The model wrote its call of ${name} as text (${label}).`),
        { type: 'tool-call-start', id, name },
        ...(argumentsText === '' ? [] : [{ type: 'tool-call-delta' as const, id, argumentsText }]),
        { type: 'tool-call-end', id, name, argumentsText },
      ];
    });

  /** Resumes the parser of the candidate. `rest` is the text that it did not read. */
  const resume = ({ reader, parse }: Candidate): { readonly events: readonly StreamEvent[]; readonly rest: string } => {
    const step = parse.next();
    if (step.done !== true && reader.text.length <= maxHeldCharacters) return { events: [], rest: '' };
    candidate = undefined;
    if (step.done !== true) return { events: textDelta(answer.add(reader.text)), rest: '' };
    const { groups, end } = step.value;
    const events = groups.flatMap(promote);
    if (end > 0) {
      answer.passBlock();
      if (groups.length === 0 && server !== 'no-calls') events.push(repair('A closing tag after a call was removed.'));
    }
    events.push(...textDelta(answer.add(reader.text.slice(end, reader.offset))));
    return { events, rest: reader.text.slice(reader.offset) };
  };

  const startCandidate = (): Candidate => {
    const reader = createTextReader();
    if (server !== 'no-calls') return { reader, parse: readStrayClosing(reader) };
    const place = { context: position.context(), before: position.recent };
    return { reader, parse: readCandidate(reader, options.calls, place) };
  };

  /** Finds the start of a candidate. `plain` is the text before it, and `rest` starts with it. */
  const scan = (text: string): { readonly plain: string; readonly rest: string } => {
    let plain = '';
    const rest = findCallStart(text, {
      calls: options.calls,
      position,
      isAtLineStart: () => answer.isAtLineStart,
      pass(part) {
        plain += answer.add(part);
      },
    });
    return { plain, rest };
  };

  const readText = (text: string): readonly StreamEvent[] => {
    const events: StreamEvent[] = [];
    let rest = text;
    while (rest !== '') {
      if (!candidate) {
        if (server === 'made-calls') return [...events, ...textDelta(answer.add(rest))];
        const scanned = server === 'made-a-call' ? { plain: '', rest } : scan(rest);
        events.push(...textDelta(scanned.plain));
        if (scanned.rest === '') break;
        candidate = startCandidate();
        if (server === 'made-a-call') server = 'made-calls';
        rest = scanned.rest;
      }
      candidate.reader.give(rest);
      const resumed = resume(candidate);
      events.push(...resumed.events);
      rest = resumed.rest;
    }
    return events;
  };

  /** Decides on everything that is held. */
  const settle = (cut: boolean): readonly StreamEvent[] => {
    const events: StreamEvent[] = [];
    while (candidate) {
      candidate.reader.end(cut);
      const resumed = resume(candidate);
      events.push(...resumed.events, ...readText(resumed.rest));
    }
    return [...events, ...textDelta(answer.leadingBlanks())];
  };

  /** Emits all held text as text. */
  const release = (): readonly StreamEvent[] => {
    const held = candidate?.reader.text ?? '';
    candidate = undefined;
    return [...textDelta(held === '' ? '' : answer.add(held)), ...textDelta(answer.leadingBlanks())];
  };

  /** The server makes a call itself. Text that is held for a call may repeat it. */
  const startServerCall = (): readonly StreamEvent[] => {
    if (server === 'no-calls' && candidate) {
      const { reader, parse } = candidate;
      reader.end(false);
      const step = parse.next();
      const rest = step.done === true ? reader.text.slice(step.value.end) : 'more';
      const groups = step.done === true ? step.value.groups : [];
      if (groups.length > 0 && rest.trim() === '') {
        repeated.hold(
          answer.takeBlanks() + reader.text,
          groups.flatMap(({ calls }) => calls),
        );
        candidate = undefined;
      }
    }
    server = 'made-a-call';
    return release();
  };

  const emitDecided = ({ text, events }: Decided): readonly StreamEvent[] => [
    ...textDelta(text === '' ? '' : answer.add(text)),
    ...events,
  ];

  const settleRepeated = (): readonly StreamEvent[] => (repeated.isHolding ? emitDecided(repeated.settle()) : []);

  const handle = (event: StreamEvent): readonly StreamEvent[] => {
    switch (event.type) {
      case 'text-delta': {
        const events = joinText(readText(event.text));
        const [only] = events;
        return events.length === 1 && only?.type === 'text-delta' && only.text === event.text ? [event] : events;
      }
      case 'finish': {
        const events = settle(event.reason !== 'stop' && event.reason !== 'tool-calls');
        const reason = recovered > 0 && event.reason === 'stop' ? 'tool-calls' : event.reason;
        return [...events, reason === event.reason ? event : { ...event, reason }];
      }
      case 'error':
        return [...release(), event];
      case 'start':
      case 'fallback':
      case 'reasoning-delta':
      case 'tool-call-start':
      case 'tool-call-delta':
      case 'tool-call-end':
      case 'repair':
      case 'warning':
        return [event];
    }
  };

  const handleServerCall = (event: ServerCallEvent): readonly StreamEvent[] =>
    callNames.repair(event).flatMap((each) => (isServerCall(each) ? emitDecided(repeated.push(each)) : [each]));

  return {
    push(event) {
      if (event.type === 'tool-call-start') return [...startServerCall(), ...handleServerCall(event)];
      if (isServerCall(event)) return handleServerCall(event);
      return repeated.isHolding ? [...settleRepeated(), ...handle(event)] : handle(event);
    },
    end: () => [...settleRepeated(), ...release()],
  };
}

function isServerCall(event: StreamEvent): event is ServerCallEvent {
  return event.type === 'tool-call-start' || event.type === 'tool-call-delta' || event.type === 'tool-call-end';
}

function repair(detail: string): StreamEvent {
  return { type: 'repair', repair: 'tool-call-from-text', detail };
}
