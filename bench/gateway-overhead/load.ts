/** The clients of the benchmark: plain sockets that write a prepared request and only look for the end of the reply. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

export interface LoadOptions {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly durationMs: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds to the first byte of the reply's body. */
  readonly firstByte50: number;
  readonly chunks: number;
}

/** Keeps this many requests in flight for a while. */
export async function applyLoad({
  port,
  path,
  headers,
  body,
  connections,
  durationMs,
}: LoadOptions): Promise<LoadResult> {
  const head = Object.entries({ host: `127.0.0.1:${port}`, 'content-type': 'application/json', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const request = Buffer.from(
    `POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const times: number[] = [];
  const firstBytes: number[] = [];
  let chunks = 0;
  let failures = 0;
  const startedAt = performance.now();
  const until = startedAt + durationMs;

  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true });
        await new Promise<void>((resolve) => socket.once('connect', resolve).once('error', () => resolve()));
        await runConnection(socket);
        socket.destroy();
      }
    }),
  );
  times.sort((one, other) => one - other);
  firstBytes.sort((one, other) => one - other);
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    requests: times.length,
    failures,
    seconds,
    p50: times[Math.floor(times.length * 0.5)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
    firstByte50: firstBytes[Math.floor(firstBytes.length * 0.5)] ?? 0,
    chunks,
  };

  /** Sends requests one at a time until the time is up or the server closes. */
  function runConnection(socket: Socket): Promise<void> {
    return new Promise((resolve) => {
      let reply: Reply | undefined;
      const send = () => {
        reply = { startedAt: performance.now(), head: '', remaining: undefined, tail: '', sawBody: false };
        socket.write(request);
      };
      // A server that does not respond is a failure, and must not block the others.
      socket.setTimeout(5_000, () => {
        failures++;
        resolve();
      });
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
      socket.on('data', (data) => {
        if (reply === undefined) return;
        const ended = readReply(reply, data);
        if (reply.sawBody && reply.firstByteAt === undefined) reply.firstByteAt = performance.now();
        if (!ended) return;
        const now = performance.now();
        if (!reply.head.startsWith('HTTP/1.1 200') || reply.broken === true) failures++;
        else {
          times.push(now - reply.startedAt);
          firstBytes.push((reply.firstByteAt ?? now) - reply.startedAt);
          chunks += reply.chunks ?? 0;
        }
        if (now >= until) resolve();
        else send();
      });
      send();
    });
  }
}

interface Reply {
  readonly startedAt: number;
  head: string;
  /** Bytes of the body still to come; `undefined` before the headers, -1 for a chunked body. */
  remaining: number | undefined;
  tail: string;
  sawBody: boolean;
  firstByteAt?: number;
  chunks?: number;
  broken?: boolean;
}

/** What each chunk has: an event of OpenAI's and Anthropic's APIs, and a line of Ollama's. */
const CHUNK_MARKS = ['data: {', '"done":false'];

/** @returns whether the reply is over. */
function readReply(reply: Reply, data: Buffer): boolean {
  let rest = data;
  if (reply.remaining === undefined) {
    reply.head += data.toString('latin1');
    const end = reply.head.indexOf('\r\n\r\n');
    if (end === -1) return false;
    rest = Buffer.from(reply.head.slice(end + 4), 'latin1');
    reply.head = reply.head.slice(0, end);
    const length = /content-length: (\d+)/i.exec(reply.head)?.[1];
    reply.remaining = length === undefined ? -1 : Number(length);
  }
  if (rest.length > 0) reply.sawBody = true;
  if (reply.remaining >= 0) {
    reply.remaining -= rest.length;
    return reply.remaining === 0;
  }
  for (const mark of CHUNK_MARKS)
    for (let at = rest.indexOf(mark); at !== -1; at = rest.indexOf(mark, at + mark.length))
      reply.chunks = (reply.chunks ?? 0) + 1;
  // A response has `"error":null`.
  if (rest.includes('"error":{') || rest.includes('"error":"') || rest.includes('"type":"error"')) reply.broken = true;
  reply.tail = (reply.tail + rest.toString('latin1')).slice(-200);
  // The last chunk, and trailers when there are some.
  return /(?:^|\r\n)0\r\n(?:[\w-]+: [^\r\n]*\r\n)*\r\n$/.test(reply.tail);
}
