import type { CollectedMessage } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime/internal';
import type { Host } from '../host.ts';
import { createDescribeWaiting } from '../models/describe-waiting.ts';
import { createAnswerTimer } from '../render/answer-timer.ts';
import { renderAnswer } from '../render/answer.ts';
import { createMarkdownRenderer } from '../render/markdown.ts';
import { describeFailure } from '../report-error.ts';
import { createChatSession, type ChatSession } from './chat-session.ts';
import type { ChatStore, SavedChat } from './chat-store.ts';

interface ConversationOptions {
  readonly runtime: Runtime;
  /** From `--model`; wins over the model of a saved conversation. */
  readonly model: string | undefined;
  readonly store: ChatStore;
  /** Whether to continue the last saved conversation. */
  readonly continues: boolean;
  /** That conversation; `undefined` if none is saved. */
  readonly last: Awaited<ReturnType<ChatStore['newest']>>;
  readonly saves: boolean;
  readonly system: string | undefined;
  readonly agent: string | undefined;
  readonly streaming: boolean | undefined;
  readonly reasoning: 'show' | 'hide';
}

/** A session that is rendered, measured and saved. */
export interface Conversation {
  readonly session: ChatSession;
  /** Asks, and describes the answer in one line. */
  readonly ask: (text: string, options: { signal: AbortSignal }) => Promise<string>;
  /** Clears the conversation and begins another one. The saved one is kept. */
  readonly reset: () => void;
  /** What is said at the start about the saved conversation. */
  readonly notes: readonly string[];
  /** Resolves when everything is saved. */
  readonly saved: () => Promise<void>;
}

/** Opens a new conversation, or the last saved one. */
export async function openConversation(
  host: Host,
  { runtime, store, model, continues, last, saves, system, agent, streaming, reasoning }: ConversationOptions,
): Promise<Conversation> {
  let id = last?.id ?? store.createId();
  let written = Promise.resolve();
  let timer = createAnswerTimer(host);
  const screen = { ...host, reasoning };
  const columns = (): number | undefined => host.stdout.columns;
  const session = createChatSession({
    runtime,
    agent,
    system: system ?? last?.chat.system,
    messages: last?.chat.messages ?? [],
    streaming,
    show: (events) =>
      renderAnswer(timer.watch(events), {
        ...screen,
        describeWaiting: createDescribeWaiting(runtime, {
          ...(session.model !== undefined && { model: session.model }),
          ...(agent !== undefined && { agent }),
        }),
        text: createMarkdownRenderer(host.output.style, { columns }),
      }),
    onAnswer(chat) {
      const current = id;
      // One write at a time: an older one must not replace a newer one.
      if (saves) written = written.then(() => store.save(current, chat));
    },
  });
  const notes = continues ? [describeContinued(last?.chat)] : [];
  if (model !== undefined) await session.choose(model);
  else if (last?.chat.model !== undefined) {
    // The model may have been removed since.
    await session.choose(last.chat.model).catch((error: unknown) => {
      notes.push(`${describeFailure(error).message} The default model answers.`);
    });
  }
  return {
    session,
    notes,
    async ask(text, options) {
      timer = createAnswerTimer(host);
      const answer: CollectedMessage = await session.ask(text, options);
      return timer.describe(answer);
    },
    reset() {
      session.reset();
      id = store.createId();
    },
    saved: () => written,
  };
}

function describeContinued(chat: SavedChat | undefined): string {
  if (chat === undefined) return 'No conversation is saved. This is a new one.';
  const question = chat.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const start = question.replaceAll(/\s+/g, ' ').slice(0, 60);
  return `Continuing after ${chat.messages.length} messages. Your last one: ${start}${question.length > 60 ? '…' : ''}`;
}
