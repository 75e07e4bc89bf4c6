import type { CollectedMessage } from '@openclaw/provider';
import { encodeUsage, FINISH_REASONS } from './encode-usage.ts';

/** What every reply to one request carries. */
export interface ReplyIdentity {
  /** Unique: `chatcmpl-…`. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
}

/**
 * A whole answer → OpenAI's `chat.completion`. Reasoning stands under both names that clients look for
 * (`reasoning_content`: DeepSeek, vLLM; `reasoning`: Ollama, OpenRouter). Usage is left out when the server gave none.
 */
export function encodeCompletion(message: CollectedMessage, { id, created }: ReplyIdentity): string {
  const { model, text, reasoning, toolCalls, finishReason, usage } = message;
  return JSON.stringify({
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && toolCalls.length > 0 ? null : text,
          refusal: null,
          ...(reasoning !== '' && { reasoning_content: reasoning, reasoning }),
          ...(toolCalls.length > 0 && {
            tool_calls: toolCalls.map((call) => ({
              id: call.id,
              type: 'function',
              function: { name: call.name, arguments: call.argumentsText },
            })),
          }),
        },
        logprobs: null,
        finish_reason: FINISH_REASONS[finishReason],
      },
    ],
    ...(usage !== undefined && { usage: encodeUsage(usage) }),
  });
}
