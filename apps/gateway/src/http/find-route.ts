import { GatewayError } from '../gateway-error.ts';
import type { Route } from './route.ts';

/** A route that fits a request, and what its `*` stands for. */
export interface FoundRoute {
  readonly route: Route;
  readonly parameter: string;
}

/** What there is at a path. */
export interface FoundPath {
  /** Methods that the path knows, `HEAD` beside `GET`. */
  readonly methods: readonly string[];
  /** @throws {GatewayError} `method-not-allowed` */
  at(method: string): FoundRoute;
}

/**
 * Makes a look-up by path.
 * @returns a function that throws `not-found`, or `invalid-request` for a path that cannot be decoded.
 */
export function createRouteTable(routes: readonly Route[]): (path: string) => FoundPath {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  const exact = new Map([...byPath].map(([path, own]) => [path, foundPath(path, { routes: own, parameter: '' })]));
  const open = [...byPath.keys()].filter((path) => path.endsWith('*'));
  const apis = routes.filter(({ surface, path }) => surface !== undefined && !path.endsWith('*'));
  const hint = apis.length === 0 ? '' : ` The API is at ${listOf(apis.map(({ path }) => path))}.`;
  return (path) => {
    const known = exact.get(path);
    if (known !== undefined && !path.endsWith('*')) return known;
    const prefix = open.find((candidate) => path.startsWith(candidate.slice(0, -1)) && path.length >= candidate.length);
    if (prefix === undefined) {
      throw new GatewayError('not-found', `There is nothing at ${JSON.stringify(path.slice(0, 200))}.${hint}`);
    }
    const parameter = decodePath(path.slice(prefix.length - 1));
    return foundPath(path, { routes: byPath.get(prefix) ?? [], parameter });
  };
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
