import type { ContentBlock, Message } from '@anthropic-ai/sdk/resources/messages';
import type { CollectedMessage, CollectedToolCall } from '@openclaw/provider';
import { encodeUsage, estimateOutputTokens } from './encode-usage.ts';
import { messageId, THINKING_SIGNATURE, toolUseId } from './message-reply.ts';
import type { MessageReply } from './message-reply.ts';
import { encodeStop } from './stop-reason.ts';
import { parseToolInput, wrapBrokenInput } from './tool-input.ts';

/** A whole answer → Anthropic's `message`, as JSON. */
export function encodeMessage(message: CollectedMessage, reply: MessageReply): string {
  const { model, text, reasoning, finishReason, usage } = message;
  const calls = message.toolCalls.flatMap((call, index) =>
    encodeToolUse(call, { id: toolUseId(reply, index), finishReason }),
  );
  const counted = usage ?? {
    inputTokens: reply.estimateInputTokens(),
    outputTokens: estimateOutputTokens(text.length + reasoning.length),
  };
  const encoded: Message = {
    id: messageId(reply),
    type: 'message',
    role: 'assistant',
    model,
    content: [...encodeThinking(reasoning), ...encodeText(text), ...calls],
    ...encodeStop({ ...message, reason: finishReason }, { calls: calls.length }),
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: encodeUsage(counted),
  };
  return JSON.stringify(encoded);
}

function encodeThinking(thinking: string): readonly ContentBlock[] {
  return thinking === '' ? [] : [{ type: 'thinking', thinking, signature: THINKING_SIGNATURE }];
}

function encodeText(text: string): readonly ContentBlock[] {
  return text === '' ? [] : [{ type: 'text', text, citations: null }];
}

/** A call that the length limit cut off is left out: its arguments are not those that the model meant. */
function encodeToolUse(
  { name, argumentsText }: CollectedToolCall,
  { id, finishReason }: { readonly id: string; readonly finishReason: CollectedMessage['finishReason'] },
): readonly ContentBlock[] {
  const input = parseToolInput(argumentsText);
  if (input === undefined && finishReason === 'length') return [];
  return [{ type: 'tool_use', id, name, input: input ?? wrapBrokenInput(argumentsText), caller: { type: 'direct' } }];
}
