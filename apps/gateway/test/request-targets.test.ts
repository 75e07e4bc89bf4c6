import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startScripted } from './scripted-runtime.ts';
import { sendRaw } from './send-raw.ts';

async function open() {
  const { gateway } = await startScripted(undefined, { gateway: { allowedHosts: ['gateway.example'] } });
  onTestFinished(() => gateway.close());
  const send = (line: string, headers = 'Host: localhost\r\n') =>
    sendRaw(gateway.port, `${line}\r\n${headers}Connection: close\r\n\r\n`);
  return { ...gateway, send };
}

test.each([
  ['127.0.0.1:18789', '/v1/models', '"object":"list"'],
  ['[::1]:18789', '/v1/models?limit=1', '"object":"list"'],
  ['GATEWAY.example', '/v1/models/openclaw', '"id":"openclaw"'],
  ['localhost', '', 'Ollama is running'],
  ['localhost', '?from=a-link', 'Ollama is running'],
])('answers to a whole URL on %s%s as to its path', async (authority, path, expected) => {
  const { send } = await open();
  for (const scheme of ['http', 'HTTP', 'https']) {
    const { status, body } = await send(`GET ${scheme}://${authority}${path} HTTP/1.1`);
    expect([status, body]).toEqual([200, expect.stringContaining(expected)]);
  }
});

test('takes a chat request to a whole URL', async () => {
  const { port } = await open();
  const body = '{"messages":[{"role":"user","content":"Hi"}]}';
  const reply = await sendRaw(
    port,
    `POST http://127.0.0.1:${port}/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect([reply.status, reply.body]).toEqual([200, expect.stringContaining('"content":"Hello"')]);
});

test.each(['evil.example', '127.0.0.1.evil.example:18789', '%6cocalhost'])(
  'does not answer to a URL on %s, whatever the header says',
  async (authority) => {
    const { send } = await open();
    const { status, body } = await send(`GET http://${authority}/healthz HTTP/1.1`);
    expect([status, JSON.parse(body).error.code]).toEqual([403, 'host_not_allowed']);
  },
);

test('a whole URL says what the gateway is called, and the header counts for nothing beside it', async () => {
  const { send } = await open();
  expect((await send('GET http://localhost/healthz HTTP/1.1', 'Host: evil.example\r\n')).status).toBe(200);
  const page = 'Host: evil.example\r\nOrigin: http://evil.example\r\n';
  const { status, body } = await send('GET http://localhost/v1/models HTTP/1.1', page);
  expect([status, JSON.parse(body).error.code]).toEqual([403, 'origin_not_allowed']);
  const own = 'Host: evil.example\r\nOrigin: http://localhost\r\n';
  expect((await send('GET http://localhost/v1/models HTTP/1.1', own)).status).toBe(200);
});

test.each([
  ['1.1', 400],
  ['1.0', 200],
])('a whole URL without the header is enough for HTTP/%s: %i', async (version, status) => {
  const { send } = await open();
  expect((await send(`GET http://localhost/healthz HTTP/${version}`, '')).status).toBe(status);
});

test.each([
  ['OPTIONS *', 404, '*'],
  ['GET *', 404, '*'],
  ['GET ftp://localhost/healthz', 404, 'ftp:'],
  ['GET http://evil.example@localhost/healthz', 400, 'not a host'],
  ['GET http://localhost@evil.example/healthz', 400, 'not a host'],
  ['GET http:///healthz', 400, 'http://'],
  ['GET localhost:18789', 400, 'neither a path nor an http:// URL'],
  ['CONNECT localhost:18789', 400, 'no proxy'],
  ['CONNECT example.com:443', 400, 'no proxy'],
])('%s is refused in JSON', async (line, status, words) => {
  const { send } = await open();
  const reply = await send(`${line} HTTP/1.1`);
  expect([reply.status, JSON.parse(reply.body).error.message]).toEqual([status, expect.stringContaining(words)]);
});

test('a client that asks for a tunnel and disconnects does no harm, and delays no shutdown', async () => {
  const { port, url, drain } = await open();
  const ask = 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n';
  for (let attempt = 0; attempt < 20; attempt++) {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.write(ask, () => resolve()));
    socket.resetAndDestroy();
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const waiting = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void waiting.destroy());
  waiting.write(ask);
  await new Promise((resolve) => waiting.once('data', resolve));
  await drain();
});

test('a tunnel that is asked for in the middle of a reply cuts it, and is not answered inside it', async () => {
  const { gateway } = await startScripted([
    async function* (_request, signal) {
      yield { type: 'start', model: 'ollama/gpt-oss:20b' };
      yield { type: 'text-delta', text: 'First' };
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  ]);
  onTestFinished(() => gateway.close());
  const socket = connect(gateway.port, '127.0.0.1');
  const body = '{"messages":[{"role":"user","content":"Hi"}],"stream":true}';
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  let text = '';
  socket.on('data', (data) => {
    text += data;
    if (text.includes('First')) socket.write('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n');
  });
  await new Promise((resolve) => socket.on('close', resolve));
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  expect(text).not.toContain('[DONE]');
});
