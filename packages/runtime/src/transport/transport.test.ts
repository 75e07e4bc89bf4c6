import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { collectMessage } from '@openclaw/provider';
import { expect, onTestFinished, test } from 'vitest';
import { deadUrl, failure, primary, providers, say, startRuntime } from '../../test/start-runtime.ts';

const pem = (name: string): string => readFileSync(join(import.meta.dirname, '../../test/fixtures/tls', name), 'utf8');
const CA = pem('ca.pem');

const ANSWERS: Record<string, unknown> = {
  '/v1/models': { object: 'list', data: [{ id: 'm', owned_by: 'vllm', max_model_len: 4096 }] },
  '/v1/chat/completions': {
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: 'from it' }, finish_reason: 'stop' }],
  },
};

const answer: RequestListener = (request, response) => {
  const body = ANSWERS[new URL(request.url ?? '', 'http://h').pathname];
  request.resume();
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? { detail: 'Not Found' }));
};

/** Listens until the test is over, and destroys what is left of its connections. */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A model server with a certificate of a private authority. */
const startTlsServer = (options: object = {}) =>
  listen(createHttpsServer({ key: pem('server.key'), cert: pem('server.pem'), ...options }, answer));

/** A proxy that leads every request to one port of this machine. */
async function startProxy(target: number, { refuses }: { refuses?: number } = {}) {
  const seen: { what: string; authorization: string | undefined }[] = [];
  const note = ({ method, url, headers }: IncomingMessage): void =>
    void seen.push({ what: `${method} ${url}`, authorization: headers['proxy-authorization'] });
  const server = createHttpServer((request, response) => {
    note(request);
    if (refuses !== undefined) return void response.writeHead(refuses).end();
    answer(request, response);
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request);
    if (refuses !== undefined) return void socket.end(`HTTP/1.1 ${refuses} Refused\r\n\r\n`);
    const upstream = connect(target, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    upstream.on('error', () => socket.destroy()).pipe(socket);
    socket.on('error', () => upstream.destroy()).pipe(upstream);
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, seen };
}

const box = (baseUrl: string, request?: object) => ({
  ...providers({ vllm: { baseUrl, discover: true, ...(request && { request }) } }),
  ...primary('vllm/m'),
});
const ask = (runtime: ReturnType<typeof startRuntime>) =>
  collectMessage(runtime.chat({ ...say('hi'), streaming: false }));

test('HTTPS_PROXY is used for the list and for answers of a public server', async () => {
  const proxy = await startProxy(await startTlsServer());
  const HTTPS_PROXY = proxy.url.replace('//', '//me:p%20w@');
  const config = box('https://model.example/v1', { tls: { ca: CA } });
  const runtime = startRuntime({ config, env: { HTTPS_PROXY } });
  expect((await runtime.inventory()).models).toMatchObject([{ ref: 'vllm/m', contextWindow: 4096 }]);
  expect((await ask(runtime)).text).toBe('from it');
  expect(new Set(proxy.seen.map(({ what }) => what))).toEqual(new Set(['CONNECT model.example:443']));
  expect(proxy.seen[0]?.authorization).toBe(`Basic ${Buffer.from('me:p w').toString('base64')}`);
});

test('HTTP_PROXY is asked for the whole URL', async () => {
  const proxy = await startProxy(0);
  const runtime = startRuntime({ config: box('http://model.example/v1'), env: { HTTP_PROXY: proxy.url } });
  expect((await ask(runtime)).text).toBe('from it');
  expect(proxy.seen.map(({ what }) => what)).toContain('POST http://model.example/v1/chat/completions');
});

test('a local server is asked without the proxy', async () => {
  const proxy = await startProxy(0);
  const port = await listen(createHttpServer(answer));
  const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, ALL_PROXY: proxy.url };
  const runtime = startRuntime({ config: box(`http://127.0.0.1:${port}/v1`), env });
  expect((await ask(runtime)).text).toBe('from it');
  expect(proxy.seen).toEqual([]);
});

test('the proxy of a provider is used for a local server, too', async () => {
  const proxy = await startProxy(0);
  const request = { proxy: { mode: 'explicit-proxy', url: proxy.url } };
  expect((await ask(startRuntime({ config: box('http://10.0.0.1/v1', request) }))).text).toBe('from it');
  expect(proxy.seen.map(({ what }) => what)).toContain('POST http://10.0.0.1/v1/chat/completions');
});

test.each([
  [407, 'https://model.example/v1', /proxy.*407/],
  [403, 'https://model.example/v1', /proxy.*403/],
  [407, 'http://model.example/v1', /Proxy Authentication Required/],
])('a proxy that refuses with %d is named', async (refuses, baseUrl, message) => {
  const proxy = await startProxy(0, { refuses });
  const runtime = startRuntime({ config: box(baseUrl), env: { ALL_PROXY: proxy.url } });
  expect((await runtime.inventory()).problems).toMatchObject([{ provider: 'vllm' }]);
  expect(await failure(ask(runtime))).toMatchObject({
    code: 'connection-failed',
    message: expect.stringMatching(message),
  });
});

test('a proxy that is down is named', async () => {
  const runtime = startRuntime({ config: box('https://model.example/v1'), env: { HTTPS_PROXY: deadUrl() } });
  expect(await failure(ask(runtime))).toMatchObject({
    code: 'connection-failed',
    message: expect.stringMatching(/no connection to the proxy: ECONNREFUSED.*HTTPS_PROXY/),
  });
});

test('a private authority is trusted with `request.tls.ca`, and the message for others names the variable', async () => {
  const baseUrl = `https://127.0.0.1:${await startTlsServer()}/v1`;
  expect((await ask(startRuntime({ config: box(baseUrl, { tls: { ca: CA } }) }))).text).toBe('from it');
  const runtime = startRuntime({ config: box(baseUrl) });
  expect((await runtime.inventory()).problems[0]?.message).toContain('NODE_EXTRA_CA_CERTS');
  expect((await failure(ask(runtime))).message).toMatch(/TLS.*NODE_EXTRA_CA_CERTS/);
});

test('a client certificate and the name of the server are sent', async () => {
  const port = await startTlsServer({ ca: CA, requestCert: true, rejectUnauthorized: true });
  const tls = { ca: CA, cert: pem('client.pem'), key: pem('client.key'), serverName: 'model.example' };
  const baseUrl = `https://127.0.0.1:${port}/v1`;
  expect((await ask(startRuntime({ config: box(baseUrl, { tls }) }))).text).toBe('from it');
  const wrong = startRuntime({ config: box(baseUrl, { tls: { ...tls, serverName: 'other.example' } }) });
  expect((await failure(ask(wrong))).message).toMatch(/TLS/);
});
