import type { Route } from './route.ts';

/** How logs and metrics know a request. */
export interface RouteDescription {
  /** Method and path as the route table writes them. Requests for anything else share one name. */
  readonly route: string;
  /** Whether it is listed among the requests that run and those that ran last. */
  readonly keep: boolean;
}

/** Makes a function that describes a request by its method and path. */
export function createRouteDescriber(routes: readonly Route[]): (method: string, path: string) => RouteDescription {
  const described: ReadonlyMap<string, ReadonlyMap<string, RouteDescription>> = new Map(
    [...Map.groupBy(routes, ({ path }) => path)].map(([path, own]) => [
      path,
      new Map(own.map(({ method, asksModels = false }) => [method, { route: `${method} ${path}`, keep: asksModels }])),
    ]),
  );
  return (method, path) => {
    const known = described.get(path)?.get(method);
    if (known !== undefined) return known;
    const route = routes.find(
      (one) => one.path === path || (one.path.endsWith('*') && path.startsWith(one.path.slice(0, -1))),
    );
    return {
      route: route === undefined ? 'unknown' : `${METHODS.has(method) ? method : 'OTHER'} ${route.path}`,
      keep: false,
    };
  };
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']);
