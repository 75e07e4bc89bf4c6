import type { GatewayLogger } from '../gateway-context.ts';
import type { RequestSnapshot } from './request-journal.ts';

/** One line per request. Probes and the page's own polling are worth a line only to whoever debugs. Never what was said. */
export function logRequest(logger: GatewayLogger, request: RequestSnapshot): void {
  const { id, route, startedAt: _startedAt, state: _state, attempts, repairs, usage, errorMessage, ...rest } = request;
  const fields = {
    requestId: id,
    route,
    ...rest,
    attempts: attempts.length,
    repairs: repairs.length,
    ...(usage !== undefined && { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens }),
    ...(errorMessage !== undefined && { error: errorMessage }),
  };
  const { status = 0 } = request;
  if (status >= 500) logger.warn(fields, 'request');
  else if (status < 400 && QUIET.has(route)) logger.debug(fields, 'request');
  else logger.info(fields, 'request');
}

const QUIET: ReadonlySet<string> = new Set([
  'GET /',
  'GET /page.css',
  'GET /page.js',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /status',
]);
