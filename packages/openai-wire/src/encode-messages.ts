import type { AssistantMessage, ChatMessage, ContentPart, ToolCall, UserMessage } from '@openclaw/provider';
import { parseJson } from '@openclaw/upstream-errors';
import type { ServerQuirks } from './server-quirks.ts';
import { isWireObject } from '@openclaw/upstream-errors';

/** A conversation on the wire. One message may become two: see `nullContentBesideToolCalls`. */
export function encodeMessages(
  messages: readonly ChatMessage[],
  { quirks }: { readonly quirks: ServerQuirks },
): unknown[] {
  return messages.flatMap((message) => encodeMessage(message, quirks));
}

/** An image that the server would have to fetch and cannot, if there is one. */
export function findUnfetchableImage(
  messages: readonly ChatMessage[],
  { quirks }: { readonly quirks: ServerQuirks },
): string | undefined {
  if (quirks.fetchesImages) return undefined;
  for (const message of messages) {
    if (message.role !== 'user' || typeof message.content === 'string') continue;
    for (const part of message.content) if (part.type === 'image' && /^https?:/i.test(part.url)) return part.url;
  }
  return undefined;
}

function encodeMessage(message: ChatMessage, quirks: ServerQuirks): unknown[] {
  switch (message.role) {
    case 'system':
      return [{ role: quirks.instructionsRole, content: message.content, ...message.extraFields }];
    case 'user':
      return [{ role: 'user', content: encodeUserContent(message, quirks), ...message.extraFields }];
    case 'assistant':
      return encodeAssistant(message, quirks);
    case 'tool':
      return [{ role: 'tool', tool_call_id: message.toolCallId, content: message.content, ...message.extraFields }];
  }
}

function encodeUserContent({ content }: UserMessage, quirks: ServerQuirks): unknown {
  if (typeof content === 'string') return content;
  const texts = content.filter((part) => part.type === 'text');
  if (quirks.splitsParts && texts.length === content.length) return texts.map(({ text }) => text).join('\n');
  return content.map((part) => encodePart(part, quirks));
}

function encodePart(part: ContentPart, quirks: ServerQuirks): unknown {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return {
        type: 'image_url',
        image_url: quirks.imageForm === 'string' ? part.url : { url: part.url, detail: part.detail },
      };
    case 'other':
      return part.part;
  }
}

function encodeAssistant(message: AssistantMessage, quirks: ServerQuirks): unknown[] {
  const { content, reasoning, toolCalls = [], extraFields } = message;
  const thought =
    quirks.reasoningField === undefined || reasoning === undefined || reasoning === ''
      ? {}
      : { [quirks.reasoningField]: reasoning };
  if (toolCalls.length === 0) return [{ role: 'assistant', content, ...thought, ...extraFields }];
  const calls = toolCalls.map((toolCall) => encodeToolCall(toolCall, quirks));
  if (content === '') return [{ role: 'assistant', content: null, ...thought, tool_calls: calls, ...extraFields }];
  if (!quirks.nullContentBesideToolCalls)
    return [{ role: 'assistant', content, ...thought, tool_calls: calls, ...extraFields }];
  return [
    { role: 'assistant', content, ...thought },
    { role: 'assistant', content: null, tool_calls: calls, ...extraFields },
  ];
}

function encodeToolCall({ id, name, argumentsText }: ToolCall, quirks: ServerQuirks): unknown {
  const given = argumentsText.trim() === '' ? '{}' : argumentsText;
  return { id, type: 'function', function: { name, arguments: quirks.parsesArguments ? ensureObject(given) : given } };
}

/** One broken call in the history would make servers that parse the arguments refuse every request from then on. */
function ensureObject(argumentsText: string): string {
  return isWireObject(parseJson(argumentsText)) ? argumentsText : JSON.stringify({ arguments: argumentsText });
}
