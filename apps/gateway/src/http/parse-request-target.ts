import { canonicalPath } from './canonical-path.ts';

/** What a request asks for, as its first line names it. */
export interface RequestTarget {
  /** Without the query, in its canonical spelling. What is neither a path nor an `http` URL (`*`) stands here as it came: there is nothing at it. */
  readonly path: string;
  /** The host and port of a target in absolute form (`http://127.0.0.1:18789/v1/models`), which clients send that are set up for a proxy. */
  readonly authority?: string;
}

/** Takes a request target apart (RFC 9112, 3.2). */
export function parseRequestTarget(url = '/'): RequestTarget {
  const absolute = url.startsWith('/') ? undefined : ABSOLUTE_FORM.exec(url);
  if (absolute?.[1] === undefined) return { path: canonicalPath(withoutQuery(url)) };
  return { authority: absolute[1], path: canonicalPath(withoutQuery(url.slice(absolute[0].length)) || '/') };
}

/** Both schemes: what ends the TLS in front of this gateway may pass the target on as it came. */
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)/i;

function withoutQuery(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
