import type { CatalogModel } from '@openclaw/model-selection';
import type { ChatMessage, ChatRequest, ToolMessage } from '@openclaw/provider';

/**
 * Replaces images in the results of tools by a note, if the model is known not to accept images. A tool may return one
 * that no person asked for, and it stays in the conversation: refusing it would refuse every request from then on.
 */
export function omitToolImages(chat: ChatRequest, { input, source }: CatalogModel): ChatRequest {
  const isKnown = source !== 'assumed';
  if (!isKnown || input.includes('image') || !chat.messages.some(hasToolImage)) return chat;
  return {
    ...chat,
    messages: chat.messages.map((message) => (hasToolImage(message) ? withoutImages(message) : message)),
  };
}

const NOTE = '[Here was an image. This model cannot see images.]';

/** Whether a message is the result of a tool with an image. */
function hasToolImage(message: ChatMessage): message is ToolMessage {
  return message.role === 'tool' && hasImage(message);
}

/** Whether a message has an image. */
export function hasImage({ content }: ChatMessage): boolean {
  return typeof content !== 'string' && content.some(({ type }) => type === 'image');
}

function withoutImages({ content, ...message }: ToolMessage): ToolMessage {
  if (typeof content === 'string') return { ...message, content };
  return { ...message, content: content.map((part) => (part.type === 'image' ? { type: 'text', text: NOTE } : part)) };
}
