import type { StreamEvent, ToolDefinition } from '@openclaw/provider';
import { mayBePromoted } from './promotion-rule.ts';
import { createCallNameRepair } from './repair-call-names.ts';
import type { StreamTransform } from './stream-transform.ts';
import { createTextPosition } from './text-position.ts';
import { createTextReader } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';
import { readCandidate, readStrayClosing } from './tool-call-candidate.ts';
import type { CandidateOutcome } from './tool-call-candidate.ts';
import { MARKER_BEGIN } from './tool-call-syntaxes.ts';
import type { CallForm, FoundCalls } from './tool-call-syntaxes.ts';
import { createToolIndex } from './tool-index.ts';

/** What tool calls are recovered with. */
export interface RecoverToolCallsOptions {
  readonly tools: readonly ToolDefinition[];
  readonly generateId: () => string;
  /** Characters; a text that might be a call and is longer goes on as text. */
  readonly maxHeldCharacters: number;
}

/** What begins with a character that begins nothing else. */
const FORMS: Readonly<Record<string, CallForm>> = { '{': 'bare', '`': 'fenced' };

interface Candidate {
  readonly reader: TextReader;
  readonly parse: Parse<CandidateOutcome>;
}

/**
 * Turns tool calls that the model wrote as text into tool calls, when they have the exact name of a tool of the request
 * and stand where a call would. All other text goes on as it is. Blanks behind a call go with it, unless they keep two
 * words apart; so do blanks that are all that stands before the first call. Once the server itself has delivered a
 * call, text is left alone, but for a stray closing tag right behind that call.
 */
export function createToolCallRecovery(options: RecoverToolCallsOptions): StreamTransform {
  const { generateId, maxHeldCharacters } = options;
  const tools = createToolIndex(options.tools);
  const callNames = createCallNameRepair(tools);
  const position = createTextPosition();
  let candidate: Candidate | undefined;
  let blanks = '';
  let server: 'no-calls' | 'made-a-call' | 'made-calls' = 'no-calls';
  let recovered = 0;

  const say = (text: string): string => {
    const where = position.context();
    const mayBelongToCall = where === 'start' || where === 'after-block';
    if (mayBelongToCall && text.trim() === '' && blanks.length + text.length <= maxHeldCharacters) {
      blanks += text;
      return '';
    }
    const whole = blanks + text;
    blanks = '';
    const said = where === 'after-block' && /^\s?$/.test(position.last) ? whole.trimStart() : whole;
    position.read(said);
    return said;
  };

  const promote = ({ calls, label }: FoundCalls): StreamEvent[] =>
    calls.flatMap(({ name, argumentsText }): StreamEvent[] => {
      const id = generateId();
      recovered += 1;
      return [
        repair(`The model wrote its call of ${name} as text (${label}).`),
        { type: 'tool-call-start', id, name },
        ...(argumentsText === '' ? [] : [{ type: 'tool-call-delta' as const, id, argumentsText }]),
        { type: 'tool-call-end', id, name, argumentsText },
      ];
    });

  /** Lets the candidate read on; `rest` is what it did not read. */
  const resume = ({ reader, parse }: Candidate): { readonly events: readonly StreamEvent[]; readonly rest: string } => {
    const step = parse.next();
    if (step.done !== true && reader.text.length <= maxHeldCharacters) return { events: [], rest: '' };
    candidate = undefined;
    if (step.done !== true) return { events: textDelta(say(reader.text)), rest: '' };
    const { groups, end } = step.value;
    const events = groups.flatMap(promote);
    if (end > 0) {
      blanks = '';
      position.passBlock();
      if (groups.length === 0 && server !== 'no-calls') events.push(repair('A closing tag behind a call was removed.'));
    }
    events.push(...textDelta(say(reader.text.slice(end, reader.offset))));
    return { events, rest: reader.text.slice(reader.offset) };
  };

  const begin = (): Candidate => {
    const reader = createTextReader();
    if (server !== 'no-calls') return { reader, parse: readStrayClosing(reader) };
    const place = { context: position.context(), before: position.recent };
    return { reader, parse: readCandidate(reader, tools, place) };
  };

  /** Where a candidate may begin; what stands before it has been said into `plain`. */
  const scan = (text: string): { readonly plain: string; readonly rest: string } => {
    let plain = '';
    let from = 0;
    MARKER_BEGIN.lastIndex = 0;
    for (let match = MARKER_BEGIN.exec(text); match; match = MARKER_BEGIN.exec(text)) {
      const [mark] = match;
      if (match.index > from) plain += say(text.slice(from, match.index));
      from = match.index;
      const isWithinRow = mark === '`' && position.last === '`';
      if (isWithinRow || !mayBePromoted(FORMS[mark] ?? 'marked', position.context())) continue;
      return { plain, rest: text.slice(from) };
    }
    return { plain: plain + say(text.slice(from)), rest: '' };
  };

  const readText = (text: string): readonly StreamEvent[] => {
    const events: StreamEvent[] = [];
    let rest = text;
    while (rest !== '') {
      if (!candidate) {
        if (server === 'made-calls') return [...events, ...textDelta(say(rest))];
        const scanned = server === 'made-a-call' ? { plain: '', rest } : scan(rest);
        events.push(...textDelta(scanned.plain));
        if (scanned.rest === '') break;
        candidate = begin();
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

  /** Lets everything that is held go as text. */
  const release = (): readonly StreamEvent[] => {
    const held = candidate?.reader.text ?? '';
    candidate = undefined;
    return [...textDelta(held === '' ? '' : say(held)), ...leadingBlanks()];
  };

  const leadingBlanks = (): readonly StreamEvent[] => {
    const said = position.context() === 'start' ? blanks : '';
    blanks = '';
    return textDelta(said);
  };

  return {
    push(event) {
      switch (event.type) {
        case 'text-delta': {
          const events = joinText(readText(event.text));
          const [only] = events;
          return events.length === 1 && only?.type === 'text-delta' && only.text === event.text ? [event] : events;
        }
        case 'tool-call-start':
          server = 'made-a-call';
          return [...release(), ...callNames.repair(event)];
        case 'tool-call-end':
          return callNames.repair(event);
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
        case 'tool-call-delta':
        case 'repair':
          return [event];
      }
    },
    end: release,
  };
}

function repair(detail: string): StreamEvent {
  return { type: 'repair', repair: 'tool-call-from-text', detail };
}

function textDelta(text: string): readonly StreamEvent[] {
  return text === '' ? [] : [{ type: 'text-delta', text }];
}

/** Text that lies side by side comes as one delta, as it came in. */
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
