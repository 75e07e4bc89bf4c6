import type { ResponseHeaders } from './exchange.ts';
import type { Release } from './release.ts';

const STANDARD = ['Authorization', 'Content-Type', 'User-Agent', 'Accept', 'X-Requested-With'];
/** Headers of OpenAI's client, in the order of old releases. */
const CLIENT = [
  'Lang',
  'Package-Version',
  'Os',
  'Arch',
  'Retry-Count',
  'Runtime',
  'Runtime-Version',
  'Async',
  'Helper-Method',
  'Poll-Helper',
  'Custom-Poll-Interval',
  'Timeout',
].map((name) => `X-Stainless-${name}`);

/** The headers of an answer to a preflight request for a path with these methods. */
export function preflightHeaders(methods: readonly string[], { release }: { release: Release }): ResponseHeaders {
  const allowed = release.has('sorts-allowed-headers') ? ['Openai-Beta', ...CLIENT.toSorted()] : CLIENT;
  return {
    'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS',
    'access-control-allow-headers': [...STANDARD, ...allowed].join(','),
    'access-control-max-age': '43200',
    ...(release.has('answers-405') && methods.length > 0 ? { allow: methods.join(', ') } : {}),
    vary: ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'],
  };
}
