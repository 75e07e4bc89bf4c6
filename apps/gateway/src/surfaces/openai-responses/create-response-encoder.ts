import { ProviderError } from '@openclaw/provider';
import type { FinishReason, JsonObject, JsonValue, StreamEvent, ToolCallEndEvent } from '@openclaw/provider';
import type { StreamEncoder } from '../surface.ts';
import {
  encodeCall,
  encodeMessage,
  encodeReasoning,
  encodeSummaryPart,
  encodeTextPart,
  isCutOff,
} from './encode-items.ts';
import type { ItemStatus, OutputItem } from './encode-items.ts';
import { encodeResponse, INCOMPLETE } from './encode-response.ts';
import type { ResponseState } from './encode-response.ts';
import { createItemIds } from './item-ids.ts';
import type { ResponseReply, StoredItem } from './response-reply.ts';

/** An item that the model is still writing. */
interface OpenItem {
  readonly type: 'message' | 'reasoning';
  readonly id: string;
  /** What all events of its text have in common. */
  readonly place: JsonObject;
  text: string;
  readonly logprobs: JsonValue[];
}

export interface ResponseEncoderOptions {
  /** Called with the response as JSON, and with its items, when it has ended without an error. */
  readonly onEnd: (body: string, output: readonly StoredItem[]) => void;
  /** Maximum characters of an answer: it is held until it ends. More is `invalid-response`. @default 64 Mi */
  readonly maxCharacters?: number | undefined;
}

const MAX_CHARACTERS = 64 * 1024 * 1024;

/**
 * One answer as the events of a response. Text and reasoning are sent as they come. Calls are sent with the end of the
 * answer: clients run a tool at once, and an answer that fails must not have run one.
 */
export function createResponseEncoder(
  reply: ResponseReply,
  { onEnd, maxCharacters = MAX_CHARACTERS }: ResponseEncoderOptions,
): StreamEncoder {
  const ids = createItemIds(reply.unique);
  const output: StoredItem[] = [];
  const calls: ToolCallEndEvent[] = [];
  let model = reply.model;
  let created = false;
  let sequence = 0;
  let characters = 0;
  let open: OpenItem | undefined;

  /** `fields` are the members of a JSON object. */
  function writeEvent(type: string, fields: string): string {
    return `event: ${type}\ndata: {"type":"${type}","sequence_number":${sequence++},${fields}}\n\n`;
  }

  function write(type: string, fields: JsonObject): string {
    return writeEvent(type, JSON.stringify(fields).slice(1, -1));
  }

  function respond(state: Omit<ResponseState, 'model'>): string {
    return encodeResponse({ model, ...state }, reply);
  }

  function create(): string {
    if (created) return '';
    created = true;
    const response = `"response":${respond({ output: [] })}`;
    return writeEvent('response.created', response) + writeEvent('response.in_progress', response);
  }

  function encodeOpen({ type, id, text, logprobs }: OpenItem, status: ItemStatus): OutputItem {
    return type === 'reasoning'
      ? encodeReasoning(text, { id, opaque: reply.opaqueReasoning })
      : encodeMessage({ text, logprobs }, { id, status });
  }

  function openItem(type: OpenItem['type']): string {
    const isText = type === 'message';
    const id = ids.item(isText ? 'msg' : 'rs');
    const index = output.length;
    const place = { item_id: id, output_index: index, [isText ? 'content_index' : 'summary_index']: 0 };
    open = { type, id, place, text: '', logprobs: [] };
    const item = isText
      ? encodeMessage(undefined, { id, status: 'in_progress' })
      : encodeReasoning(undefined, { id, opaque: false });
    const part = isText ? encodeTextPart({ text: '', logprobs: [] }) : encodeSummaryPart('');
    return (
      write('response.output_item.added', { output_index: index, item }) +
      write(isText ? 'response.content_part.added' : 'response.reasoning_summary_part.added', { ...place, part })
    );
  }

  function closeItem(status: ItemStatus): string {
    if (open === undefined) return '';
    const { type, place, text, logprobs } = open;
    const item = encodeOpen(open, status);
    open = undefined;
    const done =
      type === 'message'
        ? write('response.output_text.done', { ...place, text, logprobs }) +
          write('response.content_part.done', { ...place, part: encodeTextPart({ text, logprobs }) })
        : write('response.reasoning_summary_text.done', { ...place, text }) +
          write('response.reasoning_summary_part.done', { ...place, part: encodeSummaryPart(text) });
    return done + finishItem(item);
  }

  function finishItem(item: OutputItem): string {
    const text = JSON.stringify(item);
    const index = output.push({ id: item.id, text }) - 1;
    return writeEvent('response.output_item.done', `"output_index":${index},"item":${text}`);
  }

  function say(
    type: OpenItem['type'],
    { text, logprobs = [] }: { text: string; logprobs?: readonly JsonValue[] },
  ): string {
    hold(text.length);
    const before = open?.type === type ? '' : closeItem('completed') + openItem(type);
    if (open === undefined) return before;
    open.text += text;
    for (const token of logprobs) open.logprobs.push(token);
    const delta = { ...open.place, delta: text };
    return (
      before +
      (type === 'message'
        ? write('response.output_text.delta', { ...delta, logprobs })
        : write('response.reasoning_summary_text.delta', delta))
    );
  }

  function sendCall(call: ToolCallEndEvent): string {
    const { item, streamed } = encodeCall(call, { forms: reply.forms, ids });
    const index = output.length;
    const added = { ...item, status: 'in_progress', ...(streamed !== undefined && { [streamed.key]: '' }) };
    let text = write('response.output_item.added', { output_index: index, item: added });
    if (streamed !== undefined) {
      const { event, key, text: written } = streamed;
      const place = { item_id: item.id, output_index: index };
      text += write(`${event}.delta`, { ...place, delta: written });
      // Some clients look for the name of the function here.
      const name = item['name'];
      text += write(`${event}.done`, { ...place, ...(key === 'arguments' && { name }), [key]: written });
    }
    return text + finishItem(item);
  }

  function finish({ reason, usage }: Extract<StreamEvent, { type: 'finish' }>): string {
    const status = statusOf(reason);
    let text = closeItem(status);
    for (const call of calls) if (status === 'completed' || !isCutOff(call)) text += sendCall(call);
    const body = respond({ output: output.map((item) => item.text), end: { reason, usage } });
    onEnd(body, output);
    return text + writeEvent(`response.${status}`, `"response":${body}`);
  }

  function hold(length: number): void {
    characters += length;
    if (characters <= maxCharacters) return;
    throw new ProviderError(
      'invalid-response',
      `The answer is longer than ${maxCharacters} characters, the maximum for a response. Limit it with \`max_output_tokens\`.`,
    );
  }

  return {
    encode(event) {
      switch (event.type) {
        case 'start':
          model = event.model;
          return create();
        case 'reasoning-delta':
          return say('reasoning', event);
        case 'text-delta':
          return say('message', event);
        case 'tool-call-end':
          hold(event.argumentsText.length);
          calls.push(event);
          return '';
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
    // A comment would not do: Codex counts only events. The first event must be the one that creates the response.
    keepAlive: () => create() + `event: keepalive\ndata: {"type":"keepalive","sequence_number":${sequence++}}\n\n`,
    fail(failure) {
      const unfinished = open === undefined ? [] : [JSON.stringify(encodeOpen(open, 'incomplete'))];
      const items = [...output.map(({ text }) => text), ...unfinished];
      return create() + writeEvent('response.failed', `"response":${respond({ output: items, end: { failure } })}`);
    },
  };
}

function statusOf(reason: FinishReason): 'completed' | 'incomplete' {
  return INCOMPLETE[reason] === null ? 'completed' : 'incomplete';
}
