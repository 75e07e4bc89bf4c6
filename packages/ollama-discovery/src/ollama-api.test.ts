import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { findFreePort } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { scriptedServer } from '../test/scripted-server.ts';
import { discoverModels } from './discover-models.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failure(discovery: Promise<unknown>): Promise<OllamaDiscoveryError> {
  const error = await discovery.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OllamaDiscoveryError);
  return error as OllamaDiscoveryError;
}

/** Every message names the URL. */
async function answerFails(status: number, body: string, contentType = 'application/json') {
  const baseUrl = await listen((_request, response) =>
    response.writeHead(status, { 'content-type': contentType }).end(body),
  );
  const error = await failure(discoverModels({ baseUrl }));
  expect(error.message).toContain(baseUrl);
  expect(error.url).toBe(`${baseUrl}/api/tags`);
  return error;
}

test('says that the connection was refused, where, and how to start Ollama', async () => {
  const port = await findFreePort();

  const error = await failure(discoverModels({ baseUrl: `http://127.0.0.1:${port}/v1` }));
  expect(error).toMatchObject({ code: 'connection-failed', connection: 'refused', nextCommand: 'ollama serve' });
  expect(error.message).toContain(`http://127.0.0.1:${port} (connection refused)`);
});

test('tells a wrong port, where something that is not HTTP answers, from a server that is down', async () => {
  const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const error = await failure(discoverModels({ baseUrl: `http://127.0.0.1:${port}` }));
  expect(error).toMatchObject({ code: 'connection-failed', connection: 'closed' });
});

test('says that TLS failed where plain http is spoken', async () => {
  const baseUrl = await listen((_request, response) => response.end('{}'));
  const error = await failure(discoverModels({ baseUrl: baseUrl.replace('http:', 'https:') }));
  expect(error).toMatchObject({ code: 'connection-failed', connection: 'tls' });
});

test.each([
  [{ code: 'ENOTFOUND' }, 'dns'],
  [{ code: 'EAI_AGAIN' }, 'dns'],
  [{ code: 'EHOSTUNREACH' }, 'unreachable'],
  [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'unreachable'],
  [{ code: 'ECONNRESET' }, 'reset'],
  [{ code: 'CERT_HAS_EXPIRED' }, 'tls'],
  [Object.assign(new AggregateError([{ code: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }])), 'refused'],
])('recognises how a connection failed (%o → %s)', async (cause, connection) => {
  const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
  expect(await failure(discoverModels({ fetch }))).toMatchObject({ code: 'connection-failed', connection });
});

test('does not take a bug for a failed connection', async () => {
  const bug = new TypeError('x is not a function');
  await expect(discoverModels({ fetch: () => Promise.reject(bug) })).rejects.toBe(bug);
});

test('says that an empty 403 is how Ollama turns away an unknown host name', async () => {
  const error = await answerFails(403, '');
  expect(error).toMatchObject({ code: 'forbidden', status: 403 });
  expect(error.message).toMatch(/OLLAMA_ORIGINS/);
});

test.each([
  [401, '{"error":"unauthorized"}', 'unauthorized', /unauthorized.*API key/],
  [403, '{"error":"not for you"}', 'forbidden', /not for you/],
  [500, '{"error":"disk on fire"}', 'server-error', /disk on fire/],
  [500, '', 'server-error', /500/],
  [502, '<html>Bad gateway</html>', 'server-error', /502/],
  [404, '404 page not found', 'not-ollama', /not Ollama/],
  [404, '{"error":{"message":"no such route"}}', 'not-ollama', /no such route.*another server answers there/],
  [404, '{"error":"model \'x\' not found"}', 'not-ollama', /not found\.$/],
  [403, '<html>Denied</html>', 'forbidden', /responded with 403\. Ollama refuses with an empty body/],
  [400, 'Client sent an HTTP request to an HTTPS server.', 'invalid-response', /write https:/],
  [400, '<html>The plain HTTP request was sent to HTTPS port</html>', 'invalid-response', /write https:/],
  [405, '', 'not-ollama', /not Ollama/],
  [418, '{"error":"teapot"}', 'invalid-response', /teapot/],
  [200, '<!doctype html><html>Router</html>', 'not-ollama', /web page/],
  [200, '{"data":[],"object":"list"}', 'not-ollama', /no list of models/],
  [200, '["a"]', 'not-ollama', /not Ollama/],
  [200, '{"models":[', 'invalid-response', /not JSON/],
  [200, '', 'invalid-response', /empty body/],
])('puts an answer %i %s into words (%s)', async (status, body, code, message) => {
  const error = await answerFails(status, body, body.startsWith('<') ? 'text/html' : 'application/json');
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
});

test('does not carry the key to where a redirect leads, and says where that is', async () => {
  const seen: (string | undefined)[] = [];
  const elsewhere = await listen((request, response) => {
    seen.push(request.headers.authorization);
    response.end('{"models":[]}');
  });
  const baseUrl = await listen((_request, response) =>
    response.writeHead(307, { location: `${elsewhere}/api/tags` }).end(),
  );
  const error = await failure(discoverModels({ baseUrl, apiKey: 'secret', headers: { 'x-key': 'secret' } }));
  expect(error).toMatchObject({ code: 'not-ollama', message: expect.stringContaining(elsewhere) });
  expect(seen).toEqual([]);
});

test('times out on a server that does not answer', async () => {
  const baseUrl = await listen(() => {});
  const error = await failure(discoverModels({ baseUrl, requestTimeoutMs: 30 }));
  expect(error).toMatchObject({ code: 'timeout', message: expect.stringMatching(/30 ms/) });
});

test('times out on a server that begins to answer and stops', async () => {
  const baseUrl = await listen((_request, response) => void response.writeHead(200).write('{"models":['));
  expect(await failure(discoverModels({ baseUrl, requestTimeoutMs: 30 }))).toMatchObject({ code: 'timeout' });
});

test('closes the connection when the caller aborts', async () => {
  const caller = new AbortController();
  const closed = Promise.withResolvers<void>();
  const baseUrl = await listen((request) => {
    request.socket.on('close', () => closed.resolve());
    caller.abort(new Error('had enough'));
  });
  const error = await failure(discoverModels({ baseUrl, signal: caller.signal }));
  expect(error).toMatchObject({ code: 'aborted', cause: caller.signal.reason });
  await closed.promise;
});

test('fails when the caller aborts between the list and the details', async () => {
  const caller = new AbortController();
  const { fetch } = scriptedServer({
    '/api/tags': { models: [{ name: 'a:latest', digest: 'd' }] },
    '/api/show': () => {
      caller.abort();
      return Promise.reject(caller.signal.reason);
    },
  });
  expect(await failure(discoverModels({ fetch, signal: caller.signal }))).toMatchObject({ code: 'aborted' });
});

test('stops reading a body that has no end', async () => {
  const baseUrl = await listen((_request, response) => {
    const megabyte = Buffer.alloc(1024 * 1024, ' ');
    const write = (): void => {
      while (!response.destroyed && response.write(megabyte));
      if (!response.destroyed) response.once('drain', write);
    };
    write();
  });
  const error = await failure(discoverModels({ baseUrl }));
  expect(error).toMatchObject({ code: 'invalid-response', message: expect.stringMatching(/more than 33554432 bytes/) });
});

test('sends an authorization of the configuration in place of the key, however its name is spelt', async () => {
  const server = scriptedServer({ '/api/tags': { models: [] } });
  await discoverModels({ fetch: server.fetch, apiKey: 'the-key', headers: { Authorization: 'Basic abc' } });
  expect(server.requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Basic abc']);
});

test.each([
  ['a refusal', 401, (key: string) => JSON.stringify({ error: { message: `Incorrect API key: ${key}` } })],
  ['something that is not JSON', 200, (key: string) => `Hello, bearer of ${key}!`],
  ['JSON of another kind', 200, (key: string) => JSON.stringify([key])],
])('does not tell the key when the server repeats it in %s', async (_what, status, body) => {
  const baseUrl = await listen((request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body(`${request.headers.authorization}`)),
  );
  const error = await failure(discoverModels({ baseUrl, apiKey: 'sk-confidential-1234' }));
  expect(error.message).toContain('***');
  expect(error.message).not.toContain('sk-confidential-1234');
});

test('does not tell a key of its own header when a redirect repeats it', async () => {
  const baseUrl = await listen((request, response) =>
    response.writeHead(302, { location: `https://login.test/?key=${String(request.headers['x-api-key'])}` }).end(),
  );
  const error = await failure(discoverModels({ baseUrl, headers: { 'X-Api-Key': 'confidential-1234' } }));
  expect(error.message).toContain('https://login.test/?key=***');
});

test.each(['two\nlines', 'ключ'])('says that a key like %j cannot be sent, and does not tell it', async (apiKey) => {
  const { fetch } = scriptedServer({ '/api/tags': { models: [] } });
  const error = await failure(discoverModels({ fetch, apiKey }));
  expect(error).toMatchObject({ code: 'invalid-header', message: expect.stringContaining('API key') });
  expect(error.message).not.toContain(apiKey);
});
