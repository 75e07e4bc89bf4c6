import type { Upstream } from './upstream.ts';

/** The headers of one request: those that it was given, and those of its upstream, which win. */
export function withOwnHeaders(
  given: Readonly<Record<string, string>> | undefined,
  { headers }: Pick<Upstream, 'headers'>,
): Readonly<Record<string, string>> {
  return given === undefined ? headers : { ...given, ...headers };
}
