import { Agent, request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeOrder, REPORT_TOOL } from '../scripted-answer.ts';
import type { AnswerOrder } from '../scripted-answer.ts';
import type { ReceivedReply } from './classify-reply.ts';

/** Where requests go. */
export interface GatewayAddress {
  readonly port: number;
  readonly token: string;
}

export interface ChatOptions {
  readonly model: string;
  readonly stream: boolean;
  /** Further text of the prompt. */
  readonly padding?: string | undefined;
  /** Further fields of the body. */
  readonly fields?: object | undefined;
  /** Pause after each chunk that is read; the whole answer is read without one after ten seconds. */
  readonly readPauseMs?: number | undefined;
  /** Cancels the request after so many chunks; 0 before the first one. */
  readonly leaveAfterChunks?: number | undefined;
}

export interface ChatReply extends ReceivedReply {
  /** Which model answered. */
  readonly answeredBy?: string | undefined;
  readonly durationMs: number;
}

/** Longer than every deadline of the gateway together, on a machine that is busy. */
const REQUEST_LIMIT_MS = 60_000;
const SLOW_READER_MS = 10_000;
const LEAVE_BEFORE_MS = 20;

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Sends one chat request and reads its reply to the end. `undefined` if the client cancelled. */
export async function sendChat(
  { port, token, order }: GatewayAddress & { readonly order: AnswerOrder },
  { model, stream, padding = '', fields = {}, readPauseMs = 0, leaveAfterChunks }: ChatOptions,
): Promise<ChatReply | undefined> {
  const body = JSON.stringify({
    model,
    stream,
    messages: [{ role: 'user', content: encodeOrder(order) + padding }],
    ...(order.tool && { tools: [REPORT_TOOL] }),
    ...fields,
  });
  const startedAt = performance.now();
  const limit = AbortSignal.timeout(REQUEST_LIMIT_MS);
  const outgoing = request({
    agent,
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    signal: limit,
  });
  outgoing.end(body);
  if (leaveAfterChunks === 0) {
    setTimeout(() => outgoing.destroy(), LEAVE_BEFORE_MS);
    await responseOf(outgoing);
    outgoing.destroy();
    return undefined;
  }
  const response = await responseOf(outgoing);
  const received =
    response === undefined ? NOTHING : await read(response, { startedAt, readPauseMs, leaveAfterChunks });
  if (received === undefined) return undefined;
  return {
    ...received,
    ...(limit.aborted && { ending: 'limit' as const }),
    answeredBy: String(response?.headers['x-openclaw-model'] ?? ''),
    durationMs: performance.now() - startedAt,
  };
}

const NOTHING: ReceivedReply = { body: '', ending: 'cut' };

/** The response; `undefined` when the connection failed before there was one. */
function responseOf(outgoing: ClientRequest): Promise<IncomingMessage | undefined> {
  return new Promise((resolve) => {
    outgoing.once('response', resolve);
    outgoing.on('error', () => resolve(undefined));
    outgoing.once('close', () => resolve(undefined));
  });
}

async function read(
  response: IncomingMessage,
  {
    startedAt,
    readPauseMs,
    leaveAfterChunks,
  }: { startedAt: number; readPauseMs: number; leaveAfterChunks: number | undefined },
): Promise<ReceivedReply | undefined> {
  const parts: Buffer[] = [];
  let ending: ReceivedReply['ending'] = 'complete';
  try {
    for await (const part of response) {
      parts.push(Buffer.from(part));
      if (leaveAfterChunks !== undefined && parts.length >= leaveAfterChunks) {
        response.destroy();
        return undefined;
      }
      if (readPauseMs > 0 && performance.now() - startedAt < SLOW_READER_MS) await sleep(readPauseMs);
    }
  } catch {
    ending = 'cut';
  }
  return { status: response.statusCode, body: Buffer.concat(parts).toString('utf8'), ending };
}

/** Closes the connections that are kept for further requests. */
export function closeConnections(): void {
  agent.destroy();
}
