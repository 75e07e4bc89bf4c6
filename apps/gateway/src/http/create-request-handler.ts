import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBatch } from '@openclaw/request-batch';
import type { InFlightList } from '@openclaw/request-batch';
import type { RequestClient } from '@openclaw/runtime/internal';
import { ANONYMOUS } from '../clients/client.ts';
import type { Client } from '../clients/client.ts';
import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { QUIET_ROUTES } from '../observe/log-request.ts';
import type { Telemetry } from '../observe/telemetry/telemetry.ts';
import type { Authorizer } from '../security/create-authorizer.ts';
import type { HostCheck } from '../security/create-host-check.ts';
import { checkOrigin, preflightHeaders } from '../security/cross-origin.ts';
import type { SurfaceFinder } from './create-surface-finder.ts';
import { createRouteDescriber } from './describe-route.ts';
import { createRouteTable } from './find-route.ts';
import { parseRequestTarget } from './parse-request-target.ts';
import type { RequestTarget } from './parse-request-target.ts';
import { readAuthority } from './read-authority.ts';
import { readQueueing } from './read-queueing.ts';
import { replyWithError } from './reply-with-error.ts';
import type { Route } from './route.ts';
import { sendReply } from './send-reply.ts';

/** Which requests are allowed. */
export interface AccessControl {
  readonly authorizer: Authorizer;
  readonly checkHost: HostCheck;
}

export interface RequestHandlerOptions {
  readonly context: GatewayContext;
  readonly routes: readonly Route[];
  /** How the clients of a path read errors. */
  readonly findSurface: SurfaceFinder;
  readonly accessControl: () => AccessControl;
  /** Requests that run, each with a controller that stops it. */
  readonly running: InFlightList<AbortController>;
  readonly telemetry?: Telemetry | undefined;
}

/**
 * Handles every request: checks its host name, its path, its origin and its token, and calls its endpoint. What any of these
 * throws becomes a reply in one place.
 */
export function createRequestHandler({
  context,
  routes,
  findSurface,
  accessControl,
  running,
  telemetry,
}: RequestHandlerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const findPath = createRouteTable(routes);
  const describeRoute = createRouteDescriber(routes);

  async function handle(exchange: OpenExchange, target: RequestTarget): Promise<void> {
    const { request } = exchange;
    const { path } = target;
    const { authorizer, checkHost } = accessControl();
    const { requestIdHeader } = findSurface(path, request);
    if (requestIdHeader !== undefined) exchange.headers.push(requestIdHeader, exchange.trace.id);
    const host = readAuthority(request, target);
    checkHost(host);
    const method = request.method ?? 'GET';
    // First, so that a page of an allowed origin can read every error.
    const origin = checkOrigin(request, { host, origins: context.settings().origins, linkable: path === '/' });
    exchange.headers.push(...origin);
    const found = findPath(path);
    const preflight = request.headers['access-control-request-method'];
    if (method === 'OPTIONS' && (found.methods.length > 0 || preflight !== undefined)) {
      // A preflight succeeds anywhere, so that the page can read why the request after it fails.
      const methods = found.methods.length > 0 ? found.methods : [preflight ?? method];
      sendReply(exchange, { status: 204, headers: preflightHeaders(request, methods), body: '' });
      return;
    }
    const { route, parameter } = found.at(method);
    const sender = route.access === 'anyone' ? (authorizer.identify(request) ?? ANONYMOUS) : authorizer.check(request);
    exchange.trace.sentBy(sender.name);
    if (route.access === 'owner' && !sender.isOwner) throw ownerOnly(sender, route);
    if (context.draining() && route.path !== '/healthz') {
      exchange.headers.push('connection', 'close');
      if (route.asksModels === true) {
        throw new GatewayError('shutting-down', 'The gateway is being stopped and takes no new requests.', {
          retryAfterMs: 1000,
        });
      }
    }
    if (route.asksModels === true && sender.limits !== undefined) await admit(exchange, sender);
    const client = { ...describeClient(exchange, sender), ...exchange.client };
    await route.handler({ ...exchange, parameter, sender, client }, context);
  }

  /** Holds a client to its limits until the response has ended. */
  async function admit({ response, trace, signal }: Exchange, sender: Client): Promise<void> {
    const release = await context.clientLimiter.admit(sender);
    const end = () => release(trace.usedTokens);
    if (signal.aborted || response.closed) end();
    else response.once('close', end);
  }

  /** Requests that arrive together are handled together. */
  const requestBatch = createBatch(
    ({ exchange, target }: { readonly exchange: OpenExchange; readonly target: RequestTarget }) => {
      handle(exchange, target).catch((error: unknown) =>
        replyWithError(error, {
          exchange,
          encoder: findSurface(target.path, exchange.request),
          logger: context.logger,
        }),
      );
    },
  );

  return (request, response) => {
    const controller = new AbortController();
    const unique = context.generateId();
    const id = requestId(request) ?? `req_${unique}`;
    const target = parseRequestTarget(request.url);
    const described = describeRoute(request.method ?? 'GET', target.path);
    const trace = context.journal.begin({ id, ...described });
    const span = QUIET_ROUTES.has(described.route)
      ? undefined
      : telemetry?.begin({ route: described.route, headers: request.headers });
    const headers = ['x-request-id', id, ...COMMON_HEADERS];
    const { signal } = controller;
    const client = span?.headers === undefined ? {} : { traceHeaders: span.headers };
    const exchange = {
      request,
      response,
      headers,
      trace,
      unique,
      client,
      parameter: '',
      sender: ANONYMOUS,
      signal,
    };
    const entry = running.add(controller);
    response.once('close', () => {
      entry.remove();
      if (!response.writableFinished) {
        trace.fail('client-left', 'The client left before the reply had ended.');
        controller.abort(new GatewayError('client-left', 'The client left before the reply had ended.'));
      }
      trace.end(response.writableFinished ? response.statusCode : 499);
      span?.end(trace.snapshot());
    });
    requestBatch.add({ exchange, target });
  };
}

/** Requests of the owner come from several programs, which are distinguished by address and name. */
function describeClient({ request }: Exchange, { name, isOwner, allows, priority }: Client): RequestClient {
  const { headers, socket } = request;
  const queueing = readQueueing(headers, priority);
  if (isOwner) return { client: `${socket.remoteAddress} ${headers['user-agent']}`, ...queueing };
  return { client: name, ...(allows !== undefined && { allows }), ...queueing };
}

function ownerOnly({ name }: Client, { method, path }: Route): GatewayError {
  return new GatewayError(
    'not-allowed',
    `${method} ${path} is for the owner of the gateway, and ${name} is one of its clients. Send the token of gateway.auth.token.`,
  );
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

/** A client's own id is taken over when it can stand in a header and a log line. */
function requestId({ headers }: IncomingMessage): string | undefined {
  const id = headers['x-request-id'];
  return typeof id === 'string' && /^[\w.:@/+=-]{1,128}$/.test(id) ? id : undefined;
}
