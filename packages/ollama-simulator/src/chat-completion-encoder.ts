import { encodeGoJson } from './go-json.ts';
import type { Batch, WireToolCall } from './output-parser.ts';
import type { Release } from './release.ts';
import { encodeUsage, EVENT_STREAM, joinBatches, type ReplyEncoder, type ReplyUsage } from './reply-encoder.ts';

/** What the chunks of one reply have in common. */
export interface ChatCompletionEncoderOptions {
  release: Release;
  id: string;
  /** The model as the request spelled it. */
  model: string;
  /** Seconds since 1970. */
  created: () => number;
  includeUsage: boolean;
}

type FinishReason = 'stop' | 'length' | 'tool_calls' | null;

/** `/v1/chat/completions` as a release writes it. */
export function createChatCompletionEncoder(options: ChatCompletionEncoderOptions): ReplyEncoder {
  const { release, includeUsage } = options;
  const likeOpenAI = release.has('streams-like-openai');
  const firstCreated = options.created();
  const created = (): number => (likeOpenAI ? firstCreated : options.created());
  let begun = false;
  let called = false;

  const envelope = (object: string, rest: object, model = options.model): string =>
    encodeGoJson({ id: options.id, object, created: created(), model, system_fingerprint: 'fp_ollama', ...rest });
  const chunk = (
    delta: object,
    finishReason: FinishReason,
    { model, logprobs = [] }: { model?: string; logprobs?: Batch['logprobs'] } = {},
  ): string => {
    const roleGoes = !likeOpenAI || !begun;
    begun = true;
    return envelope(
      'chat.completion.chunk',
      {
        choices: [
          {
            index: 0,
            delta: roleGoes ? { role: 'assistant', ...delta } : delta,
            finish_reason: finishReason,
            ...encodeLogprobs(logprobs),
          },
        ],
      },
      model,
    );
  };
  const chunks = (batch: Batch): string[] => {
    called ||= batch.toolCalls !== undefined;
    const deltas = splitReasoning(batch, release);
    return deltas.map((delta) => chunk(delta, null, delta === deltas.at(-1) ? { logprobs: batch.logprobs ?? [] } : {}));
  };
  const usageChunk = (usage: ReplyUsage): string[] =>
    includeUsage ? [envelope('chat.completion.chunk', { choices: [], usage: encodeUsage(usage) })] : [];

  return {
    framing: EVENT_STREAM,
    batch: chunks,
    finish({ final, finishReason, usage }) {
      if (likeOpenAI) {
        const rest = final.text !== undefined || final.toolCalls !== undefined ? chunks(final) : [];
        const opening = begun ? [] : [chunk({ content: '' }, null)];
        return [...rest, ...opening, finishChunk(finishReason), ...usageChunk(usage)];
      }
      called ||= final.toolCalls !== undefined;
      const saysCalls = called && release.has('streamed-calls-finish-as-tool-calls');
      return [chunk(deltaOf(final), saysCalls ? 'tool_calls' : finishReason), ...usageChunk(usage)];
    },
    // An error line of the native API, decoded into an empty response: the text is lost, the model's name too.
    failure: () => {
      begun = true;
      return [chunk({ content: '' }, null, { model: '' })];
    },
    whole(batches, end) {
      const { reasoning, text, toolCalls, logprobs } = joinBatches(
        end === undefined ? batches : [...batches, end.final],
      );
      const saysCalls = toolCalls.length > 0 && (!likeOpenAI || end?.finishReason === 'stop');
      return `${envelope('chat.completion', {
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: text,
              ...(reasoning === '' ? {} : { reasoning }),
              ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(encodeToolCall) }),
            },
            finish_reason: end === undefined ? null : saysCalls ? 'tool_calls' : end.finishReason,
            ...encodeLogprobs(logprobs),
          },
        ],
        usage: encodeUsage(end?.usage ?? { promptTokens: 0, completionTokens: 0 }),
      })}\n`;
    },
  };

  function finishChunk(finishReason: 'stop' | 'length'): string {
    return chunk({}, called && finishReason === 'stop' ? 'tool_calls' : finishReason);
  }
}

/**
 * From 0.18.0 a batch never has reasoning and something else; from 0.32.6 the reasoning half has no content key at all.
 */
function splitReasoning(batch: Batch, release: Release): object[] {
  const { reasoning, ...rest } = batch;
  const hasRest = rest.text !== undefined || rest.toolCalls !== undefined;
  if (reasoning === undefined || !hasRest || !release.has('splits-reasoning-from-content')) return [deltaOf(batch)];
  return [release.has('streams-like-openai') ? { reasoning } : deltaOf({ reasoning }), deltaOf(rest)];
}

function deltaOf({ reasoning, text = '', toolCalls }: Batch): object {
  return {
    content: text,
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(toolCalls === undefined ? {} : { tool_calls: toolCalls.map(encodeToolCall) }),
  };
}

function encodeLogprobs(content: NonNullable<Batch['logprobs']>): object {
  return content.length === 0 ? {} : { logprobs: { content } };
}

function encodeToolCall({ id, index, name, argumentsText }: WireToolCall): object {
  return { id, index, type: 'function', function: { name, arguments: argumentsText } };
}
