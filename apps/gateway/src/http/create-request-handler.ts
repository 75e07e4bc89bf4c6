import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBatch } from '@openclaw/request-batch';
import { ROUTES } from '../app.ts';
import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import type { Authorizer } from '../security/create-authorizer.ts';
import type { HostCheck } from '../security/create-host-check.ts';
import { checkOrigin, preflightHeaders } from '../security/cross-origin.ts';
import { createRouteTable } from './find-route.ts';
import { noteFailure } from './note-failure.ts';
import { parseRequestTarget } from './parse-request-target.ts';
import type { RequestTarget } from './parse-request-target.ts';
import { readAuthority } from './read-authority.ts';
import { sendReply } from './send-reply.ts';

/** Who is let in. */
export interface Doors {
  readonly authorizer: Authorizer;
  readonly checkHost: HostCheck;
}

export interface RequestHandlerOptions {
  readonly context: GatewayContext;
  readonly doors: () => Doors;
  /** Requests that run, each with the means to stop it. */
  readonly running: Set<AbortController>;
}

/**
 * The way of every request: its name for this machine, its path, its origin, its token, its endpoint; and one place where
 * what was thrown on that way becomes a reply.
 */
export function createRequestHandler({
  context,
  doors,
  running,
}: RequestHandlerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const findPath = createRouteTable(ROUTES);

  async function handle(exchange: OpenExchange, target: RequestTarget): Promise<void> {
    const { request } = exchange;
    const { path } = target;
    const { authorizer, checkHost } = doors();
    const host = readAuthority(request, target);
    checkHost(host);
    const found = findPath(path);
    const method = request.method ?? 'GET';
    const origin = checkOrigin(request, { host, origins: context.settings().origins, linkable: path === '/' });
    exchange.headers.push(...origin);
    if (method === 'OPTIONS') {
      sendReply(exchange, { status: 204, headers: preflightHeaders(request, found.methods), body: '' });
      return;
    }
    const { route, parameter } = found.at(method);
    if (route.access === 'owner') authorizer.check(request);
    if (context.draining() && route.path !== '/healthz') {
      exchange.headers.push('connection', 'close');
      if (route.asksModels === true) {
        throw new GatewayError('shutting-down', 'The gateway is being stopped and takes no new requests.', {
          retryAfterMs: 1000,
        });
      }
    }
    const owner = route.access === 'owner' || authorizer.knows(request);
    await route.handler({ ...exchange, parameter, owner }, context);
  }

  /** Requests that came together are answered together. */
  const came = createBatch(
    ({ exchange, target }: { readonly exchange: OpenExchange; readonly target: RequestTarget }) => {
      handle(exchange, target).catch((error: unknown) => replyWithError(error, { exchange, context }));
    },
  );

  return (request, response) => {
    const controller = new AbortController();
    const unique = context.generateId();
    const id = requestId(request) ?? `req_${unique}`;
    const target = parseRequestTarget(request.url);
    const trace = context.journal.begin({ id, ...describeRoute(request.method, target.path) });
    const headers = ['x-request-id', id, ...COMMON_HEADERS];
    const client = `${request.socket.remoteAddress} ${request.headers['user-agent']}`;
    const { signal } = controller;
    const exchange = { request, response, headers, trace, unique, client, parameter: '', owner: false, signal };
    running.add(controller);
    response.once('close', () => {
      running.delete(controller);
      if (!response.writableFinished) {
        trace.fail('client-left', 'The client left before the reply had ended.');
        controller.abort(new GatewayError('client-left', 'The client left before the reply had ended.'));
      }
      trace.end(response.writableFinished ? response.statusCode : 499);
    });
    came.add({ exchange, target });
  };
}

/** An exchange to whose headers can still be added. */
type OpenExchange = Exchange & { readonly headers: string[] };

const COMMON_HEADERS = [
  'cache-control',
  'no-store',
  'x-content-type-options',
  'nosniff',
  'cross-origin-resource-policy',
  'same-origin',
];

function replyWithError(error: unknown, { exchange, context }: { exchange: Exchange; context: GatewayContext }): void {
  const { request, response, trace, signal } = exchange;
  const { status, headers, body } = noteFailure(error, { trace, signal, logger: context.logger });
  if (response.destroyed) return;
  if (response.headersSent) {
    // Too late for a status. A reply that is cut short must not look whole.
    response.destroy();
    return;
  }
  const { length: attempts } = trace.attempts;
  const asked = attempts === 0 ? [] : ['x-openclaw-attempts', String(attempts)];
  sendReply(exchange, { status, headers: [...Object.entries(headers).flat(), ...asked], body });
  if (!request.complete) discardRest(request);
}

/** How long a client may go on sending a body that was refused already. */
const LINGER_MS = 5_000;

/**
 * Reads what is left of a body and drops it. Closing at once would reset the connection, and the client would never see
 * the reply that says why.
 */
function discardRest(request: IncomingMessage): void {
  const { socket } = request;
  const stop = () => {
    clearTimeout(timer);
    socket.off('close', stop);
  };
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  request.resume();
  request.once('close', stop);
  // Node does not close a request whose response has ended when its connection closes: the timer would hold up the exit.
  socket.once('close', stop);
}

/** A client's own id is taken over when it can stand in a header and a log line. */
function requestId({ headers }: IncomingMessage): string | undefined {
  const id = headers['x-request-id'];
  return typeof id === 'string' && /^[\w.:@/+=-]{1,128}$/.test(id) ? id : undefined;
}

/** Logs and metrics know a request by its endpoint; what is no endpoint is one entry, whatever a client makes up. */
function describeRoute(method = 'GET', path: string): DescribedRoute {
  const known = DESCRIBED.get(path)?.get(method);
  if (known !== undefined) return known;
  const route = ROUTES.find(
    (one) => one.path === path || (one.path.endsWith('*') && path.startsWith(one.path.slice(0, -1))),
  );
  return {
    route: route === undefined ? 'unknown' : `${METHODS.has(method) ? method : 'OTHER'} ${route.path}`,
    keep: false,
  };
}

interface DescribedRoute {
  readonly route: string;
  /** Whether it is listed among the requests that run and those that ran last. */
  readonly keep: boolean;
}

/** By path and method. */
const DESCRIBED: ReadonlyMap<string, ReadonlyMap<string, DescribedRoute>> = new Map(
  [...Map.groupBy(ROUTES, ({ path }) => path)].map(([path, routes]) => [
    path,
    new Map(routes.map(({ method, asksModels = false }) => [method, { route: `${method} ${path}`, keep: asksModels }])),
  ]),
);

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
