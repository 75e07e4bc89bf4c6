import type { ContentBlock, RawMessageDeltaEvent, RawMessageStartEvent } from '@anthropic-ai/sdk/resources/messages';
import type { FinishEvent, StreamEvent, ToolCallEndEvent } from '@openclaw/provider';
import { encodeEvent } from './encode-event.ts';
import { encodeDeltaUsage, encodeUsage, estimateOutputTokens } from './encode-usage.ts';
import { messageId, THINKING_SIGNATURE, toolUseId } from './message-reply.ts';
import type { MessageReply } from './message-reply.ts';
import { encodeStop } from './stop-reason.ts';
import { parseToolInput, wrapBrokenInput } from './tool-input.ts';

/** Turns the events of one answer into those of Anthropic's stream. */
export interface MessageEncoder {
  /** The text for an event, `''` if the stream has none for it. */
  encode(event: StreamEvent): string;
}

/**
 * One answer: `message_start`, blocks one after the other with indexes from 0, `message_delta` with the reason and the
 * counts, `message_stop`. A tool call is sent when it is whole: clients run what they could parse of a broken one.
 */
export function createMessageEncoder(reply: MessageReply): MessageEncoder {
  let blocks = 0;
  let calls = 0;
  let open: { readonly kind: TextKind; readonly head: string } | undefined;
  /** Calls with broken arguments. How the answer ends decides what becomes of them. */
  const broken: ToolCallEndEvent[] = [];
  let outputCharacters = 0;

  function startBlock(block: ContentBlock): string {
    return encodeEvent(
      'content_block_start',
      JSON.stringify({ type: 'content_block_start', index: blocks, content_block: block }),
    );
  }

  function delta(json: string): string {
    return encodeEvent('content_block_delta', `{"type":"content_block_delta","index":${blocks},"delta":${json}}`);
  }

  function stopBlock(): string {
    const stopped = encodeEvent('content_block_stop', `{"type":"content_block_stop","index":${blocks}}`);
    blocks += 1;
    return stopped;
  }

  function closeText(): string {
    if (open === undefined) return '';
    const signature = open.kind === 'thinking' ? delta(SIGNATURE_DELTA) : '';
    open = undefined;
    return signature + stopBlock();
  }

  function encodeText(kind: TextKind, text: string): string {
    outputCharacters += text.length;
    let before = '';
    if (open?.kind !== kind) {
      before = closeText() + startBlock(EMPTY_BLOCKS[kind]);
      open = { kind, head: deltaHead(kind, blocks) };
    }
    return `${before}${open.head}${JSON.stringify(text)}}}\n\n`;
  }

  function encodeCall(name: string, json: string): string {
    const before = closeText();
    const id = toolUseId(reply, calls);
    calls += 1;
    const start = startBlock({ type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } });
    const input = delta(`{"type":"input_json_delta","partial_json":${JSON.stringify(json)}}`);
    return before + start + input + stopBlock();
  }

  function endCall(event: ToolCallEndEvent): string {
    const input = parseToolInput(event.argumentsText);
    if (input !== undefined) return encodeCall(event.name, JSON.stringify(input));
    broken.push(event);
    return '';
  }

  function finish(event: FinishEvent): string {
    const { reason, usage } = event;
    let text = '';
    // At the length limit they are cut off, and not those that the model meant.
    if (reason !== 'length')
      for (const { name, argumentsText } of broken)
        text += encodeCall(name, JSON.stringify(wrapBrokenInput(argumentsText)));
    text += closeText();
    const counted = usage ?? {
      inputTokens: reply.estimateInputTokens(),
      outputTokens: estimateOutputTokens(outputCharacters),
    };
    const ending: RawMessageDeltaEvent = {
      type: 'message_delta',
      delta: { ...encodeStop(event, { calls }), stop_details: null, container: null },
      usage: encodeDeltaUsage(counted),
    };
    return text + encodeEvent('message_delta', JSON.stringify(ending)) + STOP;
  }

  return {
    encode(event) {
      switch (event.type) {
        case 'text-delta':
          return encodeText('text', event.text);
        case 'reasoning-delta':
          return encodeText('thinking', event.text);
        case 'start':
          return encodeStart(event.model, reply);
        case 'tool-call-end':
          return endCall(event);
        case 'finish':
          return finish(event);
        case 'tool-call-start':
        case 'tool-call-delta':
        case 'repair':
        case 'warning':
        case 'fallback':
        case 'error':
          return '';
      }
    },
  };
}

type TextKind = 'text' | 'thinking';

const EMPTY_BLOCKS: Record<TextKind, ContentBlock> = {
  text: { type: 'text', text: '', citations: null },
  thinking: { type: 'thinking', thinking: '', signature: '' },
};

const SIGNATURE_DELTA = JSON.stringify({ type: 'signature_delta', signature: THINKING_SIGNATURE });

const STOP = encodeEvent('message_stop', '{"type":"message_stop"}');

/** What is the same in each delta of a block, which is written once. */
function deltaHead(kind: TextKind, index: number): string {
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":{"type":"${kind}_delta","${kind}":`;
}

/** The count of the prompt is an estimate here. The end of the stream has the server's. */
function encodeStart(model: string, reply: MessageReply): string {
  const start: RawMessageStartEvent = {
    type: 'message_start',
    message: {
      id: messageId(reply),
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      container: null,
      diagnostics: null,
      usage: encodeUsage({ inputTokens: reply.estimateInputTokens(), outputTokens: 0 }),
    },
  };
  return encodeEvent('message_start', JSON.stringify(start));
}
