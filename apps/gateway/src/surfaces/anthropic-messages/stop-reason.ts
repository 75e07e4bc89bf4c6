import type { StopReason } from '@anthropic-ai/sdk/resources/messages';
import type { FinishReason } from '@openclaw/provider';

/** A whole tool call ends the turn for its result, whatever else the server says of the end. */
export function stopReasonOf(reason: FinishReason, { calls }: { readonly calls: number }): StopReason {
  return calls > 0 ? 'tool_use' : STOP_REASONS[reason];
}

/** Local servers do not say whether a stop sequence ended the text, so `stop_sequence` is not among the values. */
const STOP_REASONS: Record<FinishReason, StopReason> = {
  stop: 'end_turn',
  length: 'max_tokens',
  // The calls were cut off, or were none.
  'tool-calls': 'end_turn',
  'content-filter': 'refusal',
  other: 'end_turn',
};
