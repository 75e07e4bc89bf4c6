import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator, Reply } from '@openclaw/ollama-simulator';
import { openEventStream } from '@openclaw/provider';
import type { ProviderError, ProviderRequest, StreamEvent, StreamOptions } from '@openclaw/provider';
import { collectEvents, joinDeltas } from '@openclaw/test-support';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openConnectionPool } from '@openclaw/upstream-http';
import type { ConnectionPoolOptions } from '@openclaw/upstream-http';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';
import type { OpenAICompatProvider, OpenAICompatProviderOptions } from './openai-compat-provider.ts';

const MODEL = 'qwen3:8b';
const REQUEST: ProviderRequest = { model: MODEL, messages: [{ role: 'user', content: 'Hello?' }] };
const ANSWER = 'data: {"model":"m","choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

describe('requests', () => {
  test('go to /v1 of an Ollama whose base URL lacks it, with the key and the headers given', async () => {
    const { simulator, provider } = await startSimulated('Hi', {
      apiKey: ' secret-key \n',
      headers: { 'X-Team': 'a' },
    });
    await collectEvents(provider.stream(REQUEST));

    expect(simulator.journal.entries).toMatchObject([
      {
        method: 'POST',
        path: '/v1/chat/completions',
        headers: { authorization: 'Bearer secret-key', 'x-team': 'a', 'content-type': 'application/json' },
        body: { model: MODEL, stream: true, stream_options: { include_usage: true } },
      },
    ]);
  });

  test('carry credentials of the base URL as a header and name them nowhere', async () => {
    const { simulator, provider } = await startSimulated({ http: { status: 500 } }, {});
    const withCredentials = connect({
      id: 'ollama',
      baseUrl: simulator.url.replace('//', '//ann:pass%20word@'),
    });
    const [event] = await collectEvents(withCredentials.stream(REQUEST));

    expect(simulator.journal.entries[0]?.headers['authorization']).toBe(`Basic ${btoa('ann:pass word')}`);
    expect(withCredentials.baseUrl).toBe(provider.baseUrl);
    expect(errorOf(event).message).not.toContain('ann');
  });

  test('have the values of the model where the server would override them', async () => {
    const { simulator, provider } = await startSimulated('Hi', {
      modelDefaults: async () => ({ temperature: 0.6, topP: 0.95 }),
    });
    await collectEvents(provider.stream({ ...REQUEST, topP: 0.5 }));

    expect(simulator.journal.entries[0]?.body).toMatchObject({ temperature: 0.6, top_p: 0.5 });
  });

  test('are not sent when they cannot succeed', async () => {
    const { simulator, provider } = await startSimulated('Hi');
    const content = [{ type: 'image', url: 'https://example.com/a.png' }] as const;
    const events = await collectEvents(provider.stream({ ...REQUEST, messages: [{ role: 'user', content }] }));

    expect(events).toMatchObject([{ type: 'error', error: { code: 'unsupported', capability: 'images' } }]);
    expect(simulator.journal.entries).toEqual([]);
  });

  test('take up connections that are open', async () => {
    let connections = 0;
    const { server, provider } = await startServer((_request, response) => response.end(ANSWER));
    server.on('connection', () => (connections += 1));
    for (let round = 0; round < 6; round++) await collectEvents(provider.stream(REQUEST));

    // undici takes a connection for busy until a moment after its answer, so two may alternate.
    expect(connections).toBeLessThanOrEqual(2);
  });
});

describe('streaming', () => {
  test.each<[string, Partial<OpenAICompatProviderOptions>, Partial<ProviderRequest>, boolean]>([
    ['is off for Ollama', { server: 'ollama' }, {}, false],
    ['is on for other servers', { server: 'unknown' }, {}, true],
    ['is what the provider is created with', { server: 'ollama', streaming: true }, {}, true],
    ['is chosen for each model', { server: 'ollama', streaming: (model) => model === MODEL }, {}, true],
    ['is the default for a model without a choice', { server: 'ollama', streaming: () => undefined }, {}, false],
    ['is what the request says', { server: 'ollama', streaming: true }, { streaming: false }, false],
    ['is what the request says, on too', { server: 'ollama' }, { streaming: true }, true],
  ])('%s', async (_title, options, request, expected) => {
    const { simulator, provider: withV1 } = await startSimulated('Hi');
    const provider = connect({ baseUrl: withV1.baseUrl, ...options });
    const answer = joinDeltas(await collectEvents(provider.stream({ ...REQUEST, ...request })));

    expect(answer).toMatchObject({ text: 'Hi', finish: 'stop' });
    expect(simulator.journal.entries).toMatchObject([{ body: { stream: expected } }]);
  });

  test('an error of a stream is pulled alone, wherever its bytes were cut', async () => {
    const { provider } = await startServer((_request, response) =>
      response.end('data: {"choices":[{"delta":{"content":"Half"}}]}\n\ndata: {"error":{"message":"gone"}}\n\n'),
    );
    const stream = openEventStream(provider.stream({ ...REQUEST, streaming: true }));

    expect(await stream.pull()).toMatchObject([{ type: 'start' }, { type: 'text-delta', text: 'Half' }]);
    expect(await stream.pull()).toMatchObject([{ type: 'error' }]);
    expect(await stream.pull()).toEqual([]);
  });

  test('an error of a whole answer comes with what was said before it', async () => {
    const { provider } = await startServer((_request, response) =>
      response.end('data: {"choices":[{"delta":{"content":"Half"}}]}\n\n'),
    );
    const stream = openEventStream(provider.stream({ ...REQUEST, streaming: false }));

    expect(await stream.pull()).toMatchObject([{ type: 'start' }, { type: 'text-delta' }, { type: 'error' }]);
  });
});

describe('streamed and whole', () => {
  const scripts: [string, Reply][] = [
    ['text', [{ text: 'One ' }, { text: 'two.' }]],
    ['reasoning and text', [{ reasoning: 'Hm. ' }, { reasoning: 'So.', text: 'Thus.' }]],
    [
      'calls',
      [
        { text: 'Look: ' },
        { toolCall: { id: 'a', name: 'f', arguments: { a: '<&>' } } },
        { toolCall: { id: 'b', name: 'f', arguments: {} } },
      ],
    ],
    [
      'calls in a batch',
      [
        {
          toolCalls: [
            { id: 'a', name: 'f' },
            { id: 'b', name: 'g', arguments: '{"broken' },
          ],
        },
      ],
    ],
    ['a cut answer', { steps: [{ text: 'Too lo' }], finishReason: 'length' }],
    ['small pieces', { steps: [{ reasoning: 'Ä😀ö', text: 'Grüße, 世界' }], pieceLength: 1 }],
    ['nothing at all', []],
  ];
  const versions = ['0.9.2', '0.12.4', '0.17.0', '0.20.0', '0.24.0', '0.32.0', '0.32.15'];
  const cases = versions.flatMap((version) => scripts.map(([title, reply]) => ({ version, title, reply })));

  test.each(cases)('answers say the same: $title from Ollama $version', async ({ version, reply }) => {
    const { simulator, provider } = await startSimulated(reply, {}, version);
    simulator.enqueue(reply);
    const answers = [];
    for (const streaming of [true, false]) {
      const events = await collectEvents(provider.stream({ ...REQUEST, streaming, tools: [{ name: 'f' }] }));
      answers.push({ ...joinDeltas(events), said: undefined, last: events.at(-1) });
    }

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.error).toBeUndefined();
  });
});

describe('failures of the connection', () => {
  test('tell a refused connection', async () => {
    const { simulator, provider } = await startSimulated('Hi');
    await simulator.close();

    expect(await failureOf(provider)).toMatchObject({ code: 'connection-failed', connection: 'refused' });
  });

  test('tell a reset before the answer', async () => {
    const { provider } = await startSimulated({ http: { reset: true } });

    expect(await failureOf(provider)).toMatchObject({
      code: 'connection-failed',
      connection: expect.stringMatching(/reset|closed/),
    });
  });

  test('tell a connection that was closed in the middle of an answer, after what came', async () => {
    const { provider } = await startSimulated([{ text: 'Half' }, { cut: true }]);
    const events = await collectEvents(provider.stream(REQUEST));

    expect(joinDeltas(events)).toMatchObject({
      text: 'Half',
      error: { code: 'connection-failed', connection: expect.stringMatching(/reset|closed/) },
    });
  });

  test('do not matter once the answer is complete', async () => {
    const { provider } = await startServer((_request, response) => {
      response.write('data: {"model":"m","choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n', () =>
        response.destroy(),
      );
    });

    expect(joinDeltas(await collectEvents(provider.stream(REQUEST)))).toMatchObject({ text: 'Hi', finish: 'stop' });
  });

  test('name an unknown host', async () => {
    const failing: Lookup = (_name, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), '', 4);
    const provider = connect({
      baseUrl: 'http://models.invalid/v1',
      dispatcher: await pool({ connect: { lookup: failing } }),
    });

    expect(await failureOf(provider)).toMatchObject({ code: 'connection-failed', connection: 'dns' });
  });

  test('tell TLS that is spoken to a server without', async () => {
    const { simulator } = await startSimulated('Hi');
    const provider = connect({ baseUrl: simulator.url.replace('http:', 'https:') });

    expect(await failureOf(provider)).toMatchObject({ code: 'connection-failed', connection: 'tls' });
  });

  test('tell a server that speaks no HTTP', async () => {
    const port = await listenTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    const error = await failureOf(connect({ baseUrl: `http://127.0.0.1:${port}/v1` }));

    expect(error).toMatchObject({ code: 'invalid-response' });
    expect(error.message).toContain('not HTTP');
  });
});

describe('answers that are none', () => {
  test.each<[string, RequestListener, Partial<ProviderError>, string]>([
    [
      'a redirect',
      (_request, response) => response.writeHead(307, { location: '/login?token=t0ken' }).end(),
      { code: 'invalid-response', status: 307 },
      '/login.',
    ],
    [
      'a page',
      (_request, response) =>
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><html><title>Open WebUI</title></html>'),
      { code: 'invalid-response', status: 200 },
      'Open WebUI',
    ],
    [
      'nothing',
      (_request, response) => response.writeHead(200).end(),
      { code: 'invalid-response', status: 200 },
      'an empty body',
    ],
    [
      'only [DONE]',
      (_request, response) => response.writeHead(200).end('data: [DONE]\n\n'),
      { code: 'invalid-response' },
      'before any content',
    ],
    [
      'plain text',
      (_request, response) => response.writeHead(200).end('Ollama is running'),
      { code: 'invalid-response' },
      'Ollama is running',
    ],
    [
      'compressed bytes',
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      { code: 'invalid-response' },
      'gzip',
    ],
    [
      'compressed words of a failure',
      (_request, response) => response.writeHead(502, { 'content-encoding': 'gzip' }).end('\u001F\u008B'),
      { code: 'server-error', status: 502, serverMessage: undefined },
      'answered 502 without a message',
    ],
    [
      'a body that is too short',
      (_request, response) =>
        response.writeHead(200, { 'content-length': '900', connection: 'close' }).end(ANSWER.slice(0, 20)),
      { code: 'invalid-response' },
      'content-length',
    ],
    [
      'an endless line',
      (_request, response) => response.writeHead(200).end(`data: ${'x'.repeat(3_000)}`),
      { code: 'invalid-response' },
      'larger than 2000 bytes',
    ],
  ])('are reported: %s', async (_title, listener, expected, words) => {
    const { provider } = await startServer(listener, { limits: { maxEventBytes: 2_000 } });
    const error = await failureOf(provider);

    expect(error).toMatchObject(expected);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('t0ken');
  });

  test('are reported: an error status whose body never ends', async () => {
    const { provider } = await startServer(
      (_request, response) => void response.writeHead(503).write('{"error":"server busy'),
      { timeouts: { idleMs: 400 } },
    );
    const error = await failureOf(provider);

    expect(error).toMatchObject({ code: 'overloaded', status: 503 });
    expect(error.message).toContain('server busy');
  });

  test.each(['', 'Identity'])('are answers when they only say that nothing is compressed: %j', async (encoding) => {
    const { provider } = await startServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(ANSWER),
    );

    expect(joinDeltas(await collectEvents(provider.stream(REQUEST))).text).toBe('Hi');
  });

  test('do not have their secrets repeated', async () => {
    const { provider } = await startServer(
      (_request, response) =>
        response.writeHead(401).end('{"error":{"message":"Incorrect API key provided: sk-very-secret"}}'),
      { apiKey: 'sk-very-secret' },
    );
    const error = await failureOf(provider);

    expect(error.code).toBe('authentication-failed');
    expect(`${error.message} ${error.serverMessage}`).not.toContain('sk-very-secret');
  });
});

describe('clocks', () => {
  test('run out while connecting', async () => {
    const provider = connect({
      baseUrl: 'http://models.invalid/v1',
      dispatcher: await pool({ connect: { lookup: () => {} } }),
      timeouts: { connectMs: 20 },
    });

    expect(await failureOf(provider)).toMatchObject({ code: 'timeout', clock: 'connect' });
  });

  test.each([true, false])('run out before the first event (streaming: %s)', async (streaming) => {
    const { simulator, provider } = await startSimulated([{ stall: true }], { timeouts: { firstEventMs: 150 } });
    const error = await failureOf(provider, { streaming });
    await simulator.journal.waitForClientLeft();

    expect(error).toMatchObject({ code: 'timeout', clock: 'first-event' });
    expect(error.message).toContain('timeouts.firstEventMs');
  });

  test('run out between two events, comments notwithstanding', async () => {
    const { provider } = await startServer((request, response) => {
      response.write('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n');
      const comments = setInterval(() => response.write(': still there\n\n'), 5);
      request.socket.on('close', () => clearInterval(comments));
    });
    const events = await collectEvents(provider.stream(REQUEST, { timeouts: { idleMs: 60 } }));

    expect(joinDeltas(events)).toMatchObject({ text: 'Hi', error: { code: 'timeout', clock: 'idle' } });
  });

  test('run out for the whole answer', async () => {
    const { provider } = await startServer((request, response) => {
      const words = setInterval(() => response.write('data: {"choices":[{"delta":{"content":"on "}}]}\n\n'), 5);
      request.socket.on('close', () => clearInterval(words));
    });
    const events = await collectEvents(provider.stream(REQUEST, { timeouts: { totalMs: 200 } }));

    expect(joinDeltas(events).error).toMatchObject({ code: 'timeout', clock: 'total' });
  });

  test('do not count the time that the consumer takes', async () => {
    useManualTimers();
    const { simulator, provider } = await startSimulated([{ text: 'Slow' }, { stall: true }, { text: ' reader.' }], {
      timeouts: { idleMs: 300 },
    });
    const events: StreamEvent[] = [];
    for await (const event of provider.stream(REQUEST)) {
      events.push(event);
      if (event.type !== 'text-delta' || event.text !== 'Slow') continue;
      vi.advanceTimersByTime(500);
      simulator.release();
    }

    expect(joinDeltas(events)).toMatchObject({ text: 'Slow reader.', finish: 'stop' });
  });

  test('that are 0 do not run', async () => {
    const { provider } = await startSimulated('Hi', {
      timeouts: { connectMs: 0, firstEventMs: 0, idleMs: 0, totalMs: 0 },
    });

    expect(joinDeltas(await collectEvents(provider.stream(REQUEST))).finish).toBe('stop');
  });
});

describe('leaving', () => {
  test('in the middle of a pull ends that pull with an event', async () => {
    const { simulator, provider } = await startSimulated([{ text: 'Hi' }, { stall: true }]);
    const stream = openEventStream(provider.stream(REQUEST));
    await stream.pull();
    const pending = stream.pull();

    await stream.return();

    expect(await pending).toMatchObject([{ type: 'error', error: { code: 'aborted' } }]);
    await simulator.journal.waitForClientLeft();
  });

  test('closes a connection that is still being opened', async () => {
    const closed = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    // TLS is asked for and never answered.
    const port = await listenTcp((socket) => {
      socket.on('data', () => opened.resolve()).on('error', () => {});
      socket.on('close', () => closed.resolve());
    });
    const controller = new AbortController();
    const reading = collectEvents(
      connect({ baseUrl: `https://127.0.0.1:${port}/v1` }).stream(REQUEST, { signal: controller.signal }),
    );
    await opened.promise;
    controller.abort();

    expect(await reading).toMatchObject([{ error: { code: 'aborted' } }]);
    await closed.promise;
  });

  test('leaves no listener, timer or socket behind, however the request ends', async () => {
    const others = listHandles();
    const { simulator, provider } = await startSimulated('Hi', { timeouts: { firstEventMs: 50_000, totalMs: 60_000 } });
    const { signal } = new AbortController();
    simulator.enqueue(
      'Hi',
      { http: { status: 500 } },
      { http: { reset: true } },
      [{ text: 'Half' }, { end: true }],
      [{ text: 'Wait' }, { stall: true }],
    );
    for (let round = 0; round < 6; round++) {
      for await (const event of provider.stream(REQUEST, { signal }))
        if (event.type === 'text-delta' && event.text === 'Wait') break;
    }
    await simulator.journal.waitUntilIdle();
    await provider.close();
    await simulator.close();

    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await expect.poll(() => listHandles().length).toBeLessThanOrEqual(others.length);
  });

  test('after the finish lets the connection serve the next request', async () => {
    let connections = 0;
    let endBody = (): void => {};
    // The next request waits until the one connection is free or closed.
    const dispatcher = await pool({ connections: 1 });
    const { server, provider } = await startServer(
      (_request, response) => {
        response.write(ANSWER);
        endBody = () => response.end();
      },
      { dispatcher },
    );
    server.on('connection', () => (connections += 1));
    for (let round = 0; round < 3; round++) {
      for await (const event of provider.stream(REQUEST)) if (event.type === 'finish') break;
      endBody();
      blockEventLoop(100);
    }

    expect(connections).toBe(1);
  });

  test('before the first pull sends no request, and ends the stream', async () => {
    const { simulator, provider } = await startSimulated('Hi');
    const events = provider.stream(REQUEST)[Symbol.asyncIterator]();
    await events.return?.();

    expect(await events.next()).toEqual({ done: true, value: undefined });
    expect(simulator.journal.entries).toEqual([]);
  });

  test('a slow consumer makes the server wait', async () => {
    let written = 0;
    const { provider } = await startServer((_request, response) => {
      const line = `data: {"model":"m","choices":[{"delta":{"content":"${'x'.repeat(60_000)}"}}]}\n\n`;
      const write = (): void => {
        while (written < 2_000 && response.write(line)) written += 1;
        written += 1;
        if (written < 2_000) response.once('drain', write);
      };
      write();
    });
    for await (const event of provider.stream(REQUEST)) {
      if (event.type !== 'text-delta') continue;
      await new Promise((resolve) => setTimeout(resolve, 100));
      break;
    }

    // 120 MB would have come from a server without back-pressure.
    expect(written).toBeLessThan(500);
  });
});

describe('passing through', () => {
  test('hands on status, type and bytes as they are', async () => {
    const { simulator, provider } = await startSimulated('Hi');
    const response = await provider.post('embeddings', { model: MODEL, input: 'x' });

    expect(response).toMatchObject({
      status: expect.any(Number),
      contentType: expect.stringContaining('application/json'),
    });
    expect(JSON.parse(await textOf(response.body))).toBeTypeOf('object');
    expect(simulator.journal.entries).toMatchObject([{ path: '/v1/embeddings', outcome: 'finished' }]);
  });

  test('hands on an error status, too', async () => {
    const { provider } = await startServer((_request, response) =>
      response.writeHead(418, { 'content-type': 'text/plain' }).end('short and stout'),
    );
    const response = await provider.post('completions', {});

    expect([response.status, response.contentType, await textOf(response.body)]).toEqual([
      418,
      'text/plain',
      'short and stout',
    ]);
  });

  test('keeps its key to itself, though the server repeats it', async () => {
    const { provider } = await startServer(
      (request, response) => response.writeHead(401).end(`{"error":"Bad: ${request.headers.authorization}"}`),
      { apiKey: 'sk-very-secret' },
    );
    const response = await provider.post('embeddings', {});

    expect([response.status, await textOf(response.body)]).toEqual([401, '{"error":"Bad: ***"}']);
  });

  test('throws what kept it from an answer', async () => {
    const { simulator, provider } = await startSimulated('Hi');
    await simulator.close();

    await expect(provider.post('embeddings', {})).rejects.toMatchObject({
      code: 'connection-failed',
      connection: 'refused',
    });
  });

  test('does not time out while the body is not read', async () => {
    useManualTimers();
    const { provider } = await startServer((_request, response) => response.end('bytes'), {
      timeouts: { firstEventMs: 150 },
    });
    const response = await provider.post('completions', {});
    vi.advanceTimersByTime(300);

    expect(await textOf(response.body)).toBe('bytes');
  });

  test('closes the connection when the body is not read to its end', async () => {
    const closed = Promise.withResolvers<void>();
    const { provider } = await startServer((request, response) => {
      request.socket.on('close', () => closed.resolve());
      response.write('first');
    });
    const response = await provider.post('completions', {});
    for await (const _bytes of response.body) break;

    await expect(closed.promise).resolves.toBeUndefined();
  });

  test('closes the connection when the body is left without being read', async () => {
    const { simulator, provider } = await startSimulated({ steps: [{ text: 'a' }, { stall: true }] });
    const response = await provider.post('chat/completions', { ...REQUEST, stream: true });
    await response.body[Symbol.asyncIterator]().return?.();

    await expect(simulator.journal.waitForClientLeft()).resolves.toMatchObject({ outcome: 'client-left' });
  });
});

test('cannot be created with a base URL or header that cannot be sent, and does not repeat the header', () => {
  const create = (options: Partial<OpenAICompatProviderOptions>) => () =>
    createOpenAICompatProvider({ id: 'x', baseUrl: 'http://a/v1', ...options });

  expect(create({ baseUrl: 'localhost:11434' })).toThrow(/not an http\(s\) URL/);
  expect(create({ headers: { 'x-key': 'se\ncret' } })).toThrow(/"x-key"/);
  expect(create({ headers: { 'x-key': 'se\ncret' } })).not.toThrow(/cret/);
});

/** Timers that only the test moves. Sockets stay real. */
function useManualTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** What a busy machine does to a process: no timer, read or promise runs meanwhile. */
function blockEventLoop(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** What keeps the process alive and may be ours: sockets, and timers that were not stopped. */
function listHandles(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name));
}

type Lookup = NonNullable<NonNullable<ConnectionPoolOptions['connect']>['lookup']>;

async function startSimulated(
  reply: Reply,
  options: Partial<OpenAICompatProviderOptions> = {},
  version = '0.32.15',
): Promise<{ simulator: OllamaSimulator; provider: OpenAICompatProvider }> {
  const simulator = await startOllamaSimulator({ version, models: [MODEL] });
  onTestFinished(() => simulator.close());
  simulator.enqueue(reply);
  return { simulator, provider: connect({ id: 'ollama', baseUrl: simulator.url, streaming: true, ...options }) };
}

async function startServer(
  listener: RequestListener,
  options: Partial<OpenAICompatProviderOptions> = {},
): Promise<{ server: Server; provider: OpenAICompatProvider }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => listener(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, provider: connect({ baseUrl: `http://127.0.0.1:${port}/v1`, ...options }) };
}

async function listenTcp(listener: Parameters<typeof createTcpServer>[1] & {}): Promise<number> {
  const server = createTcpServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function pool(options: ConnectionPoolOptions): Promise<Awaited<ReturnType<typeof openConnectionPool>>> {
  const dispatcher = await openConnectionPool(options);
  onTestFinished(() => dispatcher.destroy());
  return dispatcher;
}

function connect(options: Partial<OpenAICompatProviderOptions>): OpenAICompatProvider {
  const provider = createOpenAICompatProvider({ id: 'test', baseUrl: 'http://127.0.0.1/v1', ...options });
  onTestFinished(() => provider.close());
  return provider;
}

async function failureOf(
  provider: OpenAICompatProvider,
  request: Partial<ProviderRequest> = {},
  options: StreamOptions = {},
): Promise<ProviderError> {
  const events = await collectEvents(provider.stream({ ...REQUEST, ...request }, options));
  return errorOf(events.at(-1));
}

function errorOf(event: StreamEvent | undefined): ProviderError {
  if (event?.type !== 'error') throw new Error(`Not an error: ${JSON.stringify(event)}`);
  return event.error;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const reads: Uint8Array[] = [];
  for await (const read of body) reads.push(read);
  return Buffer.concat(reads).toString('utf8');
}
