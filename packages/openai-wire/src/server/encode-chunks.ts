import type { StreamEvent } from '@openclaw/provider';
import { encodeLogprobs, encodeStopSequence } from './encode-completion.ts';
import type { ReplyIdentity } from './encode-completion.ts';
import { encodeUsage, FINISH_REASONS } from './encode-usage.ts';

/** Turns the events of one answer into OpenAI's chunks, as the text of server-sent events. */
export interface ChunkEncoder {
  /** The events' text, `''` for an event that OpenAI's stream has no words for. */
  encode(event: StreamEvent): string;
}

export interface ChunkEncoderOptions extends ReplyIdentity {
  /** Whether the stream ends with a chunk that counts the tokens. */
  readonly includeUsage: boolean;
}

/** Ends a stream that succeeded, and no other. */
const DONE = 'data: [DONE]\n\n';

/**
 * One answer's chunks: the role first, then what the model says, one finish chunk, one usage chunk when it was asked for
 * and the server counted, `[DONE]`. What is the same in each chunk is written once, and not encoded again for each.
 */
export function createChunkEncoder({ id, created, includeUsage }: ChunkEncoderOptions): ChunkEncoder {
  let head = '';
  // OpenAI sends `"usage":null` in each chunk before the one that counts, and only when that one was asked for.
  const nullUsage = includeUsage ? ',"usage":null' : '';
  const tail = `,"finish_reason":null}]${nullUsage}}\n\n`;
  const toolCallIndexes = new Map<string, number>();
  const chunk = (delta: string, more = '') => `${head}[{"index":0,"delta":${delta}${more}${tail}`;

  return {
    encode(event) {
      switch (event.type) {
        case 'text-delta':
          return chunk(
            `{"content":${JSON.stringify(event.text)}}`,
            event.logprobs === undefined ? '' : `,"logprobs":${encodeLogprobs(event.logprobs)}`,
          );
        case 'reasoning-delta': {
          const text = JSON.stringify(event.text);
          return chunk(`{"reasoning_content":${text},"reasoning":${text}}`);
        }
        case 'start':
          head = `data: {"id":${JSON.stringify(id)},"object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(event.model)},"choices":`;
          return chunk('{"role":"assistant","content":""}');
        case 'tool-call-start': {
          const index = toolCallIndexes.size;
          toolCallIndexes.set(event.id, index);
          const name = JSON.stringify(event.name);
          return chunk(
            `{"tool_calls":[{"index":${index},"id":${JSON.stringify(event.id)},"type":"function","function":{"name":${name},"arguments":""}}]}`,
          );
        }
        case 'tool-call-delta': {
          const index = toolCallIndexes.get(event.id) ?? 0;
          return chunk(
            `{"tool_calls":[{"index":${index},"function":{"arguments":${JSON.stringify(event.argumentsText)}}}]}`,
          );
        }
        case 'finish': {
          const finish = `${head}[{"index":0,"delta":{},"finish_reason":"${FINISH_REASONS[event.reason]}"${encodeStopSequence(event)}}]${nullUsage}}\n\n`;
          if (!includeUsage || event.usage === undefined) return finish + DONE;
          return `${finish}${head}[],"usage":${JSON.stringify(encodeUsage(event.usage))}}\n\n${DONE}`;
        }
        case 'tool-call-end':
        case 'repair':
        case 'warning':
        case 'fallback':
        case 'error':
          return '';
      }
    },
  };
}
