import { isObject } from '@openclaw/openai-wire';
import type { JsonObject, JsonValue, ToolCall } from '@openclaw/provider';
import { encodeOpaqueReasoning } from './opaque-reasoning.ts';
import type { ItemIds } from './item-ids.ts';
import type { NamedToolForm, ToolForms } from './tool-form.ts';
import { TYPED_TOOLS } from './typed-tools.ts';

/** Whether an item is whole. */
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

/** An item of a response's output. */
export interface OutputItem extends JsonObject {
  readonly type: string;
  readonly id: string;
}

export interface ItemOptions {
  readonly id: string;
  readonly status: ItemStatus;
}

export interface MessageText {
  readonly text: string;
  readonly logprobs: readonly JsonValue[];
}

/** A message of the assistant; without text while it is still empty. */
export function encodeMessage(content: MessageText | undefined, { id, status }: ItemOptions): OutputItem {
  const parts = content === undefined ? [] : [encodeTextPart(content)];
  return { type: 'message', id, status, role: 'assistant', content: parts };
}

export function encodeTextPart({ text, logprobs }: MessageText): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs };
}

/** Reasoning is sent as its summary, which is the part that every client reads. */
export function encodeReasoning(text: string | undefined, { id, opaque }: { id: string; opaque: boolean }): OutputItem {
  return {
    type: 'reasoning',
    id,
    summary: text === undefined ? [] : [encodeSummaryPart(text)],
    ...(opaque && text !== undefined && { encrypted_content: encodeOpaqueReasoning(text) }),
  };
}

export function encodeSummaryPart(text: string): JsonObject {
  return { type: 'summary_text', text };
}

/** A call as its item, and the field of the item that has what the model wrote. */
export interface EncodedCall {
  readonly item: OutputItem;
  /** Absent for calls that are not streamed. */
  readonly streamed?: StreamedField;
}

export interface StreamedField {
  /** The events have this name, followed by `.delta` and `.done`. */
  readonly event: 'response.function_call_arguments' | 'response.custom_tool_call_input';
  readonly key: 'arguments' | 'input';
  readonly text: string;
}

/** A tool call → the item of its tool's form. Arguments that do not fit the form stay a function call. */
export function encodeCall(call: ToolCall, { forms, ids }: { forms: ToolForms; ids: ItemIds }): EncodedCall {
  const form = forms.get(call.name) ?? { type: 'function', name: call.name };
  const callId = ids.call();
  if (form.type === 'function' || form.type === 'custom') return encodeNamedCall(call, { form, ids, callId });
  const rules = TYPED_TOOLS[form.type];
  const value = rules.encodeCall(parseObject(call.argumentsText) ?? {});
  if (value === undefined) return encodeNamedCall(call, { form: { type: 'function', name: call.name }, ids, callId });
  // An output of this shell names the `id` of its call and no `call_id`.
  const id = form.type === 'local_shell' ? callId : ids.item(rules.idPrefix);
  return { item: { type: rules.callType, id, status: 'completed', call_id: callId, [rules.callField]: value } };
}

function encodeNamedCall(
  { argumentsText }: ToolCall,
  { form: { type, name, namespace }, ids, callId }: { form: NamedToolForm; ids: ItemIds; callId: string },
): EncodedCall {
  const base = { status: 'completed', call_id: callId, name, ...(namespace !== undefined && { namespace }) };
  if (type === 'custom') {
    const text = readCustomInput(argumentsText);
    return {
      item: { type: 'custom_tool_call', id: ids.item('ctc'), ...base, input: text },
      streamed: { event: 'response.custom_tool_call_input', key: 'input', text },
    };
  }
  const text = argumentsText === '' ? '{}' : argumentsText;
  return {
    item: { type: 'function_call', id: ids.item('fc'), ...base, arguments: text },
    streamed: { event: 'response.function_call_arguments', key: 'arguments', text },
  };
}

/** The input of a tool that takes text. Models also write the text alone, or under a name of their own. */
function readCustomInput(argumentsText: string): string {
  const value = parseJson(argumentsText);
  if (typeof value === 'string') return value;
  if (!isObject(value)) return argumentsText;
  const [only, ...others] = typeof value['input'] === 'string' ? [value['input']] : Object.values(value);
  return typeof only === 'string' && others.length === 0 ? only : argumentsText;
}

function parseObject(text: string): JsonObject | undefined {
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Whether an answer that was cut off may have ended inside this call. */
export function isCutOff({ argumentsText }: ToolCall): boolean {
  return argumentsText !== '' && parseObject(argumentsText) === undefined;
}
