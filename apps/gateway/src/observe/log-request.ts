import type { GatewayLogger } from '../gateway-context.ts';
import { PAGE_FILES } from '../routes/page.ts';
import { answeringEndpoint } from './answering-endpoint.ts';
import type { RequestSnapshot } from './request-trace.ts';

/** One line per request. Probes and the page's own polling are logged at level debug. The content of messages is never logged. */
export function logRequest(logger: GatewayLogger, request: RequestSnapshot): void {
  const { route, status = 0, usage } = request;
  const fields = {
    requestId: request.id,
    route,
    client: request.client === '' ? undefined : request.client,
    durationMs: request.durationMs,
    stream: request.stream,
    wanted: request.wanted,
    model: request.model,
    endpoint: answeringEndpoint(request),
    status: request.status,
    firstEventMs: request.firstEventMs,
    attempts: request.attempts.length,
    repairs: request.repairs.length,
    warnings: request.warnings.length === 0 ? undefined : request.warnings.join(', '),
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    errorCode: request.errorCode,
    error: request.errorMessage,
  };
  if (status >= 500 || request.warnings.length > 0) logger.warn(fields, 'request');
  else if (status < 400 && QUIET_ROUTES.has(route)) logger.debug(fields, 'request');
  else logger.info(fields, 'request');
}

/** Probes, and what the page reads every few seconds. */
export const QUIET_ROUTES: ReadonlySet<string> = new Set([
  'GET /',
  ...PAGE_FILES.map((file) => `GET /${file}`),
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /status',
  'GET /log',
  'GET /connect',
  'GET /api/ps',
]);
