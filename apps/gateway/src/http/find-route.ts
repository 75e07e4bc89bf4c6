import { GatewayError } from '../gateway-error.ts';
import type { Route } from './route.ts';

/** A route that matches a request, and what its `*` matched. */
export interface FoundRoute {
  readonly route: Route;
  readonly parameter: string;
}

/** What there is at a path. */
export interface FoundPath {
  /** Methods that the path knows, `HEAD` beside `GET`. None if there is no endpoint. */
  readonly methods: readonly string[];
  /** @throws {GatewayError} `not-found`, `method-not-allowed` */
  at(method: string): FoundRoute;
}

/**
 * Makes a look-up by path.
 * @returns a function that throws `invalid-request` for a path that cannot be decoded
 */
export function createRouteTable(routes: readonly Route[]): (path: string) => FoundPath {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  const exact = new Map([...byPath].map(([path, own]) => [path, foundPath(path, { routes: own, parameter: '' })]));
  const open = [...byPath.keys()].filter((path) => path.endsWith('*'));
  const apis = [...byPath.keys()].filter((path) => byPath.get(path)?.[0]?.surface !== undefined && !path.endsWith('*'));
  return (path) => {
    const known = exact.get(path);
    if (known !== undefined && !path.endsWith('*')) return known;
    const prefix = open.find((candidate) => path.startsWith(candidate.slice(0, -1)) && path.length >= candidate.length);
    if (prefix === undefined) return nothingAt(path, apis);
    const parameter = decodePath(path.slice(prefix.length - 1));
    return foundPath(path, { routes: byPath.get(prefix) ?? [], parameter });
  };
}

function nothingAt(path: string, apis: readonly string[]): FoundPath {
  // Clients look below the API that they speak.
  const near = apis.filter((api) => firstSegment(api) === firstSegment(path));
  const known = near.length > 0 ? near : apis;
  const hint = known.length === 0 ? '' : ` The API is at ${listOf(known)}.`;
  return {
    methods: [],
    at() {
      throw new GatewayError('not-found', `There is nothing at ${JSON.stringify(path.slice(0, 200))}.${hint}`);
    },
  };
}

function firstSegment(path: string): string | undefined {
  return path.split('/', 2)[1];
}

function foundPath(path: string, { routes, parameter }: { routes: readonly Route[]; parameter: string }): FoundPath {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const byMethod = new Map<string, FoundRoute>(routes.map((route) => [route.method, { route, parameter }]));
  return {
    methods,
    at(method) {
      const found = byMethod.get(method === 'HEAD' ? 'GET' : method);
      if (found !== undefined) return found;
      throw new GatewayError('method-not-allowed', `${method} does not work at ${path}. Use ${methods.join(' or ')}.`, {
        headers: { allow: [...methods, 'OPTIONS'].join(', ') },
      });
    },
  };
}

/** `a, b and c` */
function listOf(items: readonly string[]): string {
  return items.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new GatewayError('invalid-request', 'The path is not percent-encoded as it should be.', { cause: error });
  }
}
