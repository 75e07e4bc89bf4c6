import { once } from 'node:events';
import { createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConformanceScenario, ConformanceStep } from '@openclaw/test-support';

/** A proxy in front of a model server, which adds faults on request that the server does not have. */
export interface FaultProxy {
  readonly url: string;
  /** How many chat requests came. */
  requests(): number;
  /** Resolves when an answer stalls. */
  stalled(): Promise<void>;
  /** Resolves when a client disconnects before the end of its answer. */
  clientLeft(): Promise<void>;
  close(): Promise<void>;
}

/** What is added to an answer, after the bytes of the text that comes before it. */
interface Fault {
  readonly step: ConformanceStep;
  readonly after: string;
}

const CHAT = /\/(?:chat\/completions|api\/chat)$/;

/** Starts a proxy that plays the faults of a scenario; the server plays the rest. */
export async function startFaultProxy(url: string, scenario: ConformanceScenario): Promise<FaultProxy> {
  const { status, retryAfterSeconds, sliceBytes, steps = [] } = scenario;
  const fault = findFault(steps);
  const stalled = Promise.withResolvers<void>();
  const clientLeft = Promise.withResolvers<void>();
  let requests = 0;
  const server = createServer((request, response) => {
    const isChat = CHAT.test(request.url ?? '');
    if (isChat) requests += 1;
    response.on('close', () => {
      if (!response.writableFinished) clientLeft.resolve();
    });
    if (isChat && status !== undefined && status !== 404) {
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      });
      response.end(errorBody(request));
    } else {
      const upstream = sendRequest(`${url}${request.url}`, { method: request.method, headers: request.headers });
      response.on('close', () => upstream.destroy());
      upstream.on('error', () => response.destroy());
      upstream.on('response', (answer) => void relay(answer, { request, response }).catch(() => response.destroy()));
      request.pipe(upstream);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    stalled: () => stalled.promise,
    clientLeft: () => clientLeft.promise,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function relay(
    answer: IncomingMessage,
    { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  ): Promise<void> {
    const { 'content-length': _, ...headers } = answer.headers;
    const framing = framingOf(String(headers['content-type']));
    const isWhole = framing === 'whole';
    if (fault?.after === '' && 'stall' in fault.step) return stalled.resolve();
    if (fault !== undefined && 'fail' in fault.step && isWhole) {
      response.writeHead(500, { 'content-type': 'application/json' }).end(errorBody(request));
      return;
    }
    response.writeHead(answer.statusCode ?? 502, headers);
    let held = Buffer.alloc(0);
    let isInjected = fault === undefined;
    for await (const chunk of answer) {
      held = Buffer.concat([held, chunk]);
      if (!isInjected && fault !== undefined) {
        const end = placeOf(held, { after: fault.after, framing });
        if (end === undefined) continue;
        isInjected = true;
        await write(response, held.subarray(0, end));
        held = held.subarray(end);
        if (!inject(response, { request, isWhole })) return;
      }
      await write(response, held);
      held = Buffer.alloc(0);
    }
    response.end();
  }

  /** Returns whether the answer goes on. */
  function inject(
    response: ServerResponse,
    { request, isWhole }: { readonly request: IncomingMessage; readonly isWhole: boolean },
  ): boolean {
    const step = fault?.step ?? { stall: true };
    const prefix = request.url?.endsWith('/completions') === true ? 'data: ' : '';
    if ('garbage' in step) return (response.write(isWhole ? '"{oops}' : `${prefix}{oops}\n\n`), true);
    if ('fail' in step) response.end(`${prefix}${errorBody(request)}\n\n`);
    else if ('endEarly' in step) response.end();
    else if ('cut' in step) response.destroy();
    else stalled.resolve();
    return false;
  }

  async function write(response: ServerResponse, bytes: Buffer): Promise<void> {
    const size = sliceBytes ?? (bytes.length || 1);
    for (let start = 0; start < bytes.length; start += size) {
      // Written means that the operating system has it: a connection that is cut next still delivers it.
      await new Promise<void>((resolve, reject) => {
        response.write(bytes.subarray(start, start + size), (error) => (error ? reject(error) : resolve()));
      });
    }
  }
}

/** Whether the proxy plays a step, in place of the server's answer. */
export function isFault(step: ConformanceStep): boolean {
  return !('text' in step || 'reasoning' in step || 'toolCall' in step);
}

function findFault(steps: readonly ConformanceStep[]): Fault | undefined {
  const index = steps.findIndex(isFault);
  const step = steps[index];
  if (step === undefined) return undefined;
  const before = steps[index - 1];
  return { step, after: before !== undefined && 'text' in before ? before.text : '' };
}

type Framing = 'whole' | 'events' | 'lines';

function framingOf(contentType: string): Framing {
  if (contentType.startsWith('text/event-stream')) return 'events';
  return contentType.startsWith('application/x-ndjson') ? 'lines' : 'whole';
}

/** Ends a frame of a stream. */
const FRAME_END: Readonly<Record<Framing, string>> = { whole: '', events: '\n\n', lines: '\n' };

/** The end of the text in a whole body, or of the frame that contains it in a stream. */
function placeOf(
  bytes: Buffer,
  { after, framing }: { readonly after: string; readonly framing: Framing },
): number | undefined {
  const start = bytes.indexOf(after);
  if (start === -1) return undefined;
  const end = FRAME_END[framing];
  const frameEnd = bytes.indexOf(end, start + Buffer.byteLength(after));
  return frameEnd === -1 ? undefined : frameEnd + end.length;
}

/** An error in the format of the API that the client speaks. */
function errorBody(request: IncomingMessage): string {
  const message = 'something is wrong';
  const isOpenAI = request.url?.endsWith('/completions') === true;
  return JSON.stringify({ error: isOpenAI ? { message, type: 'api_error', param: null, code: null } : message });
}
