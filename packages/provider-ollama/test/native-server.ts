import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ConformanceScenario, ConformanceStep } from '@openclaw/test-support';

export interface NativeServerOptions {
  readonly scenario: ConformanceScenario;
  /** Whether tool calls are on the line with `done:true` (harmony, llama-server), or on lines of their own. */
  readonly callsOnLastLine: boolean;
}

export interface NativeServer {
  readonly url: string;
  requests(): number;
  stalled(): Promise<unknown>;
  clientLeft(): Promise<unknown>;
  close(): Promise<void>;
}

/** A bare server that answers every request to `/api/chat` with the steps of a scenario, byte by byte as Ollama does. */
export async function startNativeServer({ scenario, callsOnLastLine }: NativeServerOptions): Promise<NativeServer> {
  const stalled = Promise.withResolvers<undefined>();
  const clientLeft = Promise.withResolvers<undefined>();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    response.on('close', () => {
      if (!response.writableFinished) clientLeft.resolve(undefined);
    });
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    stalled: () => stalled.promise,
    clientLeft: () => clientLeft.promise,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await json(request)) as { model: string; stream: boolean };
    const { status, retryAfterSeconds, sliceBytes, steps = [] } = scenario;
    if (request.url !== '/api/chat') return void response.writeHead(404).end('404 page not found');
    if (status !== undefined) {
      const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
      const error = status === 404 ? `model '${body.model}' not found` : 'something is wrong';
      return void response.writeHead(status, headers).end(JSON.stringify({ error }));
    }
    const lines = body.stream ? encodeLines(steps, { callsOnLastLine }) : encodeWhole(steps);
    response.writeHead(200, { 'content-type': body.stream ? 'application/x-ndjson' : 'application/json' });
    response.flushHeaders();
    for (const line of lines) {
      if (line === STALL) return stalled.resolve(undefined);
      // The connection breaks behind what was sent.
      if (line === CUT) return void response.write('', () => response.destroy());
      await write(response, { text: line, sliceBytes });
    }
    response.end();
  }
}

async function write(
  response: ServerResponse,
  { text, sliceBytes }: { text: string; sliceBytes: number | undefined },
): Promise<void> {
  const bytes = Buffer.from(text);
  const size = sliceBytes ?? bytes.length;
  for (let at = 0; at < bytes.length; at += size)
    await new Promise((resolve) => response.write(bytes.subarray(at, at + size), resolve));
}

const STALL = Symbol('stall');
const CUT = Symbol('cut');
type Line = string | typeof STALL | typeof CUT;

const END = { done: true, done_reason: 'stop', prompt_eval_count: 7, eval_count: 3, load_duration: 5_000_000 };

function encodeLines(steps: readonly ConformanceStep[], { callsOnLastLine }: { callsOnLastLine: boolean }): Line[] {
  const lines: Line[] = [];
  const lastCalls: object[] = [];
  for (const step of steps) {
    if ('toolCall' in step && callsOnLastLine) lastCalls.push(encodeCall(step.toolCall));
    else if ('toolCall' in step) lines.push(line({ content: '', tool_calls: [encodeCall(step.toolCall)] }));
    else if ('reasoning' in step) lines.push(line({ content: '', thinking: step.reasoning }));
    else if ('text' in step) lines.push(line({ content: step.text }));
    else if ('garbage' in step) lines.push('{oops}\n');
    else if ('stall' in step) return [...lines, STALL];
    else if ('cut' in step) return [...lines, CUT];
    else if ('fail' in step) return [...lines, '{"error":"llama runner process no longer running: 2 "}\n'];
    else return lines;
  }
  return [...lines, line({ content: '', ...(lastCalls.length > 0 && { tool_calls: lastCalls }) }, END)];
}

/** One body says nothing before its end, so what goes wrong in the middle has its form as a status, or as a body that is cut. */
function encodeWhole(steps: readonly ConformanceStep[]): Line[] {
  const said = (pick: (step: ConformanceStep) => string): string => steps.map(pick).join('');
  const calls = steps.flatMap((step) => ('toolCall' in step ? [encodeCall(step.toolCall)] : []));
  const message = {
    content: said((step) => ('text' in step ? step.text : '')),
    thinking: said((step) => ('reasoning' in step ? step.reasoning : '')),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  if (steps.some((step) => 'stall' in step)) return [STALL];
  if (steps.some((step) => 'cut' in step)) return [line(message).slice(0, 40), CUT];
  if (steps.some((step) => 'garbage' in step)) return ['{oops}'];
  if (steps.some((step) => 'fail' in step)) return ['{"error":"llama runner process no longer running: 2 "}'];
  return [line(message, steps.some((step) => 'endEarly' in step) ? { done: false } : END)];
}

function line(message: object, end: object = { done: false }): string {
  const chunk = {
    model: 'qwen3:8b',
    created_at: '2026-01-01T00:00:00.123456789Z',
    message: { role: 'assistant', ...message },
    ...end,
  };
  return `${JSON.stringify(chunk)}\n`;
}

function encodeCall({ id, name, argumentsText }: { id?: string; name: string; argumentsText: string }): object {
  const args: unknown = JSON.parse(argumentsText);
  return { ...(id !== undefined && { id }), function: { index: 0, name, arguments: args } };
}
