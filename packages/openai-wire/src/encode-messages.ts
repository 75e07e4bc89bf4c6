import type {
  AssistantMessage,
  ChatMessage,
  ContentPart,
  ImagePart,
  TextPart,
  ToolCall,
  ToolMessage,
  UserMessage,
} from '@openclaw/provider';
import { isWireObject, parseJson } from '@openclaw/upstream-errors';
import { addRawKeys, rawKeysOf } from './add-raw-keys.ts';
import type { EncodedObject } from '@openclaw/upstream-wire';
import { OPENAI_CHAT } from './dialect.ts';
import type { ServerQuirks } from './server-quirks.ts';

/**
 * A conversation on the wire. One message may become two: see `nullContentBesideToolCalls`. The API takes only text
 * as the result of a tool, so the images of results follow in a user message, behind the last result of the turn.
 */
export function encodeMessages(
  messages: readonly ChatMessage[],
  { quirks }: { readonly quirks: ServerQuirks },
): unknown[] {
  const encoded: unknown[] = [];
  let resultImages: ImagePart[] = [];
  const addResultImages = (): void => {
    if (resultImages.length === 0) return;
    encoded.push({ role: 'user', content: resultImages.flatMap((part) => encodePart(part, quirks)) });
    resultImages = [];
  };
  for (const message of messages) {
    if (message.role === 'tool') resultImages.push(...imagesOf(message));
    else addResultImages();
    encoded.push(...encodeMessage(message, quirks));
  }
  addResultImages();
  return encoded;
}

function imagesOf({ content }: ToolMessage): readonly ImagePart[] {
  return typeof content === 'string' ? [] : content.filter((part) => part.type === 'image');
}

/** An image that the server would have to fetch and cannot, if there is one. */
export function findUnfetchableImage(
  messages: readonly ChatMessage[],
  { quirks }: { readonly quirks: ServerQuirks },
): string | undefined {
  if (quirks.fetchesImages) return undefined;
  for (const message of messages) {
    if (typeof message.content === 'string') continue;
    for (const part of message.content) if (part.type === 'image' && /^https?:/i.test(part.url)) return part.url;
  }
  return undefined;
}

function encodeMessage(message: ChatMessage, quirks: ServerQuirks): EncodedObject[] {
  const { raw } = message;
  switch (message.role) {
    case 'system':
      return [addRawKeys({ role: quirks.instructionsRole, content: encodeText(message.content, quirks) }, raw)];
    case 'user':
      return [addRawKeys({ role: 'user', content: encodeUserContent(message, quirks) }, raw)];
    case 'assistant':
      return encodeAssistant(message, quirks);
    case 'tool': {
      const texts =
        typeof message.content === 'string' ? message.content : message.content.filter((part) => part.type === 'text');
      const content = encodeText(texts, quirks);
      return [addRawKeys({ role: 'tool', tool_call_id: message.toolCallId, content }, raw)];
    }
  }
}

function encodeUserContent({ content }: UserMessage, quirks: ServerQuirks): unknown {
  if (typeof content === 'string') return content;
  const texts = content.filter((part) => part.type === 'text');
  if (quirks.splitsParts && texts.length === content.length) return joinTexts(texts);
  return content.flatMap((part) => encodePart(part, quirks));
}

/** One text, which every server takes, unless the parts say more than that and the server keeps them together. */
function encodeText(content: string | readonly TextPart[], quirks: ServerQuirks): string | unknown[] {
  if (typeof content === 'string') return content;
  const isPlain = content.every(({ refusal, raw }) => refusal !== true && rawKeysOf(raw) === undefined);
  if (isPlain || quirks.splitsParts) return joinTexts(content);
  return content.flatMap((part) => encodePart(part, quirks));
}

function joinTexts(parts: readonly TextPart[]): string {
  return parts.map(({ text }) => text).join('\n');
}

function encodePart(part: ContentPart, quirks: ServerQuirks): EncodedObject[] {
  switch (part.type) {
    case 'text': {
      const { text, refusal, raw } = part;
      return [addRawKeys(refusal === true ? { type: 'refusal', refusal: text } : { type: 'text', text }, raw)];
    }
    case 'image': {
      const { url, detail, raw } = part;
      return [addRawKeys({ type: 'image_url', image_url: quirks.imageForm === 'string' ? url : { url, detail } }, raw)];
    }
    case 'raw':
      return part.dialect === OPENAI_CHAT ? [part.value] : [];
  }
}

function encodeAssistant(message: AssistantMessage, quirks: ServerQuirks): EncodedObject[] {
  const { reasoning, toolCalls = [], raw } = message;
  const content = encodeText(message.content, quirks);
  const thought =
    quirks.reasoningField === undefined || reasoning === undefined || reasoning === ''
      ? {}
      : { [quirks.reasoningField]: reasoning };
  const base = { role: 'assistant', content, ...thought };
  if (toolCalls.length === 0) return [addRawKeys(base, raw)];
  const calls = toolCalls.map((toolCall) => encodeToolCall(toolCall, quirks));
  if (content === '') return [addRawKeys({ ...base, content: null, tool_calls: calls }, raw)];
  if (!quirks.nullContentBesideToolCalls) return [addRawKeys({ ...base, tool_calls: calls }, raw)];
  return [base, addRawKeys({ role: 'assistant', content: null, tool_calls: calls }, raw)];
}

function encodeToolCall({ id, name, argumentsText, raw }: ToolCall, quirks: ServerQuirks): EncodedObject {
  const given = argumentsText.trim() === '' ? '{}' : argumentsText;
  const called = { name, arguments: quirks.parsesArguments ? ensureObject(given) : given };
  return addRawKeys({ id, type: 'function', function: called }, raw);
}

/** One broken call in the history would make servers that parse the arguments refuse every request from then on. */
function ensureObject(argumentsText: string): string {
  return isWireObject(parseJson(argumentsText)) ? argumentsText : JSON.stringify({ arguments: argumentsText });
}
