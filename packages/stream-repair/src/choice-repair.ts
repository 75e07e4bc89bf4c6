import type { FinishReason, RepairEvent, StreamEvent } from '@openclaw/provider';
import { createChoiceDecoder } from './choice-decoder.ts';
import type { ChunkChoice } from './completion-chunk.ts';
import { createStreamRepair } from './repair-stream.ts';
import type { RepairStreamOptions } from './repair-stream.ts';

/** What replaces the delta and the finish reason of a choice in one chunk. */
export interface RepairedDelta {
  readonly delta: object;
  readonly finish_reason: string | null;
}

/** The repairs of one choice of an answer. */
export interface ChoiceRepair {
  /** The repaired deltas; none if all is held. `undefined` if the choice may stay as it is. */
  push(choice: ChunkChoice): readonly RepairedDelta[] | undefined;
  /** What is still held at the end of an answer without a finish reason. */
  end(): readonly RepairedDelta[];
}

export interface ChoiceRepairOptions extends RepairStreamOptions {
  readonly generateId: () => string;
  readonly onRepair?: ((repair: RepairEvent) => void) | undefined;
}

export function createChoiceRepair({ onRepair, ...options }: ChoiceRepairOptions): ChoiceRepair {
  const decoder = createChoiceDecoder(options);
  const repair = createStreamRepair(options);
  /** The indexes of calls by their ids. Recovered calls count, too. */
  const indexes = new Map<string, number>();
  let isFirst = true;

  return {
    push(choice) {
      const events = decoder.decode(choice);
      const repaired = events.length === 0 ? [] : repair.push(events);
      const isSame = repaired.length === events.length && repaired.every((event, index) => event === events[index]);
      const wasFirst = isFirst;
      isFirst = false;
      // Calls are numbered anew.
      if (isSame && choice.delta.tool_calls === undefined) return undefined;
      const rest = restOf(choice);
      const [first, ...others] = repaired.flatMap((event) => encode(event, choice.finish_reason));
      if (first !== undefined) return [{ ...first, delta: { ...rest, ...first.delta } }, ...others];
      // The role comes at once, also if the text beside it is held.
      return wasFirst && Object.keys(rest).length > 0 ? [open(rest)] : [];
    },
    end: () => repair.push([]).flatMap((event) => encode(event, null)),
  };

  function encode(event: StreamEvent, finishReason: string | null): readonly RepairedDelta[] {
    switch (event.type) {
      case 'text-delta':
        return [open({ content: event.text })];
      case 'reasoning-delta':
        // Clients look for either name.
        return [open({ reasoning_content: event.text, reasoning: event.text })];
      case 'tool-call-start': {
        const index = indexes.size;
        indexes.set(event.id, index);
        return [
          open({
            tool_calls: [{ index, id: event.id, type: 'function', function: { name: event.name, arguments: '' } }],
          }),
        ];
      }
      case 'tool-call-delta': {
        const index = indexes.get(event.id) ?? 0;
        return [open({ tool_calls: [{ index, function: { arguments: event.argumentsText } }] })];
      }
      case 'finish':
        return [{ delta: {}, finish_reason: FINISH_WORDS[event.reason] ?? finishReason ?? 'stop' }];
      case 'repair':
        onRepair?.(event);
        return [];
      case 'start':
      case 'tool-call-end':
      case 'warning':
      case 'fallback':
      case 'error':
        return [];
    }
  }
}

/** What a delta has besides what is repaired, such as the role. */
function restOf({ delta }: ChunkChoice): object {
  return Object.fromEntries(Object.entries(delta).filter(([key]) => !REPAIRED_KEYS.has(key)));
}

const REPAIRED_KEYS: ReadonlySet<string> = new Set(['content', 'tool_calls', 'reasoning_content', 'reasoning']);

function open(delta: object): RepairedDelta {
  return { delta, finish_reason: null };
}

/** The word of the server stays for a reason that has none here. */
const FINISH_WORDS: Readonly<Record<FinishReason, string | undefined>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  other: undefined,
};
