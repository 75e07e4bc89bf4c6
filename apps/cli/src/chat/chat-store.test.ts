import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openChatStore, type SavedChat } from './chat-store.ts';

function open() {
  const home = mkdtempSync(join(tmpdir(), 'openclaw-chats-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  let time = Date.UTC(2026, 10, 26);
  const directory = join(home, 'chats');
  return { directory, store: openChatStore(directory, { now: () => (time += 1000) }) };
}

const chat = (text: string): SavedChat => ({
  model: 'ollama/m',
  system: 'Be brief.',
  messages: [
    { role: 'user', content: text },
    { role: 'assistant', content: `You said ${text}.` },
  ],
});

test('the newest conversation comes back, readable by its owner only', async () => {
  const { store, directory } = open();
  expect(await store.newest()).toBeUndefined();
  await store.save(store.createId(), chat('one'));
  const id = store.createId();
  await store.save(id, chat('two'));
  expect(await store.newest()).toEqual({ id, chat: chat('two') });
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, `${id}.json`)).mode & 0o777).toBe(0o600);
});

test('only the newest fifty are kept', async () => {
  const { store, directory } = open();
  for (let count = 0; count < 52; count++) await store.save(store.createId(), chat(String(count)));
  expect(readdirSync(directory)).toHaveLength(50);
  expect((await store.newest())?.chat).toEqual(chat('51'));
});

test('a long conversation loses its oldest messages', async () => {
  const { store } = open();
  const messages = ['a', 'b', 'c'].map((letter) => ({ role: 'user' as const, content: letter.repeat(900_000) }));
  await store.save(store.createId(), { messages });
  expect((await store.newest())?.chat.messages).toEqual(messages.slice(1));
});

test('files that are not conversations are passed over, and those of others are left alone', async () => {
  const { store, directory } = open();
  await store.save('2026-01-01', chat('one'));
  writeFileSync(join(directory, '2027-01-01.json'), '{"messages": 1}');
  writeFileSync(join(directory, '2028-01-01.json'), 'broken');
  writeFileSync(join(directory, 'notes.json'), '{}');
  expect((await store.newest())?.id).toBe('2026-01-01');
});

test('a directory that cannot be written is no failure', async () => {
  const store = openChatStore('/proc/nope', { now: () => 0 });
  await store.save(store.createId(), chat('one'));
  expect(await store.newest()).toBeUndefined();
});
