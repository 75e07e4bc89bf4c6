import type {
  AssistantMessage,
  ChatMessage,
  ContentPart,
  JsonObject,
  JsonValue,
  SystemMessage,
  ToolCall,
  ToolMessage,
  UserMessage,
} from '@openclaw/provider';
import { GatewayError } from '../gateway-error.ts';
import {
  invalidField,
  isAbsent,
  isArray,
  isObject,
  readArray,
  readObject,
  readString,
  hasUnknownKeys,
  readUnknownKeys,
} from './read-fields.ts';

/** @throws {GatewayError} `invalid-request` */
export function parseMessages(value: JsonValue | undefined): readonly ChatMessage[] {
  const list = readArray(value, 'messages', 'an array of messages');
  if (list.length === 0) {
    throw new GatewayError('invalid-request', '`messages` must hold at least one message, and is empty.', {
      param: 'messages',
    });
  }
  return list.map((item, index) => {
    const param = `messages[${index}]`;
    const message = readObject(item, param, 'a message');
    const role = readString(message['role'], `${param}.role`, EXPECTED_ROLE);
    const parse = ROLES.get(role);
    if (parse === undefined) throw invalidField(`${param}.role`, EXPECTED_ROLE, role);
    return parse(message, param);
  });
}

const EXPECTED_ROLE = '"system", "developer", "user", "assistant" or "tool"';

const ROLES: ReadonlyMap<string, (message: JsonObject, param: string) => ChatMessage> = new Map<
  string,
  (message: JsonObject, param: string) => ChatMessage
>([
  ['system', parseSystemMessage],
  // What OpenAI calls developer messages since 2024; the templates of local models know them as system messages.
  ['developer', parseSystemMessage],
  ['user', parseUserMessage],
  ['assistant', parseAssistantMessage],
  ['tool', parseToolMessage],
]);

const SYSTEM_KEYS: ReadonlySet<string> = new Set(['role', 'content']);

function parseSystemMessage(message: JsonObject, param: string): SystemMessage {
  const content = parseText(message['content'], `${param}.content`);
  return withExtras({ role: 'system', content: content.text }, message, SYSTEM_KEYS, { content: content.raw });
}

function parseUserMessage(message: JsonObject, param: string): UserMessage {
  const { content } = message;
  if (typeof content === 'string') return withExtras({ role: 'user', content }, message, SYSTEM_KEYS);
  const at = `${param}.content`;
  const parts = readArray(content, at, 'a string or an array of content parts').map((part, index) =>
    parsePart(part, `${at}[${index}]`),
  );
  const raw = isArray(content) && content.some(describesImage) ? content : undefined;
  return withExtras({ role: 'user', content: parts }, message, SYSTEM_KEYS, { content: raw });
}

const TEXT_PART_KEYS: ReadonlySet<string> = new Set(['type', 'text']);

function parsePart(value: JsonValue, param: string): ContentPart {
  if (typeof value === 'string') return { type: 'text', text: value };
  const part = readObject(value, param, 'a content part');
  const type = readString(part['type'], `${param}.type`);
  if (type === 'text') {
    const text = readString(part['text'], `${param}.text`);
    return !hasUnknownKeys(part, TEXT_PART_KEYS) ? { type: 'text', text } : { type: 'other', part };
  }
  if (type !== 'image_url') return { type: 'other', part };
  // Ollama's own clients write the URL without the object around it.
  const image = typeof part['image_url'] === 'string' ? { url: part['image_url'] } : part['image_url'];
  const { url, detail } = readObject(image, `${param}.image_url`);
  const expected = 'a data: URL (or an http(s) URL, where the server fetches images itself)';
  const found = readString(url, `${param}.image_url.url`, expected);
  if (!/^(data:|https?:\/\/)/i.test(found)) throw invalidField(`${param}.image_url.url`, expected, url);
  return { type: 'image', url: found, ...(typeof detail === 'string' && { detail }) };
}

const IMAGE_PART_KEYS: ReadonlySet<string> = new Set(['type', 'image_url']);
const IMAGE_KEYS: ReadonlySet<string> = new Set(['url', 'detail']);

/** Whether a part is an image of which more is said than the contract can hold. */
function describesImage(part: JsonValue): boolean {
  if (!isObject(part) || part['type'] !== 'image_url') return false;
  const { image_url: image } = part;
  return hasUnknownKeys(part, IMAGE_PART_KEYS) || (isObject(image) && hasUnknownKeys(image, IMAGE_KEYS));
}

const ASSISTANT_KEYS: ReadonlySet<string> = new Set([
  'role',
  'content',
  'reasoning',
  'reasoning_content',
  'tool_calls',
]);

function parseAssistantMessage(message: JsonObject, param: string): AssistantMessage {
  const content = parseText(message['content'] ?? '', `${param}.content`);
  const reasoning = message['reasoning_content'] ?? message['reasoning'];
  const calls = isAbsent(message['tool_calls']) ? [] : readArray(message['tool_calls'], `${param}.tool_calls`);
  const toolCalls = calls.map((call, index) => parseToolCall(call, `${param}.tool_calls[${index}]`, index));
  return withExtras(
    {
      role: 'assistant',
      content: content.text,
      ...(typeof reasoning === 'string' && reasoning !== '' && { reasoning }),
      ...(toolCalls.length > 0 && { toolCalls }),
    },
    message,
    ASSISTANT_KEYS,
    { content: content.raw, tool_calls: calls.some(saysMore) ? calls : undefined },
  );
}

function parseToolCall(value: JsonValue, param: string, index: number): ToolCall {
  const call = readObject(value, param, 'a tool call');
  const { name, arguments: given } = readObject(call['function'], `${param}.function`);
  const argumentsText = isObject(given)
    ? JSON.stringify(given)
    : readString(given ?? '{}', `${param}.function.arguments`);
  return {
    id: isAbsent(call['id']) ? `call_${index}` : readString(call['id'], `${param}.id`),
    name: readString(name, `${param}.function.name`),
    argumentsText,
  };
}

const CALL_KEYS: ReadonlySet<string> = new Set(['id', 'type', 'function', 'index']);

/** Some servers hang keys of their own on a call and want them back with it. */
function saysMore(call: JsonValue): boolean {
  return isObject(call) && hasUnknownKeys(call, CALL_KEYS);
}

const TOOL_KEYS: ReadonlySet<string> = new Set(['role', 'content', 'tool_call_id']);

function parseToolMessage(message: JsonObject, param: string): ToolMessage {
  const toolCallId = readString(
    message['tool_call_id'],
    `${param}.tool_call_id`,
    'the id of the call that this answers',
  );
  const content = parseText(message['content'] ?? '', `${param}.content`);
  return withExtras({ role: 'tool', toolCallId, content: content.text }, message, TOOL_KEYS, { content: content.raw });
}

/** Text given as a string or in parts; `raw` when the parts say more than their text. */
function parseText(value: JsonValue | undefined, param: string): { text: string; raw?: readonly JsonValue[] } {
  if (typeof value === 'string') return { text: value };
  const parts = readArray(value, param, 'a string or an array of text parts');
  const text = parts.map((item, index) => {
    if (typeof item === 'string') return item;
    const part = readObject(item, `${param}[${index}]`, 'a text part');
    return part['type'] === 'refusal'
      ? readString(part['refusal'], `${param}[${index}].refusal`)
      : readString(part['text'], `${param}[${index}].text`);
  });
  const plain = parts.every((part) => !isObject(part) || !hasUnknownKeys(part, TEXT_PART_KEYS));
  return plain ? { text: text.join('\n') } : { text: text.join('\n'), raw: parts };
}

/** Adds the keys that the contract has no field for, and the raw form of those that it cannot hold whole. */
function withExtras<Message extends ChatMessage>(
  parsed: Message,
  message: JsonObject,
  known: ReadonlySet<string>,
  raw?: Readonly<Record<string, JsonValue | undefined>>,
): Message {
  const unknown = readUnknownKeys(message, known);
  const kept = raw === undefined ? [] : Object.entries(raw).filter(([, value]) => value !== undefined);
  if (unknown === undefined && kept.length === 0) return parsed;
  return { ...parsed, extraFields: { ...unknown, ...Object.fromEntries(kept) } };
}
