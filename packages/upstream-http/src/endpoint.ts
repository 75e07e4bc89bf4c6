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
 * @param options `suffix`: the last part of the path, added when it is missing: `/v1`. @default as the base URL is
 */
export function createEndpoint(base: URL, { suffix = '' }: { readonly suffix?: string | undefined } = {}): Endpoint {
  const given = base.pathname.replace(/\/+$/, '');
  const pathname = given.endsWith(suffix) ? given : `${given}${suffix}`;

  /** A handful of paths, asked for by every request. */
  const resolved = new Map<string, URL>();

  return {
    baseUrl: `${base.origin}${pathname}`,
    authorization: base.username === '' && base.password === '' ? undefined : encodeBasic(base),
    resolve(path) {
      const url = resolved.get(path) ?? resolvePath(path);
      resolved.set(path, url);
      return url;
    },
  };

  function resolvePath(path: string): URL {
    const url = new URL(base.origin);
    url.pathname = `${pathname}/${path.replace(/^\/+/, '')}`;
    url.search = base.search;
    return url;
  }
}

function encodeBasic({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
}
