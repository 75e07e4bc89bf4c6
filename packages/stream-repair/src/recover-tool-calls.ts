import type { StreamEvent } from '@openclaw/provider';
import { mayBePromoted } from './promotion-rule.ts';
import { createCallNameRepair } from './repair-call-names.ts';
import type { StreamTransform } from './stream-transform.ts';
import { createTextPosition, LINE_STARTS } from './text-position.ts';
import { createTextReader } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';
import { readCandidate, readStrayClosing } from './tool-call-candidate.ts';
import type { CandidateOutcome } from './tool-call-candidate.ts';
import type { CallForm } from './model-family.ts';
import { createRepeatedCalls } from './repeated-calls.ts';
import type { Decided, ServerCallEvent } from './repeated-calls.ts';
import { WORD_CHARACTER } from './tool-call-syntaxes.ts';
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

/** The form of a candidate by its first character, where that is unambiguous. */
const FORMS: Readonly<Record<string, CallForm>> = { '{': 'bare', '`': 'fenced' };

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
  const { lineStart, markerStart } = options.calls;
  const callNames = createCallNameRepair(tools);
  const repeated = createRepeatedCalls();
  const usedIds = new Set<string>();
  const position = createTextPosition();
  let candidate: Candidate | undefined;
  let blanks = '';
  let server: 'no-calls' | 'made-a-call' | 'made-calls' = 'no-calls';
  let recovered = 0;
  /** Whether the last text was more than blanks, so that no blanks are held. */
  let isWithinText = false;
  /** The last character of the text. */
  let last = '';

  const addText = (text: string): string => {
    const emitted = isWithinText ? text : addTextAtStart(text);
    if (emitted !== '') last = emitted.slice(-1);
    position.read(emitted);
    return emitted;
  };

  /** Adds text before which there are only blanks since the start of the answer or since a call. */
  const addTextAtStart = (text: string): string => {
    const where = position.context();
    const mayBelongToCall = where === 'start' || where === 'after-block';
    if (mayBelongToCall && text.trim() === '' && blanks.length + text.length <= maxHeldCharacters) {
      blanks += text;
      return '';
    }
    const whole = blanks + text;
    blanks = '';
    const emitted = where === 'after-block' && /^\s?$/.test(position.last) ? whole.trimStart() : whole;
    isWithinText = emitted.trim() !== '';
    return emitted;
  };

  const promote = ({ calls, label }: FoundCalls): StreamEvent[] =>
    calls.flatMap((call): StreamEvent[] => {
      const { name, argumentsText, text = '' } = call;
      const id = call.id === undefined || usedIds.has(call.id) ? generateId() : call.id;
      usedIds.add(id);
      recovered += 1;
      repeated.noteRecovered(call);
      return [
        ...textDelta(text === '' ? '' : addText(text)),
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
    if (step.done !== true) return { events: textDelta(addText(reader.text)), rest: '' };
    const { groups, end } = step.value;
    const events = groups.flatMap(promote);
    if (end > 0) {
      blanks = '';
      position.passBlock();
      isWithinText = false;
      if (groups.length === 0 && server !== 'no-calls') events.push(repair('A closing tag after a call was removed.'));
    }
    events.push(...textDelta(addText(reader.text.slice(end, reader.offset))));
    return { events, rest: reader.text.slice(reader.offset) };
  };

  const startCandidate = (): Candidate => {
    const reader = createTextReader();
    if (server !== 'no-calls') return { reader, parse: readStrayClosing(reader) };
    const place = { context: position.context(), before: position.recent };
    return { reader, parse: readCandidate(reader, options.calls, place) };
  };

  /** Whether a marker that counts only at the start of a line is elsewhere. */
  const isInLine = (mark: string, index: number): boolean =>
    index === 0 && WORD_CHARACTER.test(mark) && !LINE_STARTS.has(position.context());

  /** Finds the start of a candidate. `plain` is the text before it, and `rest` starts with it. */
  const scan = (text: string): { readonly plain: string; readonly rest: string } => {
    let plain = '';
    let from = 0;
    const mayStartLine = !isWithinText || last === '\n' || text.includes('\n');
    const start = mayStartLine ? lineStart : markerStart;
    start.lastIndex = 0;
    for (let match = start.exec(text); match; match = start.exec(text)) {
      const [mark] = match;
      if (match.index > from) plain += addText(text.slice(from, match.index));
      from = match.index;
      const isWithinRow = mark === '`' && position.last === '`';
      if (isWithinRow || isInLine(mark, match.index) || !mayBePromoted(FORMS[mark] ?? 'marked', position.context()))
        continue;
      return { plain, rest: text.slice(from) };
    }
    return { plain: plain + addText(text.slice(from)), rest: '' };
  };

  const readText = (text: string): readonly StreamEvent[] => {
    const events: StreamEvent[] = [];
    let rest = text;
    while (rest !== '') {
      if (!candidate) {
        if (server === 'made-calls') return [...events, ...textDelta(addText(rest))];
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
    return [...events, ...leadingBlanks()];
  };

  /** Emits all held text as text. */
  const release = (): readonly StreamEvent[] => {
    const held = candidate?.reader.text ?? '';
    candidate = undefined;
    return [...textDelta(held === '' ? '' : addText(held)), ...leadingBlanks()];
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
          blanks + reader.text,
          groups.flatMap(({ calls }) => calls),
        );
        blanks = '';
        candidate = undefined;
      }
    }
    server = 'made-a-call';
    return release();
  };

  const emitDecided = ({ text, events }: Decided): readonly StreamEvent[] => [
    ...textDelta(text === '' ? '' : addText(text)),
    ...events,
  ];

  const settleRepeated = (): readonly StreamEvent[] => (repeated.isHolding ? emitDecided(repeated.settle()) : []);

  const leadingBlanks = (): readonly StreamEvent[] => {
    const text = position.context() === 'start' ? blanks : '';
    blanks = '';
    return textDelta(text);
  };

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

function textDelta(text: string): readonly StreamEvent[] {
  return text === '' ? [] : [{ type: 'text-delta', text }];
}

/** Joins adjacent text deltas. */
function joinText(events: readonly StreamEvent[]): readonly StreamEvent[] {
  const joined: StreamEvent[] = [];
  for (const event of events) {
    const before = joined.at(-1);
    if (event.type === 'text-delta' && before?.type === 'text-delta') {
      joined[joined.length - 1] = { type: 'text-delta', text: before.text + event.text };
    } else joined.push(event);
  }
  return joined;
}
