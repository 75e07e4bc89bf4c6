import { collectMessage, type ChatMessage, type CollectedMessage, type StreamEvent } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime/internal';

/** A conversation with a model. */
export interface ChatSession {
  /** The chosen model; `undefined` for the default with its fallbacks. */
  readonly model: string | undefined;
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
  readonly model: string | undefined;
  readonly agent: string | undefined;
  readonly system: string | undefined;
  readonly streaming: boolean | undefined;
  /** Renders the events and passes them on. */
  readonly show: (events: AsyncIterable<StreamEvent>) => AsyncIterable<StreamEvent>;
}

/** Creates a conversation that contains only the system instructions. */
export function createChatSession({
  runtime,
  agent,
  system,
  streaming,
  show,
  ...options
}: ChatSessionOptions): ChatSession {
  const opening: readonly ChatMessage[] = system === undefined ? [] : [{ role: 'system', content: system }];
  let model = options.model;
  let messages = opening;

  return {
    get model() {
      return model;
    },
    async ask(text, { signal }) {
      const asked: readonly ChatMessage[] = [...messages, { role: 'user', content: text }];
      const said: string[] = [];
      const request = {
        messages: asked,
        ...(model === undefined ? {} : { model }),
        ...(agent === undefined ? {} : { agent }),
        ...(streaming === undefined ? { prefersStreaming: true } : { streaming }),
      };
      try {
        return await collectMessage(keepText(show(runtime.chat(request, { signal })), said));
      } finally {
        const content = said.join('');
        if (content !== '') messages = [...asked, { role: 'assistant', content }];
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
      messages = opening;
    },
  };
}

async function* keepText(events: AsyncIterable<StreamEvent>, said: string[]): AsyncGenerator<StreamEvent> {
  for await (const event of events) {
    if (event.type === 'text-delta') said.push(event.text);
    yield event;
  }
}
