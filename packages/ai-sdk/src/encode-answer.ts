import type {
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
} from '@ai-sdk/provider';
import type {
  Attempt,
  CollectedMessage,
  FinishReason,
  RepairEvent,
  RepairKind,
  Usage,
  WarningEvent,
} from '@openclaw/provider';

/** What a model said: reasoning, text, tool calls. */
export function encodeContent({
  reasoning,
  text,
  toolCalls,
}: Pick<CollectedMessage, 'reasoning' | 'text' | 'toolCalls'>): LanguageModelV4Content[] {
  return [
    ...(reasoning === '' ? [] : [{ type: 'reasoning' as const, text: reasoning }]),
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...toolCalls.map(({ id, name, argumentsText }) => ({
      type: 'tool-call' as const,
      toolCallId: id,
      toolName: name,
      input: argumentsText,
    })),
  ];
}

/** The words are the same in both. */
export function encodeFinishReason(reason: FinishReason): LanguageModelV4FinishReason {
  return { unified: reason, raw: undefined };
}

/** Token counts; those that the server did not say are `undefined`. */
export function encodeUsage(usage: Usage | undefined): LanguageModelV4Usage {
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage ?? {};
  const without = (total: number | undefined, part: number | undefined) =>
    total === undefined || part === undefined ? undefined : total - part;
  return {
    inputTokens: {
      total: inputTokens,
      noCache: without(inputTokens, cachedInputTokens),
      cacheRead: cachedInputTokens,
      cacheWrite: undefined,
    },
    outputTokens: { total: outputTokens, text: without(outputTokens, reasoningTokens), reasoning: reasoningTokens },
  };
}

/** What was repaired, each with a description for people. */
export function encodeRepairs(repairs: readonly RepairEvent[]): { repairs: { repair: RepairKind; detail: string }[] } {
  return { repairs: repairs.map(({ repair, detail }) => ({ repair, detail })) };
}

export interface AnswerFacts {
  readonly model: string;
  readonly attempts: readonly Attempt[];
  readonly repairs: readonly RepairEvent[];
  readonly warnings: readonly WarningEvent[];
}

/** `providerMetadata.openclaw`: who answered, after which attempts, and what was repaired. */
export function encodeMetadata({ model, attempts, repairs, warnings }: AnswerFacts): SharedV4ProviderMetadata {
  return {
    openclaw: {
      model,
      attempts: attempts.map(({ model: asked, outcome }) => ({ model: asked, outcome })),
      ...encodeRepairs(repairs),
      warnings: warnings.map(({ warning, detail }) => ({ warning, detail })),
    },
  };
}
