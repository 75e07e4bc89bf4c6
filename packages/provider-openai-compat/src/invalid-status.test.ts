import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ProviderRequest } from '@openclaw/provider';
import { collectEvents } from '@openclaw/test-support';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';
import type { OpenAICompatProvider } from './openai-compat-provider.ts';

const REQUEST: ProviderRequest = { model: 'm', messages: [{ role: 'user', content: 'Hello?' }] };

describe.each<[string, (provider: OpenAICompatProvider) => Promise<unknown>]>([
  ['a streamed chat', async (provider) => throwFailure((await collectEvents(provider.stream(REQUEST))).at(-1))],
  [
    'a whole chat',
    async (provider) => throwFailure((await collectEvents(provider.stream({ ...REQUEST, streaming: false }))).at(-1)),
  ],
  ['a post', (provider) => provider.post('embeddings', { model: 'm', input: 'Hello' })],
])('%s', (_title, ask) => {
  test.each(['HTTP/1.1 099 Low', 'HTTP/1.1 600 High', 'HTTP/1.1 999 Denied', 'HTTP/1.1 20 Short', 'HTTP/1.1 OK', 'OK'])(
    'is an invalid response when its status line is "%s"',
    async (statusLine) => {
      const provider = await serve(`${statusLine}\r\ncontent-length: 2\r\n\r\n{}`);

      await expect(ask(provider)).rejects.toMatchObject({ code: 'invalid-response' });
    },
  );

  test('is an invalid response when the server switches protocols', async () => {
    const provider = await serve('HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n');

    await expect(ask(provider)).rejects.toMatchObject({
      code: 'invalid-response',
      message: expect.stringContaining('101'),
    });
  });
});

/** A server that sends this to whatever comes. */
async function serve(response: string): Promise<OpenAICompatProvider> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(response));
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const provider = createOpenAICompatProvider({ id: 'local', baseUrl: `http://127.0.0.1:${port}/v1` });
  onTestFinished(async () => {
    await provider.close();
    server.close();
  });
  return provider;
}

function throwFailure(last: { readonly type: string; readonly error?: unknown } | undefined): void {
  if (last?.type === 'error') throw last.error;
}
