import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../gateway-error.ts';

export interface CrossOriginOptions {
  /** The name, with its port, by which the request calls this gateway; a page of the same name is its own. */
  readonly host: string;
  /** Origins that may call from a browser; `*` matches any text: `http://localhost:*`. */
  readonly origins: readonly string[];
  /** Whether a link from elsewhere may lead here: for the page itself. */
  readonly linkable?: boolean | undefined;
}

/**
 * The reply headers that let a web page read the reply; none for a request that no foreign page sent.
 * @throws {GatewayError} `origin-not-allowed` for a page that `gateway.cors.origins` does not name.
 */
export function checkOrigin(
  request: IncomingMessage,
  { host, origins, linkable = false }: CrossOriginOptions,
): readonly string[] {
  const { origin } = request.headers;
  if (origin === undefined) {
    // Without `Origin` a browser still marks requests of foreign pages.
    if (request.headers['sec-fetch-site'] !== 'cross-site' || linkable) return [];
    throw refused('another site');
  }
  if (isSameOrigin(origin, host)) return [];
  if (!origins.some((pattern) => matches(origin, pattern))) throw refused(origin);
  return [
    'access-control-allow-origin',
    origin,
    'vary',
    'origin',
    'access-control-expose-headers',
    'x-request-id, request-id, x-openclaw-model, x-openclaw-endpoint, x-openclaw-attempts, x-openclaw-repairs, x-openclaw-warnings, retry-after',
  ];
}

/** The reply headers of a preflight for a path that knows these methods. */
export function preflightHeaders(request: IncomingMessage, methods: readonly string[]): readonly string[] {
  const wanted = request.headers['access-control-request-headers'];
  const privateNetwork = request.headers['access-control-request-private-network'] === 'true';
  return [
    'access-control-allow-methods',
    methods.join(', '),
    // The official clients send headers of their own (x-stainless-…), so what is asked for is granted, to allowed origins.
    ...(wanted === undefined ? [] : ['access-control-allow-headers', wanted]),
    ...(privateNetwork ? ['access-control-allow-private-network', 'true'] : []),
    'access-control-max-age',
    '600',
  ];
}

/** Whether an origin is one of a pattern with at most one `*`. */
function matches(origin: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return origin === pattern;
  const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return origin.length >= start.length + end.length && origin.startsWith(start) && origin.endsWith(end);
}

function isSameOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

function refused(origin: string): GatewayError {
  const shown = JSON.stringify(origin.slice(0, 100));
  return new GatewayError(
    'origin-not-allowed',
    `Web pages of ${shown} may not use this gateway. Add the origin to gateway.cors.origins if they should.`,
  );
}
