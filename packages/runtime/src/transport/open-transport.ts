import type { buildConnector, Dispatcher } from 'undici';
import type { TlsSettings, Transport } from './plan-transport.ts';

/**
 * Opens the connections of a transport. undici's own timeouts are off, because requests have deadlines of their own.
 */
export async function openTransport({ proxy, tls }: Transport): Promise<Dispatcher> {
  if (proxy === undefined) {
    const { openConnectionPool } = await import('@openclaw/provider-openai-compat');
    return openConnectionPool({ connect: tlsOptions(tls) });
  }
  // Named by its file, and its default export: see `openConnectionPool`.
  const {
    default: { buildConnector: build, Pool, ProxyAgent },
  } = await import('undici/index.js');
  const proxyTls = { ...tlsOptions(proxy.tls), allowH2: false };
  const connectToProxy = build({ ...proxyTls, timeout: 0 });
  return new ProxyAgent({
    uri: proxy.url,
    proxyTls,
    requestTls: { ...tlsOptions(tls), allowH2: false },
    headersTimeout: 0,
    bodyTimeout: 0,
    // The connection of a tunnel. Without this, its errors look like those of the server behind it.
    clientFactory: (origin) =>
      new Pool(origin, {
        connect: (target, callback) =>
          connectToProxy(target, (error, socket) =>
            error === null ? callback(null, socket) : callback(proxyError(error), null),
          ),
      }),
  });
}

function tlsOptions({ ca, cert, key, passphrase, serverName }: TlsSettings = {}): buildConnector.BuildOptions {
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(passphrase !== undefined && { passphrase }),
    ...(serverName !== undefined && { servername: serverName }),
  };
}

/** With the code that undici itself uses for failures of proxies. */
function proxyError(cause: Error): Error {
  const code = 'code' in cause ? String(cause.code) : cause.message;
  return Object.assign(new Error(`no connection to the proxy: ${code}`, { cause }), { code: 'UND_ERR_PRX_CONN' });
}
