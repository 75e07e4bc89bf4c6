import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4Middleware,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { collectMessage } from '@openclaw/provider';
import type { RepairEvent, StreamEvent } from '@openclaw/provider';
import { createStreamRepair, repairStream } from '@openclaw/stream-repair';
import type { RepairStreamOptions } from '@openclaw/stream-repair';
import { encodeContent, encodeRepairs } from './encode-answer.ts';
import { createPartDecoder } from './part-decoder.ts';
import { createPartEncoder } from './part-encoder.ts';
import { toTools } from './to-chat-request.ts';

/** What the request says itself (tools, format, limit) is read from it. */
export type RepairMiddlewareOptions = Omit<RepairStreamOptions, 'tools' | 'jsonAnswer' | 'maxTokens'>;

/**
 * Repairs the answers of any model for local servers: tool calls that it wrote as text, think tags in its text, broken
 * arguments. An answer that needs no repair is not changed, if it is not streamed. A streamed one gets new ids of its blocks.
 */
export function repairMiddleware(options: RepairMiddlewareOptions = {}): LanguageModelV4Middleware {
  return {
    specificationVersion: 'v4',
    async wrapGenerate({ doGenerate, params }) {
      return repairResult(await doGenerate(), optionsFor(params, options));
    },
    async wrapStream({ doStream, params }) {
      const { stream, ...result } = await doStream();
      return { ...result, stream: stream.pipeThrough(createPartRepair(optionsFor(params, options))) };
    },
  };
}

function optionsFor(params: LanguageModelV4CallOptions, options: RepairMiddlewareOptions): RepairStreamOptions {
  const { tools = [], responseFormat, maxOutputTokens, prompt } = params;
  const used = new Set(
    prompt.flatMap(({ role, content }) =>
      role === 'assistant' ? content.flatMap((part) => (part.type === 'tool-call' ? [part.toolCallId] : [])) : [],
    ),
  );
  return {
    isUsedId: (id) => used.has(id),
    ...options,
    tools: toTools(tools),
    jsonAnswer: responseFormat?.type === 'json',
    maxTokens: maxOutputTokens,
  };
}

async function repairResult(
  result: LanguageModelV4GenerateResult,
  options: RepairStreamOptions,
): Promise<LanguageModelV4GenerateResult> {
  const decoder = createPartDecoder();
  const parts = result.content.map((part) => ({ part, events: decoder.decodeContent(part) }));
  const events = [...parts.flatMap((each) => each.events), decoder.decodeFinish(result.finishReason)];
  const message = await collectMessage(repairStream(toIterable(events), options));
  if (message.repairs.length === 0) return result;
  const others = parts.flatMap((each) => (each.events.length === 0 ? [each.part] : []));
  return {
    ...result,
    content: [...encodeContent(message), ...others],
    finishReason: { ...result.finishReason, unified: message.finishReason },
    providerMetadata: { ...result.providerMetadata, openclaw: encodeRepairs(message.repairs) },
  };
}

async function* toIterable(events: readonly StreamEvent[]): AsyncGenerator<StreamEvent, void, undefined> {
  yield { type: 'start', model: '' };
  yield* events;
}

/** Parts that are no text, reasoning or call pass through at once. */
function createPartRepair(
  options: RepairStreamOptions,
): TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart> {
  const decoder = createPartDecoder();
  const repair = createStreamRepair(options);
  const encoder = createPartEncoder({ toError: (error) => error });
  type FinishPart = Extract<LanguageModelV4StreamPart, { readonly type: 'finish' }>;
  const repairs: RepairEvent[] = [];
  let finish: FinishPart | undefined;

  function encode(events: readonly StreamEvent[]): readonly LanguageModelV4StreamPart[] {
    repairs.push(...events.filter((event) => event.type === 'repair'));
    return events
      .flatMap((event) => encoder.encode(event))
      .map((part) => (part.type === 'finish' && finish !== undefined ? withRepairs(finish, part.finishReason) : part));
  }

  /** The server's reason and token counts stay. */
  function withRepairs(part: FinishPart, { unified }: LanguageModelV4FinishReason): FinishPart {
    if (repairs.length === 0) return part;
    return {
      ...part,
      finishReason: { ...part.finishReason, unified },
      providerMetadata: { ...part.providerMetadata, openclaw: encodeRepairs(repairs) },
    };
  }

  return new TransformStream({
    transform(part, controller) {
      if (part.type === 'finish') finish = part;
      const events = decoder.decodePart(part);
      if (events === undefined) controller.enqueue(part);
      else if (events.length > 0) for (const each of encode(repair.push(events))) controller.enqueue(each);
    },
    flush(controller) {
      for (const each of encode(repair.push([]))) controller.enqueue(each);
    },
  });
}
