import { collectMessage } from '@openclaw/provider';
import { expect, test, vi } from 'vitest';
import { loadedConfig, primary, providers, say, startRuntime, startSimulator } from '../test/start-runtime.ts';

const ref = 'lab/llama3.3:latest';

function configOf(servers: readonly { readonly url: string; readonly name: string }[]) {
  const endpoints = servers.map(({ url, name }) => ({ baseUrl: url, name }));
  return { ...providers({ lab: { api: 'ollama', endpoints } }), ...primary(ref) };
}

async function startServers() {
  const held = Promise.withResolvers<void>();
  const start = () =>
    startSimulator({
      reply: ({ lastMessage }) => (lastMessage === 'hold' ? [{ stall: held.promise }, { text: 'Held.' }] : 'Done.'),
    });
  const [one, two] = [await start(), await start()];
  return { held, one, two, at: { one: { url: one.url, name: 'one' }, two: { url: two.url, name: 'two' } } };
}

test('an endpoint that is removed finishes its requests and gets no more', async () => {
  const { held, one, two, at } = await startServers();
  const runtime = startRuntime({ config: configOf([at.one]) });
  const answer = collectMessage(runtime.chat(say('hold')));
  await one.journal.waitFor(({ phase }) => phase === 'stalled');

  runtime.reload(loadedConfig({ config: configOf([at.two]) }));
  expect(runtime.endpoints().map(({ endpoint }) => endpoint)).toEqual(['two']);
  expect(runtime.loads()).toContainEqual(expect.objectContaining({ endpoint: 'one', running: 1 }));
  const { attempts } = await collectMessage(runtime.chat(say('next')));
  expect(attempts).toMatchObject([{ endpoint: `${two.url}/v1`, outcome: 'ok' }]);

  held.resolve();
  expect(await answer).toMatchObject({ text: 'Held.' });
  await vi.waitUntil(() => runtime.loads().every(({ endpoint }) => endpoint === 'two'), { timeout: 45_000 });
});

test('an endpoint that is removed leaves no circuit, even if its requests fail later', async () => {
  const { held, one, two, at } = await startServers();
  const runtime = startRuntime({ config: configOf([at.one, at.two]) });
  await runtime.inventory();
  const answer = collectMessage(runtime.chat(say('hold')));
  await Promise.race([one, two].map((server) => server.journal.waitFor(({ phase }) => phase === 'stalled')));
  const busy = one.journal.entries.some(({ phase }) => phase === 'stalled') ? one : two;
  const idle = busy === one ? at.two : at.one;
  runtime.reload(loadedConfig({ config: configOf([idle]) }));
  await busy.close();
  held.resolve();
  // It goes on with the endpoints that it began with.
  expect(await answer).toMatchObject({
    text: 'Held.',
    attempts: [{ outcome: 'connection-failed' }, { outcome: 'ok' }],
  });
  await vi.waitUntil(() => runtime.circuits().length === 0 && runtime.loads().length <= 1, { timeout: 45_000 });
  await collectMessage(runtime.chat(say('next')));
  expect(runtime.endpoints().map(({ endpoint }) => endpoint)).toEqual([idle.name]);
});

test('an endpoint that is added is used at once', async () => {
  const { held, one, two, at } = await startServers();
  const runtime = startRuntime({ config: configOf([at.one]) });
  const running = collectMessage(runtime.chat(say('hold')));
  await one.journal.waitFor(({ phase }) => phase === 'stalled');

  runtime.reload(loadedConfig({ config: configOf([at.one, at.two]) }));
  await runtime.inventory();
  const { models } = await runtime.inventory();
  expect(models.find((model) => model.ref === ref)?.targets).toHaveLength(2);
  await one.close();
  await collectMessage(runtime.chat(say('next')));
  expect(two.journal.entries.some(({ path }) => path.startsWith('/api/chat') || path.startsWith('/v1/chat'))).toBe(
    true,
  );
  held.resolve();
  await running.catch(() => undefined);
});
