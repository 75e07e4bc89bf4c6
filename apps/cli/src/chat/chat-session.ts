import { collectMessage, type ChatMessage, type CollectedMessage, type StreamEvent } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime';

/** A conversation with a model. */
export interface ChatSession {
  /** The model that was chosen by name; `undefined` for the default with its fallbacks. */
  readonly model: string | undefined;
  /**
   * Says something and remembers the answer. What had been said when an answer is stopped is remembered, too; a question that
   * failed is forgotten, so that it can be asked again.
   * @throws {ProviderError} when nobody answered, or the answer was stopped
   */
  ask(text: string, options: { signal: AbortSignal }): Promise<CollectedMessage>;
  /** @throws {ModelSelectionError} when the name means no model */
  choose(name: string): Promise<void>;
  /** References of the models that can be chosen. */
  list(): Promise<readonly string[]>;
  reset(): void;
}

interface ChatSessionOptions {
  readonly runtime: Runtime;
  readonly model: string | undefined;
  readonly agent: string | undefined;
  readonly system: string | undefined;
  readonly streaming: boolean | undefined;
  /** Shows the events on their way. */
  readonly show: (events: AsyncIterable<StreamEvent>) => AsyncIterable<StreamEvent>;
}

/** A session that begins with nothing said but the system's instructions. */
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
        ...(streaming === undefined ? {} : { streaming }),
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
