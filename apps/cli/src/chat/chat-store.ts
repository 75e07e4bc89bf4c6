import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDirectory, readRegularFile } from '@openclaw/config';

/** A message of a saved conversation. */
export interface SavedMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** A conversation, as it is saved. */
export interface SavedChat {
  /** Reference of the chosen model; absent for the default. */
  readonly model?: string | undefined;
  readonly system?: string | undefined;
  readonly messages: readonly SavedMessage[];
}

/** How many conversations are kept. */
const MAX_CHATS = 50;

/** The oldest messages of a longer conversation are not saved. */
const MAX_CHARACTERS = 2 * 1024 * 1024;

/** A larger file is ignored: escapes can make a file six times as long as its text. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

const FILE_NAME = /^[\dTZ-]+\.json$/;

/** Saved conversations, each in a file that only its owner can read. */
export interface ChatStore {
  /** The newest conversation, and the id under which it continues; `undefined` if none is saved. */
  newest(): Promise<{ readonly id: string; readonly chat: SavedChat } | undefined>;
  /** Saves a conversation. A failure is ignored: the conversation itself does not depend on it. */
  save(id: string, chat: SavedChat): Promise<void>;
  /** An id that sorts behind all earlier ones. */
  createId(): string;
}

/** Opens the conversations of a directory, which need not exist. */
export function openChatStore(directory: string, { now }: { readonly now: () => number }): ChatStore {
  async function names(): Promise<string[]> {
    const all = await readdir(directory).catch(() => []);
    return all.filter((name) => FILE_NAME.test(name)).toSorted();
  }

  return {
    createId: () => new Date(now()).toISOString().replaceAll(/[:.]/g, '-'),
    async newest() {
      for (const name of (await names()).toReversed()) {
        const reading = await readRegularFile(join(directory, name), { maxBytes: MAX_FILE_BYTES });
        const chat = reading.type === 'text' ? parseChat(reading.text) : undefined;
        if (chat !== undefined) return { id: name.replace(/\.json$/, ''), chat };
      }
      return undefined;
    },
    async save(id, chat) {
      const path = join(directory, `${id}.json`);
      const temporary = `${path}.${process.pid}.tmp`;
      try {
        await createDirectory(directory);
        const messages = newestMessages(chat.messages);
        await writeFile(temporary, `${JSON.stringify({ ...chat, messages }, null, 2)}\n`, { mode: 0o600 });
        await rename(temporary, path);
        const old = (await names()).slice(0, -MAX_CHATS);
        await Promise.all(old.map((name) => rm(join(directory, name), { force: true })));
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

function newestMessages(messages: readonly SavedMessage[]): readonly SavedMessage[] {
  let characters = 0;
  const from = messages.findLastIndex(({ content }) => {
    characters += content.length;
    return characters > MAX_CHARACTERS;
  });
  return messages.slice(from + 1);
}

/** `undefined` for a file that is not a conversation, for example one that was edited. */
function parseChat(text: string): SavedChat | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('messages' in value) || !Array.isArray(value.messages))
      return undefined;
    return {
      messages: value.messages.flatMap(parseMessage),
      ...('model' in value && typeof value.model === 'string' && { model: value.model }),
      ...('system' in value && typeof value.system === 'string' && { system: value.system }),
    };
  } catch {
    return undefined;
  }
}

function parseMessage(value: unknown): SavedMessage[] {
  if (typeof value !== 'object' || value === null || !('role' in value) || !('content' in value)) return [];
  const { role, content } = value;
  return (role === 'user' || role === 'assistant') && typeof content === 'string' ? [{ role, content }] : [];
}
