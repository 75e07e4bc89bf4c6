import type { ProviderConfig } from '@openclaw/config';
import { isLocalEndpoint } from '../is-local-endpoint.ts';

type RequestSettings = NonNullable<ProviderConfig['request']>;

/** TLS of a connection. */
export type TlsSettings = NonNullable<RequestSettings['tls']>;

/** How a server is reached, where that is not a plain connection. */
export interface Transport {
  readonly proxy?: { readonly url: string; readonly tls?: TlsSettings | undefined } | undefined;
  /** Of the connection to the server, through the proxy if there is one. */
  readonly tls?: TlsSettings | undefined;
}

export interface TransportInput {
  /** `request` of the provider. */
  readonly request: RequestSettings | undefined;
  /** Its place, for messages. */
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The transport, absent for a plain connection; or why there is none. */
export type TransportPlan = { readonly transport?: Transport | undefined } | { readonly problem: string };

/**
 * Plans how a server is reached. A proxy of the environment is never used for local addresses: it could not reach them,
 * or it would be told what stays in the house.
 */
export function planTransport(baseUrl: string, { request = {}, path, env }: TransportInput): TransportPlan {
  const { proxy: setting, tls } = request;
  const problem = tlsProblem(tls, `${path}.tls`) ?? tlsProblem(setting?.tls, `${path}.proxy.tls`);
  if (problem !== undefined) return { problem };
  const isExplicit = setting?.mode === 'explicit-proxy';
  const { url, source } = isExplicit
    ? { url: setting.url ?? '', source: `${path}.proxy.url` }
    : (environmentProxy(baseUrl, env) ?? {});
  if (url === undefined) return tls === undefined ? {} : { transport: { tls } };
  const parsed = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  if (!URL.canParse(parsed) || !/^https?:$/.test(new URL(parsed).protocol))
    return { problem: `${source} is not the URL of an HTTP proxy, such as http://squid.example:3128.` };
  return { transport: { proxy: { url: parsed, tls: setting?.tls }, tls } };
}

/** The variable is read in both spellings, as curl does. `ALL_PROXY` is for both schemes. */
function environmentProxy(
  baseUrl: string,
  env: TransportInput['env'],
): { readonly url: string; readonly source: string } | undefined {
  const target = new URL(baseUrl);
  if (isLocalEndpoint(baseUrl) || isExcluded(target, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return undefined;
  const scheme = target.protocol === 'https:' ? 'https' : 'http';
  const names = [`${scheme}_proxy`, `${scheme}_proxy`.toUpperCase(), 'all_proxy', 'ALL_PROXY'];
  const source = names.find((name) => (env[name] ?? '').trim() !== '');
  return source === undefined ? undefined : { url: env[source]?.trim() ?? '', source };
}

/** `NO_PROXY`: names with the names below them, addresses, `*`, each with or without a port. */
function isExcluded({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const usedPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = '', entryPort] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const bare = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
      if (entryPort !== undefined && entryPort !== usedPort) return false;
      return bare === '*' || host === bare || (bare !== '' && host.endsWith(`.${bare}`));
    });
}

function tlsProblem(tls: TlsSettings | undefined, path: string): string | undefined {
  if (tls === undefined) return undefined;
  const { ca, cert, key, passphrase } = tls;
  try {
    // Node accepts any text as `ca`, and trusts nothing then.
    if (ca !== undefined && !ca.includes('-----BEGIN')) return `${path}.ca is not a certificate as PEM text.`;
    process.getBuiltinModule('node:tls').createSecureContext({ ca, cert, key, passphrase });
    return undefined;
  } catch (error) {
    return `${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}
