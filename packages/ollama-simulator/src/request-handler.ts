import type { IncomingMessage, ServerResponse } from 'node:http';
import { checksHost, isAllowedHost, isAllowedOrigin } from './access-rules.ts';
import { sendHttpReply, sendRecording } from './answer-below-model.ts';
import { preflightHeaders } from './cors-headers.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { encodeGoJson } from './go-json.ts';
import type { JournalPage, JournalWriter } from './journal.ts';
import { parseJson } from './parse-body.ts';
import type { Release } from './release.ts';
import { encodeCompatibleFailure, encodeNativeFailure, RequestFailure } from './request-failure.ts';
import { embeddings, listModels, retrieveModel } from './routes/compatible.ts';
import { chatCompletions, textCompletions } from './routes/generate.ts';
import { nativeChat } from './routes/native-chat.ts';
import { nativeEmbed, nativeEmbeddings } from './routes/native-embed.ts';
import { nativeGenerate } from './routes/native-generate.ts';
import { ps, root, show, tags, version } from './routes/native.ts';
import { type HttpReply, isHttpReply, type Recording } from './script.ts';
import type { Route, ServerContext } from './server-context.ts';
import { type SimulatedRequest, toSimulatedRequest } from './simulated-request.ts';

type Methods = Readonly<Record<string, Route>>;

/** All paths with their methods. */
const ROUTES: Readonly<Record<string, Methods>> = {
  '/': { GET: root, HEAD: root },
  '/api/version': { GET: version, HEAD: version },
  '/api/tags': { GET: tags, HEAD: tags },
  '/api/show': { POST: show },
  '/api/ps': { GET: ps },
  '/api/chat': { POST: nativeChat },
  '/api/generate': { POST: nativeGenerate },
  '/api/embed': { POST: nativeEmbed },
  '/api/embeddings': { POST: nativeEmbeddings },
  '/v1/models': { GET: listModels },
  '/v1/models/:id': { GET: retrieveModel },
  '/v1/chat/completions': { POST: chatCompletions },
  '/v1/completions': { POST: textCompletions },
  '/v1/embeddings': { POST: embeddings },
};

/** The context of the handler. */
export interface RequestHandlerOptions {
  journalWriter: JournalWriter;
  /** Aborts when the simulator closes. */
  closing: AbortSignal;
  origins: readonly string[];
  /** The address that the simulator listens at. */
  boundTo: string;
  intercept: ((request: SimulatedRequest) => HttpReply | Recording | undefined) | undefined;
  isListening: () => boolean;
  context: ServerContext;
}

/** Handles requests; `settled` resolves when none is running. */
export function createRequestHandler({
  journalWriter,
  closing,
  origins,
  boundTo,
  intercept,
  isListening,
  context,
}: RequestHandlerOptions): {
  handle: (request: IncomingMessage, response: ServerResponse) => void;
  settled: () => Promise<void>;
} {
  const answering = new Set<Promise<void>>();

  async function handleRequest(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const page = journalWriter.open({ method, path, headers: { ...headers } });
    const exchange = createExchange({ request: incoming, response }, { page, closing });
    response.setHeader('server', 'ollama-simulator');
    response.setHeader('x-simulated', `ollama ${context.release.version}`);
    if (!isListening()) response.setHeader('connection', 'close');
    const { origin } = headers;
    if (origin !== undefined && isAllowedOrigin(origin, { origins })) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('vary', 'Origin');
    }
    try {
      await readInto(page, incoming);
      await answer(exchange, headers);
    } catch (problem) {
      // The client of an incomplete body is gone; the journal has the end of the connection.
      if (!incoming.complete) return;
      await refuse(exchange, problem).catch((reason: unknown) => {
        if (!exchange.signal.aborted) throw reason;
      });
    }
  }

  async function answer(exchange: Exchange, { origin, host }: IncomingMessage['headers']): Promise<void> {
    const { pauses, release } = context;
    const request = toSimulatedRequest(exchange.page.entry);
    const intercepted = intercept?.(request);
    if (intercepted !== undefined) {
      return isHttpReply(intercepted)
        ? sendHttpReply(intercepted, { exchange, pauses })
        : sendRecording(intercepted, { exchange, pauses });
    }
    if ((checksHost(boundTo) && !isAllowedHost(host)) || !isAllowedOrigin(origin, { origins }))
      return exchange.send(403);
    const methods = methodsOf(request.path);
    if (request.method === 'OPTIONS' && origin !== undefined) {
      return exchange.send(204, { headers: preflightHeaders(methods, { release }) });
    }
    const location = request.path.slice(0, -1);
    if (request.path.endsWith('/') && methodsOf(location).includes(request.method)) {
      return redirect(exchange, { location, method: request.method });
    }
    const found = findRoute(request, release);
    if (typeof found === 'number') {
      const body = found === 404 ? '404 page not found' : '405 method not allowed';
      const allow = found === 405 ? { allow: methods.join(', ') } : {};
      return exchange.send(found, { body, headers: { 'content-type': 'text/plain', ...allow } });
    }
    await found(exchange, { context, request });
  }

  async function refuse(exchange: Exchange, problem: unknown): Promise<void> {
    if (exchange.signal.aborted) return;
    if (exchange.begun) {
      exchange.cut();
      throw problem;
    }
    if (!(problem instanceof RequestFailure)) {
      // A bug of a reply function or of the simulator: printed for the person who runs the test.
      return exchange.send(500, {
        body: encodeGoJson({ error: `the simulator failed: ${String(problem)}` }),
        headers: { 'content-type': 'application/json' },
      });
    }
    const native = exchange.page.entry.path.startsWith('/api/');
    const body = native ? encodeNativeFailure(problem) : encodeCompatibleFailure(problem, context.release);
    const inStream = problem.foundBy === 'runner' && toSimulatedRequest(exchange.page.entry).streamed;
    const hasCharset = native ? !inStream : problem.foundBy === 'middleware';
    await exchange.send(problem.status, {
      body,
      headers: {
        'content-type': `application/json${hasCharset ? '; charset=utf-8' : ''}`,
        ...(inStream ? { 'transfer-encoding': 'chunked' } : {}),
      },
    });
  }

  return {
    handle(request, response) {
      const answered = handleRequest(request, response);
      answering.add(answered);
      void answered.finally(() => answering.delete(answered));
    },
    settled: async () => {
      await Promise.all(answering);
    },
  };
}

async function readInto(page: JournalPage, incoming: IncomingMessage): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of incoming) if (part instanceof Buffer) parts.push(part);
  const rawBody = Buffer.concat(parts).toString('utf8');
  const parsed = parseJson(rawBody);
  page.note({ rawBody, ...(parsed.valid ? { body: parsed.value } : {}) });
}

/** The route of a request, or its error status. */
function findRoute({ method, path }: SimulatedRequest, release: Release): Route | 404 | 405 {
  const methods = ROUTES[routePattern(path)];
  if (methods === undefined) return 404;
  const tooEarly = path === '/api/tags' && method === 'HEAD' && !release.has('answers-head-of-tags');
  return (tooEarly ? undefined : methods[method]) ?? (release.has('answers-405') ? 405 : 404);
}

/** A model's name with a slash, escaped or not, matches no route. */
function routePattern(path: string): string {
  return /^\/v1\/models\/(?!.*(\/|%2f))./i.test(path) ? '/v1/models/:id' : path;
}

/** The methods of a path, in Go's order. */
function methodsOf(path: string): string[] {
  return Object.keys(ROUTES[routePattern(path)] ?? {}).toSorted(
    (left, right) => ORDER.indexOf(left) - ORDER.indexOf(right),
  );
}

const ORDER = ['HEAD', 'GET', 'POST'];

/** A slash too many: Go's router sends the client to the path without it. */
function redirect(exchange: Exchange, { location, method }: { location: string; method: string }): Promise<void> {
  if (method !== 'GET') return exchange.send(307, { headers: { location } });
  return exchange.send(301, {
    body: `<a href="${location}">Moved Permanently</a>.\n\n`,
    headers: { 'content-type': 'text/html; charset=utf-8', location },
  });
}
