import type {
  AssistantMessage,
  ChatMessage,
  ContentPart,
  TextPart,
  ToolContentPart,
  ToolMessage,
  UserMessage,
} from '@openclaw/provider';

/** Collects the messages of a request in the order in which a model has to read them. */
export interface Conversation {
  /** Adds to the instructions at the head. */
  addInstructions(text: string): void;
  addUser(parts: readonly ContentPart[]): void;
  addAssistant(message: AssistantMessage): void;
  addToolResult(toolCallId: string, parts: readonly ToolContentPart[]): void;
  /**
   * Adds instructions that stand inside the conversation. The templates of local models refuse or drop a second system
   * message, and instructions that moved to the head would make the server read the whole prompt again. So they join
   * the message before them, in a tag that tells them from the words of the person.
   */
  addLateInstructions(text: string): void;
  /** Whether it has nothing but instructions. */
  isEmpty(): boolean;
  /** The instructions first. */
  messages(): readonly ChatMessage[];
}

type Turn =
  | { readonly role: 'user'; readonly parts: ContentPart[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly parts: ToolContentPart[] }
  | AssistantMessage;

export function createConversation(): Conversation {
  const instructions: string[] = [];
  const turns: Turn[] = [];

  function addUser(parts: readonly ContentPart[]): void {
    if (parts.length === 0) return;
    const last = turns.at(-1);
    // As in Anthropic's API, user messages in a row are one.
    if (last?.role === 'user') last.parts.push(...parts);
    else turns.push({ role: 'user', parts: [...parts] });
  }

  return {
    addInstructions: (text) => instructions.push(text),
    addUser,
    addAssistant: (message) => turns.push(message),
    addToolResult: (toolCallId, parts) => turns.push({ role: 'tool', toolCallId, parts: [...parts] }),
    addLateInstructions(text) {
      const part: TextPart = { type: 'text', text: `<system-reminder>\n${text}\n</system-reminder>` };
      const last = turns.at(-1);
      if (last === undefined) instructions.push(text);
      else if (last.role === 'tool') last.parts.push(part);
      else addUser([part]);
    },
    isEmpty: () => turns.length === 0,
    messages() {
      const head = instructions.filter((text) => text !== '').join('\n\n');
      const messages = turns.map(toMessage);
      return head === '' ? messages : [{ role: 'system', content: head }, ...messages];
    },
  };
}

function toMessage(turn: Turn): UserMessage | ToolMessage | AssistantMessage {
  switch (turn.role) {
    case 'user':
      return { role: 'user', content: joinTexts(turn.parts) ?? turn.parts };
    case 'tool':
      return { role: 'tool', toolCallId: turn.toolCallId, content: joinTexts(turn.parts) ?? turn.parts };
    case 'assistant':
      return turn;
  }
}

/**
 * One text for parts that are all text: a client writes the same message once as a string and once in parts, and a
 * model must read the same, or its server's cache of the prompt does not fit.
 */
function joinTexts(parts: readonly ContentPart[]): string | undefined {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n') : undefined;
}
