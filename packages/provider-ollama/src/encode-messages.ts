import type { ChatMessage, ImagePart, ToolCall } from '@openclaw/provider';
import { isWireObject, parseJson } from '@openclaw/upstream-errors';
import type { WireObject } from '@openclaw/upstream-errors';
import { addKeys } from '@openclaw/upstream-wire';
import type { EncodedObject } from '@openclaw/upstream-wire';
import { nativeKeysOf } from './native-keys.ts';

/** A conversation in the words of `/api/chat`. Results of tools carry the name of the tool, which the contract does not have. */
export function encodeMessages(messages: readonly ChatMessage[]): EncodedObject[] {
  /** The names of the calls so far. Ids may be used again in later turns. */
  const nameById = new Map<string, string>();
  return messages.map((message) => {
    if (message.role === 'assistant') for (const { id, name } of message.toolCalls ?? []) nameById.set(id, name);
    return addKeys(encodeMessage(message, { nameById }), nativeKeysOf(message.raw));
  });
}

/** An image that the server would have to fetch and cannot, if there is one. */
export function findUnfetchableImage(messages: readonly ChatMessage[]): string | undefined {
  return messages.flatMap(imagesOf).find(({ url }) => /^https?:/i.test(url))?.url;
}

/** Keys with `undefined` are not sent. */
function encodeMessage(
  message: ChatMessage,
  { nameById }: { readonly nameById: ReadonlyMap<string, string> },
): EncodedObject {
  const images = imagesOf(message).map(({ url }) => encodeImage(url));
  const encoded = {
    role: message.role,
    content: textOf(message),
    images: images.length === 0 ? undefined : images,
  };
  if (message.role === 'tool') {
    // The name for releases since 0.9.6, the id since 0.12.10; others ignore both.
    return { ...encoded, tool_name: nameById.get(message.toolCallId), tool_call_id: message.toolCallId };
  }
  if (message.role !== 'assistant') return encoded;
  const { reasoning, toolCalls = [] } = message;
  return {
    ...encoded,
    thinking: reasoning === '' ? undefined : reasoning,
    tool_calls: toolCalls.length === 0 ? undefined : toolCalls.map(encodeToolCall),
  };
}

function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n');
}

function imagesOf({ content }: ChatMessage): readonly ImagePart[] {
  if (typeof content === 'string') return NO_IMAGES;
  const images: ImagePart[] = [];
  for (const part of content) if (part.type === 'image') images.push(part);
  return images;
}

const NO_IMAGES: readonly ImagePart[] = [];

/** The base64 of a `data:` URL. Anything else is sent as it is, as base64 without a URL is common. */
function encodeImage(url: string): string {
  const comma = url.indexOf(',');
  if (comma === -1 || !/^data:/i.test(url)) return url;
  const data = url.slice(comma + 1);
  if (/;\s*base64\s*$/i.test(url.slice(0, comma))) return decodePercent(data);
  return Buffer.from(decodePercent(data)).toString('base64');
}

/** Text that is not percent-encoded correctly stays as it is: the server says what is wrong with it. */
function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encodeToolCall({ id, name, argumentsText, raw }: ToolCall): EncodedObject {
  return addKeys({ id, function: { name, arguments: encodeArguments(argumentsText) } }, nativeKeysOf(raw));
}

/** Arguments are an object. One broken call in the history would make the server refuse every request from then on. */
function encodeArguments(argumentsText: string): WireObject {
  if (argumentsText.trim() === '') return {};
  const value = parseJson(argumentsText);
  return isWireObject(value) ? value : { arguments: argumentsText };
}
