import { collectMessage } from '@openclaw/provider';
import { expect, test, vi } from 'vitest';
import { providers, say, startRuntime, startSimulator } from '../test/start-runtime.ts';

test('an Ollama server with room for one model is not made to load two in turns', async () => {
  const server = await startSimulator({
    models: ['a', 'b'],
    maxLoaded: 1,
    reply: ({ lastMessage }) => (lastMessage === 'first' ? [{ stall: true }, { text: 'Done.' }] : 'Done.'),
  });
  const lab = { api: 'ollama', endpoints: [{ name: 'one', baseUrl: server.url }], maxConcurrent: 1 };
  let time = 0;
  const runtime = startRuntime({ config: providers({ lab }), now: () => time });
  const chat = (name: string, text: string) =>
    collectMessage(runtime.chat({ ...say(text), model: `lab/${name}:latest` }));
  const chats = [chat('a', 'first')];
  await server.journal.waitFor(({ phase }) => phase === 'stalled');
  // So late that the list of loaded models is requested again.
  time = 5_000;
  const others = ['b 1', 'a 1', 'b 2', 'a 2'];
  for (const [index, text] of others.entries()) {
    chats.push(chat(text.slice(0, 1), text));
    // With the first queued request the server is asked for its loaded models.
    await vi.waitFor(
      () => {
        expect(runtime.loads()).toMatchObject([{ queued: index + 1 }]);
        expect(runtime.endpoints()).toMatchObject([{ loaded: ['a:latest'] }]);
      },
      { timeout: 45_000 },
    );
  }
  server.release();
  await Promise.all(chats);
  const order = server.journal.entries.flatMap(({ rawBody }) => /first|[ab] \d/.exec(rawBody)?.[0] ?? []);
  expect(order).toEqual(['first', 'a 1', 'a 2', 'b 1', 'b 2']);
  expect(server.counts().loads).toBe(2);
});
