import type { IncomingHttpHeaders } from 'node:http';
import { ProviderError } from '@openclaw/provider';
import type { RequestClient, RequestPriority } from '@openclaw/runtime/internal';

/** How a request is queued. */
export type Queueing = Pick<RequestClient, 'priority' | 'startWithinMs'>;

/**
 * Reads from the headers how a request is queued. A client whose rule says `batch` cannot raise its priority. Without
 * `x-openclaw-queue-timeout-ms`, the timeout that the SDKs of OpenAI and Anthropic send counts: the client has disconnected
 * by then.
 * @throws {ProviderError} `invalid-request`
 */
export function readQueueing(headers: IncomingHttpHeaders, rule?: RequestPriority): Queueing {
  const priority = rule === 'batch' ? rule : (readPriority(headers['x-openclaw-priority']) ?? rule);
  const startWithinMs = readTimeout(headers['x-openclaw-queue-timeout-ms']) ?? readSdkTimeout(headers);
  return { ...(priority !== undefined && { priority }), ...(startWithinMs !== undefined && { startWithinMs }) };
}

type HeaderValue = IncomingHttpHeaders[string];

function readPriority(value: HeaderValue): RequestPriority | undefined {
  if (value === undefined || value === 'interactive' || value === 'batch') return value;
  throw invalidHeader('x-openclaw-priority', `is ${JSON.stringify(value)}. Send "interactive" or "batch".`);
}

function readTimeout(value: HeaderValue): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value)) return Number(value);
  const problem = `is ${JSON.stringify(value)}. Send a whole number of milliseconds, from 1 to 999999999.`;
  throw invalidHeader('x-openclaw-queue-timeout-ms', problem);
}

/** Seconds. It is only a hint, so anything else is ignored. */
function readSdkTimeout(headers: IncomingHttpHeaders): number | undefined {
  const seconds = Number(headers['x-stainless-timeout']);
  return seconds > 0 && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function invalidHeader(name: string, problem: string): ProviderError {
  return new ProviderError('invalid-request', `The header ${name} ${problem}`, { param: name });
}
