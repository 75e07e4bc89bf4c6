import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answerClientErrors } from './answer-client-errors.ts';

/** A server that keeps its responses until the test sends them. */
async function open(options?: { lingerMs: number }) {
  const responses = new Map<string, ServerResponse>();
  const closed: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    responses.set(path, response);
    response.on('close', () => closed.push(path));
  });
  answerClientErrors(server, options);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const dial = (bytes: string) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes));
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  return { server, responses, closed, dial };
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (data: string) => (text += data));
  await once(socket, 'end');
  return text;
}

const statuses = (text: string) => text.match(/HTTP\/1\.1 \d+/g)?.map((line) => Number(line.slice(-3)));
const request = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;

test.each([
  ['garbage', 'no request\r\n\r\n'],
  ['a request for a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
])('answers %s behind two requests after both, in order', async (_name, bytes) => {
  const { server, responses, dial } = await open();
  const failed = once(server, bytes.startsWith('CONNECT') ? 'connect' : 'clientError');
  const answers = readAll(dial(request('/first') + request('/second') + bytes + bytes));
  await failed;
  responses.get('/second')?.writeHead(202).end('second');
  responses.get('/first')?.writeHead(201).end('first');
  const text = await answers;
  expect(statuses(text)).toEqual([201, 202, 400]);
  expect(text.indexOf('first')).toBeLessThan(text.indexOf('second'));
});

test('answers what spoils the body of a request in place of its response, after those before it', async () => {
  const { server, responses, dial } = await open();
  const failed = once(server, 'clientError');
  const spoilt = request('/second', 'Transfer-Encoding: chunked\r\n') + 'no chunk\r\n';
  const answers = readAll(dial(request('/first') + spoilt));
  await failed;
  responses.get('/first')?.writeHead(201).end();
  expect(statuses(await answers)).toEqual([201, 400]);
});

test('sends nothing after the response to a request whose body is spoilt later', async () => {
  const { responses, dial, server } = await open();
  const socket = dial(request('/first', 'Transfer-Encoding: chunked\r\n'));
  const answers = readAll(socket);
  await once(server, 'request');
  responses.get('/first')?.writeHead(413).end();
  await once(socket, 'data');
  socket.write('no chunk\r\n');
  expect(statuses(await answers)).toEqual([413]);
});

test.each([
  ['garbage', 'no request\r\n\r\n'],
  ['a request for a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
])('ends a request when its client closes after sending %s', async (_name, bytes) => {
  const { server, responses, dial } = await open();
  const failed = once(server, bytes.startsWith('CONNECT') ? 'connect' : 'clientError');
  const socket = dial(request('/first') + bytes);
  await failed;
  const response = responses.get('/first');
  if (response === undefined) throw new Error('The request has not arrived.');
  const closed = once(response, 'close');
  socket.end();
  await closed;
});

test('destroys the socket of a client that keeps its side open after the answer', async () => {
  const { server, dial } = await open({ lingerMs: 0 });
  const accepted = once(server, 'connection');
  const socket = dial('no request\r\n\r\n');
  const [accepting] = (await accepted) as [Socket];
  const destroyed = once(accepting, 'close');
  expect(statuses(await readAll(socket))).toEqual([400]);
  await destroyed;
});
