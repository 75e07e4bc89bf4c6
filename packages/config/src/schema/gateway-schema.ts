import * as v from 'valibot';
import { described, positiveInteger, setting, unusedSettings, wholeNumber } from './setting.ts';

const rateLimitSchema = v.strictObject({
  maxAttempts: v.exactOptional(
    described(positiveInteger, 'Failed attempts of one address before it is locked out.'),
    10,
  ),
  windowMs: v.exactOptional(described(positiveInteger, 'Milliseconds over which attempts are counted.'), 60_000),
  lockoutMs: v.exactOptional(described(positiveInteger, 'Milliseconds that a lock-out lasts.'), 300_000),
  exemptLoopback: v.exactOptional(described(v.boolean(), 'Whether this machine itself is never locked out.'), true),
});

const authSchema = v.strictObject({
  mode: setting(
    v.picklist(['token', 'password', 'none']),
    'How clients prove who they are. Left out: the token or password that is set, otherwise none, which only loopback allows.',
  ),
  token: setting(v.string(), 'The bearer token. OPENCLAW_GATEWAY_TOKEN does the same.', {
    secret: true,
    examples: ['${OPENCLAW_GATEWAY_TOKEN}'],
  }),
  password: setting(v.string(), 'The password, sent as a bearer token. OPENCLAW_GATEWAY_PASSWORD does the same.', {
    secret: true,
  }),
  rateLimit: v.exactOptional(described(rateLimitSchema, 'Limits on failed attempts.'), {}),
  ...unusedSettings(['allowTailscale', 'trustedProxy']),
});

const limitsSchema = v.strictObject({
  maxBodyBytes: v.exactOptional(described(positiveInteger, 'The largest request body in bytes.'), 20 * 1024 * 1024),
  maxBufferedBytes: v.exactOptional(
    described(positiveInteger, 'Bytes of request bodies in memory, over all requests. What does not fit gets a 503.'),
    128 * 1024 * 1024,
  ),
  maxConnections: v.exactOptional(
    described(
      positiveInteger,
      'Open connections of clients. At most half of them may be without a request, and at most half of the file descriptors of the process are used.',
    ),
    1024,
  ),
  maxConcurrent: v.exactOptional(
    described(positiveInteger, 'Requests in flight per provider, unless the provider says otherwise.'),
    4,
  ),
  maxQueued: v.exactOptional(
    described(wholeNumber, 'Requests that may wait per provider, unless the provider says otherwise.'),
    64,
  ),
  headersTimeoutMs: v.exactOptional(
    described(positiveInteger, 'Milliseconds a client has to send its headers.'),
    15_000,
  ),
  bodyTimeoutMs: v.exactOptional(described(positiveInteger, 'Milliseconds a client has to send its body.'), 60_000),
  keepAliveCommentMs: v.exactOptional(
    described(
      wholeNumber,
      'Milliseconds of silence after which a stream gets a comment, so that nobody hangs up; 0 for never.',
    ),
    15_000,
  ),
});

const endpointSchema = v.strictObject({
  enabled: setting(v.boolean(), 'Accepted for compatibility: this endpoint is always served.'),
  ...unusedSettings(['files', 'images', 'maxBodyBytes', 'maxImageParts', 'maxTotalImageBytes', 'maxUrlParts']),
});

const httpSchema = v.strictObject({
  endpoints: setting(
    v.strictObject({
      chatCompletions: setting(endpointSchema, '`POST /v1/chat/completions`.'),
      ...unusedSettings(['responses']),
    }),
    'Endpoints that the original OpenClaw keeps off by default.',
  ),
  ...unusedSettings(['securityHeaders']),
});

export const gatewaySchema = v.strictObject({
  mode: setting(
    v.picklist(['local', 'remote']),
    'Where the gateway runs. Only `local` is served; it need not be said.',
  ),
  port: v.exactOptional(
    described(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 'The port; 0 picks a free one.'),
    18_789,
  ),
  bind: v.exactOptional(
    described(
      v.picklist(['loopback', 'lan', 'auto', 'custom', 'tailnet']),
      'Which addresses to listen on. Anything but `loopback` needs a token or a password.',
    ),
    'loopback',
  ),
  customBindHost: setting(v.string(), 'The address for `bind: "custom"`.', { examples: ['192.168.1.20'] }),
  auth: v.exactOptional(described(authSchema, 'Who may use the gateway.'), {}),
  cors: v.exactOptional(
    described(
      v.strictObject({
        origins: v.exactOptional(
          described(v.array(v.string()), 'Web origins that may call the gateway from a browser.', {
            examples: [['http://localhost:3000']],
          }),
          [],
        ),
      }),
      'Access for web pages.',
    ),
    {},
  ),
  allowedHosts: v.exactOptional(
    described(
      v.array(v.string()),
      'Host names by which clients may address the gateway, besides those of this machine.',
    ),
    [],
  ),
  limits: v.exactOptional(described(limitsSchema, 'Bounds that keep the gateway up.'), {}),
  reload: v.exactOptional(
    described(
      v.strictObject({
        mode: v.exactOptional(
          described(
            v.picklist(['off', 'hybrid', 'hot', 'restart']),
            'What a change of this file, of `.env` files or of stored API keys does. `hot`: taken over. `hybrid`: taken over, and what needs a restart is said. `restart`: only said. `off`: nothing.',
          ),
          'hybrid',
        ),
        debounceMs: v.exactOptional(described(wholeNumber, 'Milliseconds to wait for further changes.'), 300),
        ...unusedSettings(['deferralTimeoutMs']),
      }),
      'Reading this file, `.env` files and stored API keys again while running.',
    ),
    {},
  ),
  shutdownTimeoutMs: v.exactOptional(
    described(wholeNumber, 'Milliseconds that running answers get to finish when the gateway is told to stop.'),
    30_000,
  ),
  http: setting(httpSchema, 'HTTP settings of the original OpenClaw.'),
  ...unusedSettings([
    'allowRealIpFallback',
    'channelHealthCheckMinutes',
    'channelMaxRestartsPerHour',
    'channelStaleEventThresholdMinutes',
    'controlUi',
    'handshakeTimeoutMs',
    'nodes',
    'push',
    'remote',
    'tailscale',
    'tls',
    'tools',
    'trustedProxies',
    'webchat',
  ]),
});
