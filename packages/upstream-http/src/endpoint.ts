import { ProviderError } from '@openclaw/provider';

/** Where a server's API is. */
export interface Endpoint {
  /** The base URL without credentials, query and trailing slash, for people. */
  readonly baseUrl: string;
  /** Credentials that the URL held, as a header value. */
  readonly authorization: string | undefined;
  /** The address of a path below the base; not to be changed. A query of the base URL (`?api-version=…`) is kept. */
  resolve(path: string): URL;
}

/**
 * Reads a base URL.
 * @throws {ProviderError} `invalid-request` when it is not an http(s) URL.
 */
export function parseBaseUrl(baseUrl: string, { provider }: { readonly provider: string }): URL {
  const text = baseUrl.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new ProviderError(
      'invalid-request',
      `The base URL of provider "${provider}" is not an http(s) URL. It should look like http://127.0.0.1:11434/v1.`,
      { provider },
    );
  }
  return url;
}

/**
 * The endpoint of an API below a base URL.
 * @param options `path`: the path of the API, from that of the base URL (without trailing slashes). @default as the base URL is
 */
export function createEndpoint(
  base: URL,
  { path = (given) => given }: { readonly path?: ((given: string) => string) | undefined } = {},
): Endpoint {
  const pathname = path(base.pathname.replace(/\/+$/, ''));

  /** A handful of paths, asked for by every request. */
  const resolved = new Map<string, URL>();

  return {
    baseUrl: `${base.origin}${pathname}`,
    authorization: base.username === '' && base.password === '' ? undefined : encodeBasic(base),
    resolve(below) {
      const url = resolved.get(below) ?? resolvePath(below);
      resolved.set(below, url);
      return url;
    },
  };

  function resolvePath(below: string): URL {
    const url = new URL(base.origin);
    url.pathname = `${pathname}/${below.replace(/^\/+/, '')}`;
    url.search = base.search;
    return url;
  }
}

function encodeBasic({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
}
