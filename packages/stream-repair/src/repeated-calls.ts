import type { StreamEvent, ToolCallEndEvent } from '@openclaw/provider';
import { isSameCall } from './same-call.ts';
import type { FoundCall } from './tool-index.ts';

/** Events of the server's own calls. */
export type ServerCallEvent = Extract<StreamEvent, { type: 'tool-call-start' | 'tool-call-delta' | 'tool-call-end' }>;

/** Finds calls that a server sends twice: as text and as a call of its own. */
export interface RepeatedCalls {
  /** Whether events are held. */
  readonly isHolding: boolean;
  /** Notes a call that was recovered from the text. If the server sends it as well, its events are dropped. */
  noteRecovered(call: FoundCall): void;
  /** Holds text that ends with these calls. It is dropped if the server sends all of them as well. */
  hold(text: string, calls: readonly FoundCall[]): void;
  /** Takes an event of the server's own calls and returns what is decided. */
  push(event: ServerCallEvent): Decided;
  /** No more events of the server's calls follow for now. */
  settle(): Decided;
}

/** What is emitted: text first. */
export interface Decided {
  readonly text: string;
  readonly events: readonly StreamEvent[];
}

const NOTHING: Decided = { text: '', events: [] };

/** Creates a finder that has seen no call. */
export function createRepeatedCalls(): RepeatedCalls {
  let recovered: FoundCall[] = [];
  let inText: { readonly text: string; missing: FoundCall[] } | undefined;
  let held: ServerCallEvent[] = [];
  /** Calls whose start was emitted before their end came: it is too late to drop them. */
  const emitted = new Set<string>();
  let open = 0;

  const decide = (): Decided => {
    const text = inText?.text ?? '';
    inText = undefined;
    const dropped = new Set<string>();
    for (const end of held.filter(isEnd)) {
      const repeated = recovered.find((call) => isSameCall(call, end));
      if (!repeated) continue;
      recovered = recovered.filter((call) => call !== repeated);
      dropped.add(end.id);
    }
    const events: StreamEvent[] = held.filter(({ id }) => !dropped.has(id));
    const ended = new Set(held.filter(isEnd).map(({ id }) => id));
    for (const { id } of held) if (!ended.has(id)) emitted.add(id);
    held = [];
    open = 0;
    return { text, events: dropped.size > 0 ? [repair('The server sent a call again.'), ...events] : events };
  };

  return {
    get isHolding() {
      return held.length > 0 || inText !== undefined;
    },
    noteRecovered(call) {
      recovered.push(call);
    },
    hold(text, calls) {
      inText = { text, missing: [...calls] };
    },
    push(event) {
      if (emitted.has(event.id) || (recovered.length === 0 && !inText)) return { text: '', events: [event] };
      held.push(event);
      if (event.type === 'tool-call-start') open += 1;
      if (event.type !== 'tool-call-end') return NOTHING;
      open -= 1;
      if (!inText) return open === 0 ? decide() : NOTHING;
      const found = inText.missing.findIndex((call) => isSameCall(call, event));
      if (found === -1) return open === 0 ? decide() : NOTHING;
      inText.missing.splice(found, 1);
      if (inText.missing.length > 0 || open > 0) return NOTHING;
      inText = undefined;
      const { events } = decide();
      return { text: '', events: [repair('The text repeated the call of the server and was removed.'), ...events] };
    },
    settle: decide,
  };
}

function isEnd(event: ServerCallEvent): event is ToolCallEndEvent {
  return event.type === 'tool-call-end';
}

function repair(detail: string): StreamEvent {
  return { type: 'repair', repair: 'tool-call-from-text', detail };
}
