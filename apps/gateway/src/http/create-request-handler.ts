import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBatch } from '@openclaw/request-batch';
import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import type { Authorizer } from '../security/create-authorizer.ts';
import type { HostCheck } from '../security/create-host-check.ts';
import { checkOrigin, preflightHeaders } from '../security/cross-origin.ts';
import type { SurfaceFinder } from './create-surface-finder.ts';
import { createRouteDescriber } from './describe-route.ts';
import { createRouteTable } from './find-route.ts';
import { parseRequestTarget } from './parse-request-target.ts';
import type { RequestTarget } from './parse-request-target.ts';
import { readAuthority } from './read-authority.ts';
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
  readonly running: Set<AbortController>;
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
    const trace = context.journal.begin({ id, ...describeRoute(request.method ?? 'GET', target.path) });
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
    requestBatch.add({ exchange, target });
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

/** A client's own id is taken over when it can stand in a header and a log line. */
function requestId({ headers }: IncomingMessage): string | undefined {
  const id = headers['x-request-id'];
  return typeof id === 'string' && /^[\w.:@/+=-]{1,128}$/.test(id) ? id : undefined;
}
