import type { StopReason } from '@anthropic-ai/sdk/resources/messages';
import type { FinishEvent, FinishReason } from '@openclaw/provider';

/** How Anthropic's API says why an answer ended. */
export interface AnswerStop {
  readonly stop_reason: StopReason;
  readonly stop_sequence: string | null;
}

/**
 * A whole tool call ends the turn for its result, whatever else the server says of the end. vLLM and SGLang name the stop
 * sequence that ended the text. Ollama, llama.cpp and others only stop, which is `end_turn` here.
 */
export function encodeStop(
  { reason, stopSequence }: Pick<FinishEvent, 'reason' | 'stopSequence'>,
  { calls }: { readonly calls: number },
): AnswerStop {
  if (calls > 0) return { stop_reason: 'tool_use', stop_sequence: null };
  if (reason === 'stop' && stopSequence !== undefined)
    return { stop_reason: 'stop_sequence', stop_sequence: stopSequence };
  return { stop_reason: STOP_REASONS[reason], stop_sequence: null };
}

const STOP_REASONS: Record<FinishReason, StopReason> = {
  stop: 'end_turn',
  length: 'max_tokens',
  // The calls were cut off, or were none.
  'tool-calls': 'end_turn',
  'content-filter': 'refusal',
  other: 'end_turn',
};
