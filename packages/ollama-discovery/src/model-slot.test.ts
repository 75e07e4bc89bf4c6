import { expect, test } from 'vitest';
import { isModelResponding, unloadModel } from './model-slot.ts';
import type { DiscoveryFetch } from './discovery-fetch.ts';

interface Sent {
  url: string;
  body: unknown;
}

function server(answer: () => Promise<Response>): { fetch: DiscoveryFetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: DiscoveryFetch = (url, { body = '', signal }) => {
    sent.push({ url, body: JSON.parse(body) });
    return Promise.race([
      answer(),
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ]);
  };
  return { fetch, sent };
}

test('unloads a model', async () => {
  const { fetch, sent } = server(async () => Response.json({ done_reason: 'unload' }));
  await unloadModel({ model: 'a:1b', fetch });
  expect(sent).toEqual([
    { url: 'http://127.0.0.1:11434/api/chat', body: { model: 'a:1b', messages: [], keep_alive: 0 } },
  ]);
});

test('asks for one token, with the context that the model is loaded with', async () => {
  const { fetch, sent } = server(async () => Response.json({ done: true }));
  expect(await isModelResponding({ model: 'a:1b', contextLength: 8192, fetch })).toBe(true);
  expect(sent).toMatchObject([{ body: { model: 'a:1b', stream: false, options: { num_predict: 1, num_ctx: 8192 } } }]);
});

test('takes an error for a response, and silence for none', async () => {
  const failing = server(async () => Response.json({ error: 'does not support chat' }, { status: 400 }));
  expect(await isModelResponding({ model: 'a:1b', fetch: failing.fetch })).toBe(true);
  const silent = server(() => new Promise(() => undefined));
  expect(await isModelResponding({ model: 'a:1b', fetch: silent.fetch, requestTimeoutMs: 20 })).toBe(false);
});

test('fails if the server cannot be reached', async () => {
  const refused = server(() => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })));
  await expect(isModelResponding({ model: 'a:1b', fetch: refused.fetch })).rejects.toMatchObject({
    code: 'connection-failed',
  });
});
