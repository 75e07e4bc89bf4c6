import type { FinishReason, StreamEvent } from '@openclaw/provider';
import type { ChunkChoice, ChunkDelta, ChunkToolCall } from './completion-chunk.ts';

/** Turns the chunks of one choice into events, without `start`. */
export interface ChoiceDecoder {
  decode(choice: ChunkChoice): readonly StreamEvent[];
}

interface OpenCall {
  readonly id: string;
  /** Empty until a fragment has it. The call starts then. */
  name: string;
  argumentsText: string;
}

/** Calls end with the answer: fragments of several calls may alternate. */
export function createChoiceDecoder({ generateId }: { readonly generateId: () => string }): ChoiceDecoder {
  const open = new Map<number, OpenCall>();

  return {
    decode({ delta, finish_reason: reason }) {
      const events: StreamEvent[] = [];
      const reasoning = reasoningOf(delta);
      if (reasoning !== '') events.push({ type: 'reasoning-delta', text: reasoning });
      const { content = '' } = delta;
      if (content !== null && content !== '') events.push({ type: 'text-delta', text: content });
      for (const call of delta.tool_calls ?? []) events.push(...decodeCall(call));
      if (reason !== null && reason !== undefined) {
        events.push(...[...open.keys()].flatMap(endCall));
        events.push({ type: 'finish', reason: FINISH_REASONS[reason] ?? 'other' });
      }
      return events;
    },
  };

  function decodeCall({ index, id = '', function: called }: ChunkToolCall): readonly StreamEvent[] {
    const before = open.get(index);
    // Servers that number all calls 0 tell them apart by id.
    const isNext = before !== undefined && id !== '' && id !== before.id;
    const ended = isNext ? endCall(index) : [];
    const call = open.get(index) ?? { id: id === '' ? generateId() : id, name: '', argumentsText: '' };
    open.set(index, call);
    const wasStarted = call.name !== '';
    if (!wasStarted) call.name = called?.name ?? '';
    const text = called?.arguments ?? '';
    call.argumentsText += text;
    if (wasStarted) return [...ended, ...deltaOf(call, text)];
    return call.name === '' ? ended : [...ended, startOf(call), ...deltaOf(call, call.argumentsText)];
  }

  /** A call without a name is none. */
  function endCall(index: number): readonly StreamEvent[] {
    const call = open.get(index);
    open.delete(index);
    return call === undefined || call.name === '' ? [] : [{ type: 'tool-call-end', ...call }];
  }
}

/** Reasoning has either of these names. */
function reasoningOf(
  delta: ChunkDelta & { readonly reasoning_content?: unknown; readonly reasoning?: unknown },
): string {
  const reasoning = delta.reasoning_content ?? delta.reasoning;
  return typeof reasoning === 'string' ? reasoning : '';
}

function startOf({ id, name }: OpenCall): StreamEvent {
  return { type: 'tool-call-start', id, name };
}

function deltaOf({ id }: OpenCall, argumentsText: string): readonly StreamEvent[] {
  return argumentsText === '' ? [] : [{ type: 'tool-call-delta', id, argumentsText }];
}

/** OpenAI's words. Others mean that the answer ended for another reason. */
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
};
