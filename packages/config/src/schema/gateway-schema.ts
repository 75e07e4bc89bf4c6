import { isIP } from 'node:net';
import * as v from 'valibot';
import { clientsSchema } from './client-schema.ts';
import { clusterSchema } from './cluster-schema.ts';
import { described, positiveInteger, setting, unusedSettings, wholeNumber } from './setting.ts';

const rateLimitSchema = v.strictObject({
  maxAttempts: v.exactOptional(
    described(positiveInteger, 'Number of failed attempts after which an address is locked out.'),
    10,
  ),
  windowMs: v.exactOptional(described(positiveInteger, 'Time window of the attempts, in milliseconds.'), 60_000),
  lockoutMs: v.exactOptional(described(positiveInteger, 'Duration of a lock-out, in milliseconds.'), 300_000),
  exemptLoopback: v.exactOptional(described(v.boolean(), 'Whether this machine is exempt from lock-outs.'), true),
});

const authSchema = v.strictObject({
  mode: setting(
    v.picklist(['token', 'password', 'none', 'trusted-proxy']),
    'How clients authenticate. Default: the token or password if one is set, otherwise none, which is only allowed on loopback. The gateway does not start with `trusted-proxy`, a mode of the original.',
  ),
  token: setting(v.string(), 'The bearer token. OPENCLAW_GATEWAY_TOKEN does the same.', {
    secret: true,
    examples: ['${OPENCLAW_GATEWAY_TOKEN}'],
  }),
  password: setting(v.string(), 'The password, sent as a bearer token. OPENCLAW_GATEWAY_PASSWORD does the same.', {
    secret: true,
  }),
  tokens: v.exactOptional(
    described(
      clientsSchema,
      'Clients with tokens of their own, by name. They may use the APIs within their limits, and nothing else: `/status`, the page and the management of models are for the owner of `token`.',
    ),
    {},
  ),
  rateLimit: v.exactOptional(described(rateLimitSchema, 'Limits on failed attempts.'), {}),
  ...unusedSettings(['allowTailscale', 'trustedProxy']),
});

const limitsSchema = v.strictObject({
  maxBodyBytes: v.exactOptional(described(positiveInteger, 'The largest request body in bytes.'), 20 * 1024 * 1024),
  maxBufferedBytes: v.exactOptional(
    described(positiveInteger, 'Maximum bytes of all request bodies in memory. Requests that exceed it get 503.'),
    128 * 1024 * 1024,
  ),
  maxConnections: v.exactOptional(
    described(
      positiveInteger,
      'Maximum number of client connections. At most half of them may be without a request, and at most half of the file descriptors of the process are used.',
    ),
    1024,
  ),
  maxConcurrent: v.exactOptional(
    described(positiveInteger, 'Maximum concurrent requests per provider, unless the provider has its own limit.'),
    4,
  ),
  maxQueued: v.exactOptional(
    described(wholeNumber, 'Maximum queued requests per provider, unless the provider has its own limit.'),
    64,
  ),
  headersTimeoutMs: v.exactOptional(
    described(positiveInteger, 'Timeout for the headers of a request, in milliseconds.'),
    15_000,
  ),
  bodyTimeoutMs: v.exactOptional(
    described(positiveInteger, 'Timeout for the body of a request, in milliseconds.'),
    60_000,
  ),
  keepAliveCommentMs: v.exactOptional(
    described(
      wholeNumber,
      'Idle milliseconds of a stream after which a comment is sent to keep the connection alive; 0 for never.',
    ),
    15_000,
  ),
});

/** An origin has no path; a final slash, which people copy with it, is dropped. */
const originSchema = v.pipe(
  v.string(),
  v.transform((text) => text.trim().replace(/\/$/, '')),
  v.check(
    (text) => text === '*' || /^[a-z][a-z0-9+.-]*:\/\/[^\s/*]*\*?[^\s/*]*$/i.test(text),
    'expected an origin such as "http://localhost:3000" or "http://localhost:*": scheme, host and port, with at most one `*`',
  ),
);

const tlsSchema = v.strictObject({
  enabled: setting(v.boolean(), 'The gateway serves plain HTTP only, and does not start if this is `true`.'),
  ...unusedSettings(['autoGenerate', 'caPath', 'certPath', 'keyPath']),
});

const addressSchema = v.pipe(
  v.string(),
  v.check(isAddress, 'expected an IP address or a network such as "10.0.0.0/8"'),
);

const endpointSchema = v.strictObject({
  enabled: setting(v.boolean(), 'Accepted for compatibility: this endpoint is always available.'),
  ...unusedSettings(['files', 'images', 'maxBodyBytes', 'maxImageParts', 'maxTotalImageBytes', 'maxUrlParts']),
});

const httpSchema = v.strictObject({
  endpoints: setting(
    v.strictObject({
      chatCompletions: setting(endpointSchema, '`POST /v1/chat/completions`.'),
      ...unusedSettings(['responses']),
    }),
    'Endpoints that the original OpenClaw disables by default.',
  ),
  ...unusedSettings(['securityHeaders']),
});

export const gatewaySchema = v.strictObject({
  mode: setting(v.picklist(['local', 'remote']), 'Where the gateway runs. Only `local` is supported.'),
  port: v.exactOptional(
    described(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 'The port; 0 selects a free one.'),
    18_789,
  ),
  bind: v.exactOptional(
    described(
      v.picklist(['loopback', 'lan', 'auto', 'custom', 'tailnet']),
      'The addresses to listen on. Anything but `loopback` needs a token or a password.',
    ),
    'loopback',
  ),
  customBindHost: setting(v.string(), 'The address for `bind: "custom"`.', { examples: ['192.168.1.20'] }),
  auth: v.exactOptional(described(authSchema, 'Authentication.'), {}),
  cors: v.exactOptional(
    described(
      v.strictObject({
        origins: v.exactOptional(
          described(
            v.array(originSchema),
            'Web origins with access to the gateway. A `*` stands for any text: `http://localhost:*`.',
            { examples: [['http://localhost:3000']] },
          ),
          [],
        ),
      }),
      'Access for web pages.',
    ),
    {},
  ),
  allowedHosts: v.exactOptional(
    described(v.array(v.string()), 'Allowed host names in addition to those of this machine.'),
    [],
  ),
  trustedProxies: v.exactOptional(
    described(
      v.array(addressSchema),
      'Addresses of proxies in front of the gateway. Lock-outs then count against the client that `X-Forwarded-For` names.',
      { examples: [['10.0.0.0/8']] },
    ),
    [],
  ),
  tls: setting(tlsSchema, 'TLS. Put a proxy that serves it in front of the gateway.'),
  limits: v.exactOptional(described(limitsSchema, 'Resource limits.'), {}),
  cluster: setting(
    clusterSchema,
    'Shares limits, open circuits and affinity with other gateways. Changes need a restart. See docs/scaling.md.',
  ),
  ollama: v.exactOptional(
    described(
      v.strictObject({
        manage: v.exactOptional(
          described(
            v.boolean(),
            'Whether clients of the Ollama API may pull, create, copy, push and delete models. The requests go to the Ollama server that has the model.',
          ),
          false,
        ),
      }),
      "Ollama's own API (`/api`).",
    ),
    {},
  ),
  reload: v.exactOptional(
    described(
      v.strictObject({
        mode: v.exactOptional(
          described(
            v.picklist(['off', 'hybrid', 'hot', 'restart']),
            'How changes of this file, of `.env` files or of stored API keys are handled. `hot`: applied. `hybrid`: applied, and changes that need a restart are reported. `restart`: only reported. `off`: ignored.',
          ),
          'hybrid',
        ),
        debounceMs: v.exactOptional(
          described(wholeNumber, 'How long to wait for further changes, in milliseconds.'),
          300,
        ),
        ...unusedSettings(['deferralTimeoutMs']),
      }),
      'Reload of this file, `.env` files and stored API keys.',
    ),
    {},
  ),
  shutdownTimeoutMs: v.exactOptional(
    described(wholeNumber, 'Timeout for running requests during shutdown, in milliseconds.'),
    30_000,
  ),
  http: setting(httpSchema, 'HTTP settings of the original OpenClaw.'),
  ...unusedSettings([
    'allowRealIpFallback',
    'channelHealthCheckMinutes',
    'channelMaxRestartsPerHour',
    'channelStaleEventThresholdMinutes',
    'cliAgents',
    'controlUi',
    'handshakeTimeoutMs',
    'nodes',
    'portals',
    'publicOrigin',
    'push',
    'remote',
    'roles',
    'tailscale',
    'terminal',
    'tools',
    'webchat',
  ]),
});

/** An IP address, alone or with the length of a network prefix. */
function isAddress(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}
