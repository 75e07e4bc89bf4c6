/**
 * The upstream of the benchmark: responds with prepared bytes, so that its own cost is negligible. `POST /v1/…` with
 * `"stream":true` in the body gets a stream of 100 chunks; with `"paced":true` one chunk every 10 ms until the client
 * disconnects.
 */
import { createServer } from 'node:net';
import type { Socket } from 'node:net';

const ID = 'chatcmpl-bench';
const words = 'the quick brown fox jumps over the lazy dog and says'.split(' ');
const sse = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const frame = (text: string) => Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
const chunk = (delta: object, finish: string | null = null) =>
  sse({
    id: ID,
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'bench',
    system_fingerprint: 'fp_ollama',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });

const body = JSON.stringify({
  id: ID,
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'bench',
  system_fingerprint: 'fp_ollama',
  choices: [{ index: 0, message: { role: 'assistant', content: words.join(' ').repeat(16) }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 180, total_tokens: 192 },
});
const whole = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
);
const streamHead = Buffer.from(
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n',
);
const deltas = Array.from({ length: 98 }, (_, index) => frame(chunk({ content: ` ${words[index % words.length]}` })));
const frames = [
  frame(chunk({ role: 'assistant', content: '' })),
  ...deltas,
  frame(chunk({}, 'stop')),
  frame(
    sse({
      id: ID,
      object: 'chat.completion.chunk',
      created: 1,
      model: 'bench',
      choices: [],
      usage: { prompt_tokens: 12, completion_tokens: 98, total_tokens: 110 },
    }),
  ),
  frame('data: [DONE]\n\n'),
];
const end = Buffer.from('0\r\n\r\n');
const pacedChunk = frame(chunk({ content: ' word' }));
const paced = new Set<Socket>();

const server = createServer({ noDelay: true }, (socket) => {
  let pending = '';
  socket.on('error', () => socket.destroy());
  socket.on('close', () => paced.delete(socket));
  socket.on('data', (data) => {
    pending += data.toString('latin1');
    for (;;) {
      const headersEnd = pending.indexOf('\r\n\r\n');
      if (headersEnd === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(pending.slice(0, headersEnd))?.[1] ?? 0);
      const requestEnd = headersEnd + 4 + length;
      if (pending.length < requestEnd) return;
      const request = pending.slice(headersEnd + 4, requestEnd);
      pending = pending.slice(requestEnd);
      answer(socket, request);
    }
  });
});

function answer(socket: Socket, request: string): void {
  if (request.includes('"paced":true')) {
    socket.write(streamHead);
    socket.write(frames[0] ?? '');
    paced.add(socket);
  } else if (request.includes('"stream":true')) {
    socket.write(streamHead);
    playFrames(socket, 0);
  } else {
    socket.write(whole);
  }
}

/** Two chunks per turn of the event loop: they arrive as a stream, without waiting for timers. */
function playFrames(socket: Socket, at: number): void {
  if (socket.destroyed) return;
  if (at >= frames.length) {
    socket.write(end);
    return;
  }
  socket.write(Buffer.concat(frames.slice(at, at + 2)));
  setImmediate(playFrames, socket, at + 2);
}

// A late timer sends the missed chunks, so that the pace holds on a busy machine.
const startedAt = performance.now();
let sent = 0;
setInterval(() => {
  for (; sent < (performance.now() - startedAt) / 10; sent++) {
    for (const socket of paced) socket.write(pacedChunk);
  }
}, 5);

server.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('ready'));
