/**
 * An upstream of the soak: an OpenAI-compatible server that sends the ordered answers, or misbehaves according to its
 * mode.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { onParentMessage, sendToParent } from '../process-messages.ts';
import { answerText, answerWords, findOrder } from '../scripted-answer.ts';
import type { AnswerOrder } from '../scripted-answer.ts';
import type { UpstreamCommand, UpstreamMessage, UpstreamMode } from './upstream-mode.ts';

let mode: UpstreamMode = 'normal';
let requests = 0;
let activeRequests = 0;
const requestsOfSocket = new WeakMap<Socket, number>();

const server = createServer((request, response) => {
  activeRequests++;
  response.once('close', () => activeRequests--);
  // A gateway that cancels its request closes the connection while this side writes or reads.
  serve(request, response).catch(() => response.destroy());
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => tell({ type: 'ready' }));
onParentMessage<UpstreamCommand>((command) => {
  if (command.type === 'mode') mode = command.mode;
  else tell({ type: 'report', activeRequests });
});

function tell(message: UpstreamMessage): void {
  sendToParent(message);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { socket } = request;
  const number = requests++;
  const count = (requestsOfSocket.get(socket) ?? 0) + 1;
  requestsOfSocket.set(socket, count);
  if (mode === 'stale' && count > 1) {
    if (number % 2 === 0) socket.resetAndDestroy();
    else socket.destroy();
    return;
  }
  const body = await text(request);
  const order = findOrder(body);
  if (order === undefined) {
    response.writeHead(400, JSON_HEADERS).end('{"error":{"message":"no order in the request"}}');
  } else if (mode === 'storm') {
    response.writeHead(number % 2 === 0 ? 429 : 503, { ...JSON_HEADERS, 'retry-after': '1' });
    response.end('{"error":{"message":"too many requests"}}');
  } else if (mode === 'broken') {
    BROKEN_REPLIES[number % BROKEN_REPLIES.length]?.(response);
  } else if (/"stream"\s*:\s*true/.test(body)) {
    await stream(response, order);
  } else {
    sendWhole(response, order);
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' };
const SSE_HEADERS = { 'content-type': 'text/event-stream' };

const BROKEN_REPLIES: readonly ((response: ServerResponse) => void)[] = [
  ({ socket }) => socket?.end('SSH-2.0-OpenSSH_9.2\r\n\u0000\u0001\u0002'),
  (response) => response.writeHead(200, JSON_HEADERS).end('{"choices":[{"message":{"content":"half'),
  (response) => response.writeHead(200, SSE_HEADERS).end('data: {"choices":[{]}\n\n'),
  (response) => response.writeHead(200, { ...SSE_HEADERS, 'content-encoding': 'br' }).end('\u0001\u0002'),
  (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  (response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<html><title>down</title>'),
  ({ socket }) => socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"choices":'),
];

async function stream(response: ServerResponse, order: AnswerOrder): Promise<void> {
  response.writeHead(200, SSE_HEADERS);
  const deltas = order.tool ? toolCallDeltas(order) : answerWords(order).map((content) => ({ content }));
  const cutAfter = mode === 'cut' ? deltas.length >> 1 : Infinity;
  for (const [position, delta] of deltas.entries()) {
    if (position === cutAfter) {
      if (requests % 2 === 0) response.destroy();
      else response.end();
      return;
    }
    const chunk = { id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null }] };
    if (!response.write(`data: ${JSON.stringify(chunk)}\n\n`)) await drained(response);
    if (response.destroyed) return;
    if (order.pauseMs > 0) await sleep(order.pauseMs);
  }
  const finish = { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: finishReason(order) }] };
  response.end(`data: ${JSON.stringify(finish)}\n\ndata: [DONE]\n\n`);
}

/** Waits until there is room for more, or the connection is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** Arguments in pieces of four characters, as small models stream them. */
function toolCallDeltas(order: AnswerOrder): object[] {
  const opening = { index: 0, id: `call-${order.id}`, type: 'function', function: { name: 'report', arguments: '' } };
  const pieces = JSON.stringify({ text: answerText(order) }).match(/.{1,4}/gs) ?? [];
  return [
    { tool_calls: [opening] },
    ...pieces.map((piece) => ({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
  ];
}

function sendWhole(response: ServerResponse, order: AnswerOrder): void {
  const content = answerText(order);
  const call = {
    id: `call-${order.id}`,
    type: 'function',
    function: { name: 'report', arguments: JSON.stringify({ text: content }) },
  };
  const message = order.tool ? { role: 'assistant', tool_calls: [call] } : { role: 'assistant', content };
  const body = JSON.stringify({ id: 'c', choices: [{ index: 0, message, finish_reason: finishReason(order) }] });
  response.writeHead(200, { ...JSON_HEADERS, 'content-length': Buffer.byteLength(body) });
  if (mode !== 'cut') return void response.end(body);
  response.write(body.slice(0, body.length >> 1), () => response.destroy());
}

function finishReason({ tool }: AnswerOrder): string {
  return tool ? 'tool_calls' : 'stop';
}
