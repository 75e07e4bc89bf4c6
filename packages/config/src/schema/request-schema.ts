import * as v from 'valibot';
import { described, setting, unusedSettings } from './setting.ts';

const pemText = 'as PEM text. For a file: `{ source: "file", provider: "…", id: "value" }`.';

const tlsSchema = v.strictObject({
  ca: setting(v.string(), `Certificates of the authorities to trust, ${pemText}`, { secret: true }),
  cert: setting(v.string(), `The certificate of this client, ${pemText}`, { secret: true }),
  key: setting(v.string(), `The key of \`cert\`, ${pemText}`, { secret: true }),
  passphrase: setting(v.string(), 'The passphrase of `key`.', { secret: true }),
  serverName: setting(v.string(), 'The name that the certificate of the server must have. Default: the host.'),
  insecureSkipVerify: setting(
    v.pipe(
      v.boolean(),
      v.check((skips) => !skips, 'not supported: give the certificate of the authority as `ca` instead'),
    ),
    'Accepted with `false`. Certificates are always checked.',
  ),
});

const authSchema = v.pipe(
  v.strictObject({
    mode: described(
      v.picklist(['provider-default', 'authorization-bearer', 'header']),
      '`provider-default`: the key of the provider. `authorization-bearer`: `token`. `header`: `value` in the header `headerName`, and no `Authorization`.',
    ),
    token: setting(v.string(), 'For `authorization-bearer`: the token.', { secret: true }),
    headerName: setting(v.string(), 'For `header`: its name.', { examples: ['X-Api-Key'] }),
    value: setting(v.string(), 'For `header`: its value.', { secret: true }),
    prefix: setting(v.string(), 'For `header`: text before the value.'),
  }),
  v.check(
    ({ mode, token, headerName, value }) =>
      mode === 'provider-default' || (mode === 'header' ? !!headerName && !!value : !!token),
    'the mode `authorization-bearer` needs `token`, and `header` needs `headerName` and `value`',
  ),
);

const proxySchema = v.strictObject({
  mode: described(
    v.picklist(['env-proxy', 'explicit-proxy']),
    '`env-proxy`: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as without this setting. `explicit-proxy`: the one in `url`.',
  ),
  url: setting(v.string(), 'For `explicit-proxy`: its URL.', { secret: true, examples: ['http://squid.example:3128'] }),
  tls: setting(tlsSchema, 'TLS of the connection to an `https:` proxy.'),
});

/** How requests to a server are sent. */
export const requestSchema = v.strictObject({
  headers: setting(v.record(v.string(), v.string()), 'HTTP headers of every request; they override `headers`.', {
    secret: true,
  }),
  auth: setting(authSchema, 'How the key is sent.'),
  proxy: setting(
    proxySchema,
    'The proxy. Default: HTTPS_PROXY or HTTP_PROXY, except for local addresses and NO_PROXY.',
  ),
  tls: setting(tlsSchema, 'TLS of the connection to the server.'),
  ...unusedSettings(['allowPrivateNetwork']),
});

type RequestSettings = v.InferOutput<typeof requestSchema>;

/** The settings of a provider that `request` changes. */
interface SentHeaders {
  readonly headers?: Readonly<Record<string, string>>;
  readonly authHeader?: boolean;
}

/** Moves `request.headers` and `request.auth` to the provider's own settings, which mean the same. */
export function withRequestHeaders(
  { headers: own, authHeader }: SentHeaders,
  { headers: added, auth }: Pick<RequestSettings, 'headers' | 'auth'>,
): { headers?: Record<string, string>; authHeader?: boolean } {
  const headers = { ...byName(own), ...byName(added) };
  const { mode, token, headerName = '', value = '', prefix = '' } = auth ?? {};
  if (mode === 'authorization-bearer') headers['authorization'] = `Bearer ${token}`;
  if (mode === 'header') {
    delete headers['authorization'];
    headers[headerName.toLowerCase()] = `${prefix}${value}`;
  }
  const sendsKey = mode === 'header' ? false : authHeader;
  return {
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(sendsKey !== undefined && { authHeader: sendsKey }),
  };
}

/** Names of headers do not depend on case. */
function byName(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
