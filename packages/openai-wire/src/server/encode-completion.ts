import type { CollectedMessage, FinishReason, JsonValue } from '@openclaw/provider';
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
 * Written out like the chunks, which costs half of what it costs to have an object of this shape encoded.
 */
export function encodeCompletion(message: CollectedMessage, { id, created }: ReplyIdentity): string {
  const { model, text, reasoning, toolCalls, finishReason, stopSequence, usage, logprobs } = message;
  const content = text === '' && toolCalls.length > 0 ? 'null' : JSON.stringify(text);
  const said = `"role":"assistant","content":${content},"refusal":null${encodeReasoning(reasoning)}${encodeToolCalls(toolCalls)}`;
  const tokens = logprobs === undefined ? 'null' : encodeLogprobs(logprobs);
  const choice = `{"index":0,"message":{${said}},"logprobs":${tokens},"finish_reason":"${FINISH_REASONS[finishReason]}"${encodeStopSequence({ reason: finishReason, stopSequence })}}`;
  const counted = usage === undefined ? '' : `,"usage":${JSON.stringify(encodeUsage(usage))}`;
  return `{"id":${JSON.stringify(id)},"object":"chat.completion","created":${created},"model":${JSON.stringify(model)},"choices":[${choice}]${counted}}`;
}

/** In the field of vLLM: OpenAI's API has none. */
export function encodeStopSequence({
  reason,
  stopSequence,
}: {
  readonly reason: FinishReason;
  readonly stopSequence?: string | undefined;
}): string {
  return reason !== 'stop' || stopSequence === undefined ? '' : `,"stop_reason":${JSON.stringify(stopSequence)}`;
}

/** What the server told of the tokens of a text, whole or a chunk of it. */
export function encodeLogprobs(logprobs: readonly JsonValue[]): string {
  return `{"content":${JSON.stringify(logprobs)},"refusal":null}`;
}

function encodeReasoning(reasoning: string): string {
  if (reasoning === '') return '';
  const text = JSON.stringify(reasoning);
  return `,"reasoning_content":${text},"reasoning":${text}`;
}

function encodeToolCalls(toolCalls: CollectedMessage['toolCalls']): string {
  if (toolCalls.length === 0) return '';
  const calls = toolCalls.map(({ id, name, argumentsText }) => ({
    id,
    type: 'function',
    function: { name, arguments: argumentsText },
  }));
  return `,"tool_calls":${JSON.stringify(calls)}`;
}
