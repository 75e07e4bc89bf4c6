import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { StreamEvent } from '@openclaw/provider';
import type { ChatAnswer, OpenClaw, RuntimeChatRequest } from '@openclaw/runtime';
import { encodeContent, encodeFinishReason, encodeMetadata, encodeUsage } from './encode-answer.ts';
import { createPartEncoder } from './part-encoder.ts';
import { toApiError } from './to-api-error.ts';
import { toChatRequest } from './to-chat-request.ts';

/** Of one model: which agent's configuration it uses, whether it has fallbacks, and how its server is asked. */
export type ModelSettings = Pick<RuntimeChatRequest, 'agent' | 'allowFallbacks' | 'streaming'>;

export interface LanguageModelOptions {
  readonly claw: OpenClaw;
  readonly settings?: ModelSettings | undefined;
}

/** A model, or an agent's default model with its fallbacks, for `generateText`, `streamText` and agents. */
export function createLanguageModel(modelId: string, { claw, settings }: LanguageModelOptions): LanguageModelV4 {
  const send = (options: LanguageModelV4CallOptions) => {
    const { request, warnings } = toChatRequest(options);
    const answer = claw.chat({ ...settings, ...request, model: modelId }, { signal: options.abortSignal });
    return { answer, warnings };
  };

  return {
    specificationVersion: 'v4',
    provider: 'openclaw',
    modelId,
    // Local servers fetch no images, so the AI SDK does.
    supportedUrls: {},
    async doGenerate(options) {
      const { answer, warnings } = send(options);
      const message = await answer.message().catch((error: unknown) => {
        throw toApiError(error, options);
      });
      return {
        content: encodeContent(message),
        finishReason: encodeFinishReason(message.finishReason),
        usage: encodeUsage(message.usage),
        providerMetadata: encodeMetadata(message),
        response: { modelId: message.model, timestamp: new Date() },
        warnings: [...warnings, ...message.warnings.map(({ detail }) => ({ type: 'other' as const, message: detail }))],
      };
    },
    async doStream(options) {
      const { answer, warnings } = send(options);
      const first = await pullFirst(answer, options);
      return { stream: encodeStream(first, { answer, warnings, options }) };
    },
  };
}

/** The events up to the first ones of the answer. A failure before them rejects, as a status of HTTP would. */
async function pullFirst(answer: ChatAnswer, options: LanguageModelV4CallOptions): Promise<readonly StreamEvent[]> {
  const before: StreamEvent[] = [];
  for (;;) {
    const events = await answer.pull();
    const [last] = events.slice(-1);
    if (last?.type === 'error' && ![...before, ...events].some(({ type }) => type === 'start'))
      throw toApiError(last.error, options);
    for (const event of events) before.push(event);
    if (last?.type !== 'fallback') return before;
  }
}

interface EncodeStreamOptions {
  readonly answer: ChatAnswer;
  readonly warnings: ReturnType<typeof toChatRequest>['warnings'];
  readonly options: LanguageModelV4CallOptions;
}

function encodeStream(
  first: readonly StreamEvent[],
  { answer, warnings, options }: EncodeStreamOptions,
): ReadableStream<LanguageModelV4StreamPart> {
  const encoder = createPartEncoder({ toError: (error) => toApiError(error, options) });
  let next: readonly StreamEvent[] | undefined = first;
  return new ReadableStream<LanguageModelV4StreamPart>(
    {
      start(controller) {
        controller.enqueue({ type: 'stream-start', warnings });
      },
      async pull(controller) {
        for (;;) {
          const events = next ?? (await answer.pull());
          next = undefined;
          const parts = events.flatMap((event) => encoder.encode(event));
          for (const part of parts) controller.enqueue(part);
          if (events.length === 0) controller.close();
          if (parts.length > 0 || events.length === 0) return;
        }
      },
      async cancel() {
        await answer.return();
      },
    },
    { highWaterMark: 0 },
  );
}
