import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { StreamEvent } from '@openclaw/provider';
import { collectEvents } from '@openclaw/test-support';
import { expect, onTestFinished, test } from 'vitest';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const body = JSON.stringify({
  model: 'm',
  choices: [{ message: { content: 'HTTP/1.1 100 Hi' }, finish_reason: 'stop' }],
});
const RESPONSE = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

/** A server that writes these pieces for every request, each once the one before it was sent. */
async function serve(pieces: readonly string[]): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let request = '';
    socket.on('data', (data: Buffer) => {
      request += data.toString('latin1');
      if (!request.endsWith('}')) return;
      request = '';
      const write = (at: number): void => {
        const piece = pieces[at];
        if (piece !== undefined) socket.write(piece, () => setImmediate(write, at + 1));
      };
      write(0);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

async function ask(baseUrl: string, times: number): Promise<readonly StreamEvent[]> {
  const provider = createOpenAICompatProvider({ id: 'local', baseUrl });
  onTestFinished(() => provider.close());
  const events: StreamEvent[] = [];
  for (let time = 0; time < times; time++) {
    const request = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }], streaming: time % 2 === 0 };
    events.push(...(await collectEvents(provider.stream(request))));
  }
  return events;
}

const textOf = (events: readonly StreamEvent[]) =>
  events.flatMap((event) => (event.type === 'text-delta' ? event.text : []));

test.each([
  ['in one piece with the response', [CONTINUE + RESPONSE]],
  ['on its own', [CONTINUE, RESPONSE]],
  ['twice', [CONTINUE + CONTINUE, CONTINUE + RESPONSE]],
  ['with headers of its own', [`HTTP/1.1 100 Go on\r\nx-a: b\r\n\r\n${RESPONSE}`]],
])('an unasked 100 Continue is skipped: %s', async (_title, pieces) => {
  expect(textOf(await ask(await serve(pieces), 4))).toEqual(Array(4).fill('HTTP/1.1 100 Hi'));
});

test('an unasked 100 Continue is skipped wherever it is cut behind its status', async () => {
  for (let at = 12; at < CONTINUE.length + 14; at++) {
    const all = CONTINUE + RESPONSE;
    const events = await ask(await serve([all.slice(0, at), all.slice(at)]), 1);
    expect([at, ...textOf(events)]).toEqual([at, 'HTTP/1.1 100 Hi']);
  }
});

test('a body that looks like one is left alone', async () => {
  const at = RESPONSE.indexOf('HTTP/1.1 100 Hi');
  expect(textOf(await ask(await serve([RESPONSE.slice(0, at), RESPONSE.slice(at)]), 1))).toEqual(['HTTP/1.1 100 Hi']);
});

test('a switch of protocols that was not asked for is an invalid response', async () => {
  const events = await ask(
    await serve(['HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n']),
    1,
  );
  expect(events).toMatchObject([{ type: 'error', error: { code: 'invalid-response' } }]);
});
