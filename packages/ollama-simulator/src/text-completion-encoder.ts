import type { ChatCompletionEncoderOptions } from './chat-completion-encoder.ts';
import { encodeGoJson } from './go-json.ts';
import { encodeUsage, EVENT_STREAM, joinBatches, type ReplyEncoder } from './reply-encoder.ts';

const NO_USAGE = { promptTokens: 0, completionTokens: 0 };

/** `/v1/completions`: text only; with usage asked for, every chunk has one, and all but the last are zeros. */
export function createTextCompletionEncoder({
  id,
  model,
  created,
  includeUsage,
}: ChatCompletionEncoderOptions): ReplyEncoder {
  const head = { id, object: 'text_completion' };
  const chunk = (choices: object[], usage = NO_USAGE, modelName = model): string =>
    encodeGoJson({
      ...head,
      created: created(),
      choices,
      model: modelName,
      system_fingerprint: 'fp_ollama',
      ...(includeUsage ? { usage: encodeUsage(usage) } : {}),
    });
  const choice = (text: string, finishReason: string | null): object[] => [
    { text, index: 0, finish_reason: finishReason },
  ];

  return {
    framing: EVENT_STREAM,
    batch: ({ text }) => (text === undefined ? [] : [chunk(choice(text, null))]),
    finish: ({ final, finishReason, usage }) => [
      chunk(choice(final.text ?? '', finishReason)),
      ...(includeUsage ? [chunk([], usage)] : []),
    ],
    failure: () => [chunk(choice('', null), NO_USAGE, '')],
    whole: (batches, end) =>
      `${encodeGoJson({
        ...head,
        created: created(),
        model,
        system_fingerprint: 'fp_ollama',
        choices: choice(
          joinBatches(end === undefined ? batches : [...batches, end.final]).text,
          end?.finishReason ?? null,
        ),
        usage: encodeUsage(end?.usage ?? NO_USAGE),
      })}\n`,
  };
}
