import type { ChatMessage, SystemMessage, TextPart } from '@openclaw/provider';

/**
 * One system message at the head, from those that begin the conversation. Later ones become part of the message before
 * them: the templates of many local models refuse a system message in the middle, or drop it without an error. They are
 * not moved to the head, because a head that changes with each turn makes the prompt cache useless.
 */
export function foldSystemMessages(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const firstOther = messages.findIndex(({ role }) => role !== 'system');
  const head = messages.slice(0, firstOther === -1 ? messages.length : firstOther).filter(isSystem);
  const rest = messages.slice(head.length);
  const folded: ChatMessage[] = head.length === 0 ? [] : [joinSystemMessages(head)];
  // Instructions between an assistant message and the next user message.
  let waiting: TextPart[] = [];
  for (const message of rest) {
    const last = folded.at(-1);
    if (message.role !== 'system') {
      folded.push(message.role === 'user' ? withTexts(message, { before: waiting }) : message);
      if (message.role === 'user') waiting = [];
    } else if (last?.role === 'user' || last?.role === 'tool') {
      folded[folded.length - 1] = withTexts(last, { after: [reminder(message)] });
    } else {
      waiting.push(reminder(message));
    }
  }
  if (waiting.length > 0) folded.push({ role: 'user', content: waiting });
  return folded;
}

function isSystem(message: ChatMessage): message is SystemMessage {
  return message.role === 'system';
}

function joinSystemMessages(messages: readonly SystemMessage[]): SystemMessage {
  return { role: 'system', content: messages.map(textOf).join('\n\n') };
}

function textOf({ content }: SystemMessage): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n');
}

/** The tag tells the model that these are not the person's words. */
function reminder(message: SystemMessage): TextPart {
  return { type: 'text', text: `<system-reminder>\n${textOf(message)}\n</system-reminder>` };
}

function withTexts<Message extends ChatMessage & { readonly role: 'user' | 'tool' }>(
  message: Message,
  { before = [], after = [] }: { before?: readonly TextPart[]; after?: readonly TextPart[] },
): Message {
  if (before.length === 0 && after.length === 0) return message;
  const { content } = message;
  const own = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content;
  return { ...message, content: [...before, ...own, ...after] };
}
