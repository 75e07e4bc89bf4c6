import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProviderRequest, StreamEvent, StreamOptions } from '@openclaw/provider';
import { collectEvents } from '@openclaw/test-support';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openConnectionPool } from '@openclaw/upstream-http';
import type { ConnectionPoolOptions } from '@openclaw/upstream-http';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';
import type { OpenAICompatProvider, OpenAICompatProviderOptions } from './openai-compat-provider.ts';

const REQUEST: ProviderRequest = { model: 'm', messages: [{ role: 'user', content: 'Hello?' }] };
const BODY = '{"model":"m","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}';
const RESPONSE = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;
const STALE = 2;

const ROUTES: [string, (provider: OpenAICompatProvider) => Promise<unknown>][] = [
  ['a streamed chat', async (provider) => lastOf(await stream(provider))],
  ['a whole chat', async (provider) => lastOf(await answer(provider))],
  ['a post', readPost],
];

describe.each(ROUTES)('%s', (_title, ask) => {
  test.each<[string, (socket: Socket) => unknown]>([
    ['closed', (socket) => socket.end()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('is sent once more on a new connection when an idle one is %s', async (_how, drop) => {
    const server = await startServer((request) => (request.nth === STALE ? drop(request.socket) : request.answer()));
    const provider = await connect(server);
    await fillPool(server, ask, provider);

    expect(await ask(provider)).toMatchObject({ type: 'finish' });
    expect(server.requests.slice(4).map(({ nth }) => nth)).toEqual([STALE, 1]);
  });

  test('is sent once more although every idle connection is stale', async () => {
    const server = await startServer((request) => (request.nth === STALE ? request.socket.end() : request.answer()));
    const provider = await connect(server);
    await fillPool(server, ask, provider);
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(provider)));

    expect(answers).toMatchObject(Array.from({ length: 4 }, () => ({ type: 'finish' })));
    expect(server.requests.slice(4).map(({ nth }) => nth)).toHaveLength(8);
  });

  test('is not sent a third time', async () => {
    const server = await startServer((request) => (request.first ? request.answer() : request.socket.end()));
    const provider = await connect(server);
    await ask(provider);

    expect(await failureOf(ask(provider))).toMatchObject({ code: 'connection-failed' });
    expect(server.requests.map(({ nth }) => nth)).toEqual([1, STALE, 1]);
  });

  test('is not sent again when a new connection is lost', async () => {
    const server = await startServer((request) => request.socket.end());

    expect(await failureOf(ask(await connect(server)))).toMatchObject({ code: 'connection-failed' });
    expect(server.requests).toHaveLength(1);
  });

  test('is not sent again when a byte of the response came', async () => {
    const server = await startServer((request) => (request.nth === STALE ? request.socket.end('H') : request.answer()));
    const provider = await connect(server);
    await ask(provider);

    expect(await failureOf(ask(provider))).toMatchObject({ code: expect.any(String) });
    expect(server.requests).toHaveLength(2);
  });

  test('is not sent again through a dispatcher that is not ours', async () => {
    const dispatcher = new Agent();
    onTestFinished(() => dispatcher.destroy());
    const server = await startServer((request) => (request.nth === STALE ? request.socket.end() : request.answer()));
    const provider = await connect(server, { dispatcher });
    await ask(provider);

    expect(await failureOf(ask(provider))).toMatchObject({ code: 'connection-failed' });
  });
});

describe('a request that is sent once more', () => {
  test('is cancelled while it connects', async () => {
    const aborter = new AbortController();
    const lookup = answerFirst(() => setImmediate(() => aborter.abort()));
    const server = await startServer((request) => (request.nth === STALE ? request.socket.end() : request.answer()));
    const provider = await connect(server, { pool: { connect: { lookup } } });
    await stream(provider);

    expect(await stream(provider, { signal: aborter.signal })).toMatchObject([
      { type: 'error', error: { code: 'aborted' } },
    ]);
    expect(server.requests).toHaveLength(2);
  });

  test.each(['stream', 'answer'] as const)('has the limit for connecting once more: %s', async (method) => {
    const lookup = answerFirst(() => undefined);
    const server = await startServer((request) => (request.nth === STALE ? request.socket.end() : request.answer()));
    const provider = await connect(server, { pool: { connect: { lookup } }, timeouts: { connectMs: 300 } });
    await answer(provider, { timeouts: { connectMs: 60_000 } });
    const ask = method === 'stream' ? stream : answer;

    expect(await ask(provider)).toMatchObject([{ type: 'error', error: { code: 'timeout', clock: 'connect' } }]);
  });

  test('is cancelled while it waits for its response', async () => {
    const aborter = new AbortController();
    const server = await startServer((request) => {
      if (request.first) request.answer();
      else if (request.nth === STALE) request.socket.end();
      else aborter.abort();
    });
    const provider = await connect(server);
    await answer(provider);

    expect(await answer(provider, { signal: aborter.signal })).toMatchObject([{ error: { code: 'aborted' } }]);
    await server.requests[2]?.closed;
  });
});

interface ReceivedRequest {
  readonly socket: Socket;
  /** Which one of its connection, from 1. */
  readonly nth: number;
  /** Whether it is the first of the server. */
  readonly first: boolean;
  readonly closed: Promise<unknown>;
  answer(): void;
}

interface RawServer {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** Requests wait for their answers until so many came. */
  gather(count: number): void;
}

/** A server that sees connections and requests; each request comes in one piece or in two. */
async function startServer(handle: (request: ReceivedRequest) => unknown): Promise<RawServer> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let gathering = 0;
  let gathered: ReceivedRequest[] = [];
  const server = createServer({ allowHalfOpen: false }, (socket) => {
    sockets.add(socket);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    let nth = 0;
    let received = '';
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received += bytes.toString();
      const head = received.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
      if (head === -1 || received.length < head + 4 + length) return;
      received = '';
      nth += 1;
      const first = requests.length === 0;
      const request = { socket, nth, first, closed, answer: () => socket.write(RESPONSE) };
      requests.push(request);
      gathered.push(request);
      if (gathered.length < gathering) return;
      gathering = 0;
      for (const each of gathered.splice(0)) handle(each);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://model-server.test:${port}/v1`,
    requests,
    gather(count) {
      gathering = count;
      gathered = [];
    },
  };
}

type Lookup = NonNullable<NonNullable<ConnectionPoolOptions['connect']>['lookup']>;

const resolveLocal: Lookup = (_host, options, callback) =>
  options.all === true ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);

/** Name lookups of which only the first is answered. */
function answerFirst(onSecond: () => void): Lookup {
  let count = 0;
  return (host, options, callback) => {
    count += 1;
    if (count === 1) resolveLocal(host, options, callback);
    else onSecond();
  };
}

async function connect(
  { url }: RawServer,
  { pool, ...options }: Partial<OpenAICompatProviderOptions> & { readonly pool?: ConnectionPoolOptions } = {},
): Promise<OpenAICompatProvider> {
  const dispatcher: Dispatcher =
    options.dispatcher ?? (await openConnectionPool({ connect: { lookup: resolveLocal }, ...pool }));
  onTestFinished(() => dispatcher.destroy());
  const baseUrl = options.dispatcher === undefined ? url : url.replace('model-server.test', '127.0.0.1');
  return createOpenAICompatProvider({ id: 'local', baseUrl, ...options, dispatcher });
}

/** Leaves four idle connections, each with one answer behind it. */
async function fillPool(
  server: RawServer,
  ask: (provider: OpenAICompatProvider) => Promise<unknown>,
  provider: OpenAICompatProvider,
): Promise<void> {
  server.gather(4);
  await Promise.all([1, 2, 3, 4].map(() => ask(provider)));
}

async function stream(provider: OpenAICompatProvider, options?: StreamOptions): Promise<readonly StreamEvent[]> {
  const events = await collectEvents(provider.stream(REQUEST, options));
  await settleConnection();
  return events;
}

async function answer(provider: OpenAICompatProvider, options?: StreamOptions): Promise<readonly StreamEvent[]> {
  const events = await collectEvents(provider.stream({ ...REQUEST, streaming: false }, options));
  await settleConnection();
  return events;
}

async function readPost(provider: OpenAICompatProvider): Promise<unknown> {
  const { body } = await provider.post('embeddings', { model: 'm', input: 'Hello' });
  for await (const bytes of body) expect(Buffer.from(bytes).toString()).toBe(BODY);
  await settleConnection();
  return { type: 'finish' };
}

/** undici takes a connection for busy until the turn after its response. */
async function settleConnection(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

function lastOf(events: readonly StreamEvent[]): StreamEvent | undefined {
  const last = events.at(-1);
  if (last?.type === 'error') throw last.error;
  return last;
}

async function failureOf(answer: Promise<unknown>): Promise<unknown> {
  return answer.then(
    () => undefined,
    (error: unknown) => error,
  );
}
