import type { IncomingMessage } from 'node:http';
import { PLAIN_JSON_ERRORS } from './error-encoder.ts';
import type { ErrorEncoder } from './error-encoder.ts';
import type { Route } from './route.ts';

/** Finds the client API of a request by its path. */
export type SurfaceFinder = (path: string, request: IncomingMessage) => ErrorEncoder;

/**
 * Makes a function that finds the client API of a path. A path without an endpoint belongs to the API of the nearest path
 * above it: a client that asks for `/v1/unknown` reads the errors of the API under `/v1`.
 */
export function createSurfaceFinder(routes: readonly Route[]): SurfaceFinder {
  const surfaces = new Map<string, NonNullable<Route['surface']>>();
  for (const { path, surface } of routes) {
    if (surface === undefined) continue;
    for (const at of pathsFrom(path.replace(/\/\*$/, ''))) if (!surfaces.has(at)) surfaces.set(at, surface);
  }
  const longest = Math.max(0, ...[...surfaces.keys()].map((path) => path.length));
  return (path, request) => {
    // One character more, to see where a segment ends. The rest of a long path cannot matter.
    for (const at of pathsFrom(path.slice(0, longest + 1))) {
      const surface = surfaces.get(at);
      if (surface !== undefined) return typeof surface === 'function' ? surface(request) : surface;
    }
    return PLAIN_JSON_ERRORS;
  };
}

/** A path, and those above it: `/v1/models`, `/v1`. */
function* pathsFrom(path: string): Generator<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}
