import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { Attempt, ProviderError, RepairEvent, StreamEvent, WarningEvent } from '@openclaw/provider';
import { encodeFinishReason, encodeMetadata, encodeUsage } from './encode-answer.ts';

/** Turns the events of one answer into the parts of a stream. */
export interface PartEncoder {
  encode(event: StreamEvent): readonly LanguageModelV4StreamPart[];
}

export interface PartEncoderOptions {
  /** The error that the part of a failure carries. */
  readonly toError: (error: ProviderError) => unknown;
}

type FinishEvent = Extract<StreamEvent, { readonly type: 'finish' }>;
type Block = 'text' | 'reasoning';

/** Text and reasoning are blocks with a start and an end. Another kind of part ends the open block. */
export function createPartEncoder({ toError }: PartEncoderOptions): PartEncoder {
  let open: { readonly kind: Block; readonly id: string } | undefined;
  let blocks = 0;
  let model = '';
  let attempts: readonly Attempt[] = [];
  const repairs: RepairEvent[] = [];
  const warnings: WarningEvent[] = [];

  return {
    encode(event) {
      switch (event.type) {
        case 'start':
          ({ model, attempts = [] } = event);
          return [{ type: 'response-metadata', modelId: model, timestamp: new Date() }];
        case 'text-delta':
          return continueBlock('text', event.text);
        case 'reasoning-delta':
          return continueBlock('reasoning', event.text);
        case 'tool-call-start':
          return [...endBlock(), { type: 'tool-input-start', id: event.id, toolName: event.name }];
        case 'tool-call-delta':
          return [{ type: 'tool-input-delta', id: event.id, delta: event.argumentsText }];
        case 'tool-call-end':
          return [
            { type: 'tool-input-end', id: event.id },
            { type: 'tool-call', toolCallId: event.id, toolName: event.name, input: event.argumentsText },
          ];
        case 'repair':
          repairs.push(event);
          return [];
        case 'warning':
          warnings.push(event);
          return [];
        case 'fallback':
          return [];
        case 'finish':
          return [...endBlock(), encodeFinish(event)];
        case 'error':
          return [
            ...endBlock(),
            { type: 'error', error: toError(event.error) },
            { type: 'finish', finishReason: { unified: 'error', raw: undefined }, usage: encodeUsage(undefined) },
          ];
      }
    },
  };

  function continueBlock(kind: Block, delta: string): readonly LanguageModelV4StreamPart[] {
    if (open?.kind === kind) return [{ type: `${kind}-delta`, id: open.id, delta }];
    const ended = endBlock();
    open = { kind, id: String(blocks) };
    blocks += 1;
    return [...ended, { type: `${kind}-start`, id: open.id }, { type: `${kind}-delta`, id: open.id, delta }];
  }

  function endBlock(): readonly LanguageModelV4StreamPart[] {
    if (open === undefined) return [];
    const { kind, id } = open;
    open = undefined;
    return [{ type: `${kind}-end`, id }];
  }

  function encodeFinish({ reason, usage }: FinishEvent): LanguageModelV4StreamPart {
    return {
      type: 'finish',
      finishReason: encodeFinishReason(reason),
      usage: encodeUsage(usage),
      providerMetadata: encodeMetadata({ model, attempts, repairs, warnings }),
    };
  }
}
