import type { LanguageModelV4Content, LanguageModelV4FinishReason, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { StreamEvent } from '@openclaw/provider';

/** Turns the parts of one answer into events. */
export interface PartDecoder {
  /** `undefined` for a part that is not repaired, such as a source or a call that the provider has executed. */
  decodePart(part: LanguageModelV4StreamPart): readonly StreamEvent[] | undefined;
  /** No events for content that is not repaired. */
  decodeContent(content: LanguageModelV4Content): readonly StreamEvent[];
  decodeFinish(reason: LanguageModelV4FinishReason): StreamEvent;
}

type ToolCall = Extract<LanguageModelV4Content, { readonly type: 'tool-call' }>;

export function createPartDecoder(): PartDecoder {
  /** The arguments so far of the calls that are open. */
  const open = new Map<string, { readonly name: string; argumentsText: string }>();
  /** Calls that the provider executes pass through, with their arguments. */
  const executed = new Set<string>();

  return { decodePart, decodeContent, decodeFinish };

  function decodePart(part: LanguageModelV4StreamPart): readonly StreamEvent[] | undefined {
    switch (part.type) {
      case 'text-start':
      case 'text-end':
      case 'reasoning-start':
      case 'reasoning-end':
        return [];
      case 'text-delta':
        return part.delta === '' ? [] : [{ type: 'text-delta', text: part.delta }];
      case 'reasoning-delta':
        return part.delta === '' ? [] : [{ type: 'reasoning-delta', text: part.delta }];
      case 'tool-input-start':
        if (part.providerExecuted === true) {
          executed.add(part.id);
          return undefined;
        }
        open.set(part.id, { name: part.toolName, argumentsText: '' });
        return [{ type: 'tool-call-start', id: part.id, name: part.toolName }];
      case 'tool-input-delta': {
        if (executed.has(part.id)) return undefined;
        const call = open.get(part.id);
        if (call === undefined || part.delta === '') return [];
        call.argumentsText += part.delta;
        return [{ type: 'tool-call-delta', id: part.id, argumentsText: part.delta }];
      }
      case 'tool-input-end':
        return executed.has(part.id) ? undefined : [];
      case 'tool-call':
        return part.providerExecuted === true ? undefined : decodeCall(part);
      case 'finish':
        return [...endOpenCalls(), decodeFinish(part.finishReason)];
      case 'custom':
      case 'error':
      case 'file':
      case 'ping':
      case 'raw':
      case 'reasoning-file':
      case 'response-metadata':
      case 'source':
      case 'stream-start':
      case 'tool-approval-request':
      case 'tool-result':
        return undefined;
    }
  }

  function decodeContent(content: LanguageModelV4Content): readonly StreamEvent[] {
    if (content.type === 'text') return content.text === '' ? [] : [{ type: 'text-delta', text: content.text }];
    if (content.type === 'reasoning')
      return content.text === '' ? [] : [{ type: 'reasoning-delta', text: content.text }];
    return content.type === 'tool-call' && content.providerExecuted !== true ? decodeCall(content) : [];
  }

  /** Its arguments may have come before, all or a part of them. */
  function decodeCall({ toolCallId: id, toolName: name, input }: ToolCall): readonly StreamEvent[] {
    const call = open.get(id);
    open.delete(id);
    const before = call?.argumentsText ?? '';
    const rest = input.startsWith(before) ? input.slice(before.length) : '';
    return [
      ...(call === undefined ? [{ type: 'tool-call-start' as const, id, name }] : []),
      ...(rest === '' ? [] : [{ type: 'tool-call-delta' as const, id, argumentsText: rest }]),
      { type: 'tool-call-end', id, name: call?.name ?? name, argumentsText: before + rest },
    ];
  }

  /** Calls end before the answer, also those of a model that was cut off. */
  function endOpenCalls(): readonly StreamEvent[] {
    const calls = [...open].map(([id, call]) => ({ type: 'tool-call-end' as const, id, ...call }));
    open.clear();
    return calls;
  }

  function decodeFinish({ unified }: LanguageModelV4FinishReason): StreamEvent {
    return { type: 'finish', reason: unified === 'error' || unified === 'interrupted' ? 'other' : unified };
  }
}
