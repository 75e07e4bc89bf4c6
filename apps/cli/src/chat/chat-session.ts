import { collectMessage, type ChatMessage, type CollectedMessage, type StreamEvent } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime/internal';
import type { SavedChat, SavedMessage } from './chat-store.ts';

/** A conversation with a model. */
export interface ChatSession {
  /** The chosen model; `undefined` for the default with its fallbacks. */
  readonly model: string | undefined;
  /** System instructions; `undefined` for none. They apply to the whole conversation. */
  system: string | undefined;
  /** How much the model thinks; `undefined` for its default. */
  reasoningEffort: string | undefined;
  /** The text of the last answer; `undefined` before the first one. */
  readonly lastAnswer: string | undefined;
  /**
   * Sends a message and adds it to the conversation with the answer, also if the answer is interrupted. A message whose
   * request failed is removed, so that it can be sent again.
   * @throws {ProviderError} if all models failed, or the answer was interrupted
   */
  ask(text: string, options: { signal: AbortSignal }): Promise<CollectedMessage>;
  /** @throws {ModelSelectionError} if the name matches no model */
  choose(name: string): Promise<void>;
  /** References of the available models. */
  list(): Promise<readonly string[]>;
  reset(): void;
}

interface ChatSessionOptions {
  readonly runtime: Runtime;
  readonly agent: string | undefined;
  readonly system: string | undefined;
  /** The conversation so far. */
  readonly messages: readonly SavedMessage[];
  readonly streaming: boolean | undefined;
  /** Renders the events and passes them on. */
  readonly show: (events: AsyncIterable<StreamEvent>) => AsyncIterable<StreamEvent>;
  /** Called with the conversation after each answer. */
  readonly onAnswer: (chat: SavedChat) => void;
}

/** Creates a conversation. */
export function createChatSession({
  runtime,
  agent,
  streaming,
  show,
  onAnswer,
  ...options
}: ChatSessionOptions): ChatSession {
  let model: string | undefined;
  let messages = options.messages;

  const session: ChatSession = {
    system: options.system,
    reasoningEffort: undefined,
    get model() {
      return model;
    },
    get lastAnswer() {
      return messages.findLast(({ role }) => role === 'assistant')?.content;
    },
    async ask(text, { signal }) {
      const { system, reasoningEffort } = session;
      const asked: readonly SavedMessage[] = [...messages, { role: 'user', content: text }];
      const instructions: readonly ChatMessage[] = system === undefined ? [] : [{ role: 'system', content: system }];
      const said: string[] = [];
      const request = {
        messages: [...instructions, ...asked],
        ...(model === undefined ? {} : { model }),
        ...(agent === undefined ? {} : { agent }),
        ...(reasoningEffort === undefined ? {} : { reasoningEffort }),
        ...(streaming === undefined ? { prefersStreaming: true } : { streaming }),
      };
      try {
        return await collectMessage(keepText(show(runtime.chat(request, { signal })), said));
      } finally {
        const content = said.join('');
        if (content !== '') {
          messages = [...asked, { role: 'assistant', content }];
          onAnswer({ model, system, messages });
        }
      }
    },
    async choose(name) {
      const { candidates } = await runtime.explain({ model: name });
      model = candidates[0]?.model.ref ?? name;
    },
    async list() {
      const { models } = await runtime.inventory();
      return models.map(({ ref }) => ref);
    },
    reset() {
      messages = [];
    },
  };
  return session;
}

async function* keepText(events: AsyncIterable<StreamEvent>, said: string[]): AsyncGenerator<StreamEvent> {
  for await (const event of events) {
    if (event.type === 'text-delta') said.push(event.text);
    yield event;
  }
}
