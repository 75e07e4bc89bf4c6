import * as v from 'valibot';
import { described, positiveInteger } from './setting.ts';

/** The store that several gateways share. */
export const clusterSchema = v.strictObject({
  url: described(
    v.pipe(
      v.string(),
      v.check(isStoreUrl, 'expected the address of a Redis or Valkey server such as "redis://10.0.0.5:6379"'),
    ),
    'The Redis (6.2 or later) or Valkey server of all gateways; `rediss://` for TLS.',
    { secret: true, examples: ['redis://10.0.0.5:6379', 'rediss://gateway:${REDIS_PASSWORD}@redis.example:6380/0'] },
  ),
  prefix: v.exactOptional(
    described(
      v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, 'expected 1 to 64 letters, digits, `_`, `.` or `-`')),
      'The start of all keys. Gateways with the same prefix are one cluster.',
    ),
    'openclaw',
  ),
  timeoutMs: v.exactOptional(
    described(
      positiveInteger,
      'How long a request waits for the store, in milliseconds. Then the gateway goes on alone, with its share of each limit.',
    ),
    100,
  ),
});

function isStoreUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^rediss?:$/.test(url.protocol) && url.hostname !== '';
}
