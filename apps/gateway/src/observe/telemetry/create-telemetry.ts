import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  defaultTextMapGetter,
  defaultTextMapSetter,
  trace,
} from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { W3CTraceContextPropagator, setGlobalErrorHandler } from '@opentelemetry/core';
import type { GatewayLogger } from '../../gateway-context.ts';
import { describeAttempts, describeHttp, describeRequest, splitRoute } from './describe-request.ts';
import { createExport } from './create-export.ts';
import { createInstruments } from './create-instruments.ts';
import type { ObservedState } from './create-instruments.ts';
import { SCHEMA_URL } from './names.ts';
import type { TelemetryPlan } from './plan-telemetry.ts';
import type { Telemetry } from './telemetry.ts';

export interface CreateTelemetryOptions {
  readonly plan: TelemetryPlan;
  readonly version: string | undefined;
  readonly logger: GatewayLogger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What is read whenever metrics are exported. */
  readonly state: ObservedState;
}

/** Exports with the SDK of OpenTelemetry. Nothing is registered globally but the handler of its errors. */
export function createTelemetry({ plan, version, logger, now, state }: CreateTelemetryOptions): Telemetry {
  setGlobalErrorHandler(createErrorLog({ logger, now }));
  const exported = createExport(plan, { version });
  const { tracers, meters } = exported;
  const tracer = tracers.getTracer('openclaw-gateway', version, { schemaUrl: SCHEMA_URL });
  const instruments = createInstruments(meters.getMeter('openclaw-gateway', version, { schemaUrl: SCHEMA_URL }), state);
  const propagator = new W3CTraceContextPropagator();

  function injectContext(context: Context): Readonly<Record<string, string>> {
    const headers: Record<string, string> = {};
    propagator.inject(context, headers, defaultTextMapSetter);
    return headers;
  }

  return {
    begin({ route, headers }) {
      const { method, path } = splitRoute(route);
      const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
      const name = path === undefined ? method : `${method} ${path}`;
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, startTime: now() }, parent);
      const inSpan = trace.setSpan(ROOT_CONTEXT, span);
      return {
        ...(plan.propagate && { headers: injectContext(inSpan) }),
        end(request) {
          const http = describeHttp(request);
          const attempts = describeAttempts(request);
          for (const { name: attemptName, startedAt, endedAt, errorType, ...described } of attempts) {
            const attributes = { ...described.attributes, ...described.spanAttributes };
            const options = { kind: SpanKind.CLIENT, startTime: startedAt, attributes };
            const child = tracer.startSpan(attemptName, options, inSpan);
            if (errorType !== undefined) child.setStatus({ code: SpanStatusCode.ERROR });
            child.end(endedAt);
          }
          span.setAttributes({ ...http, ...describeRequest(request) });
          if ((request.status ?? 0) >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end(request.startedAt + request.durationMs);
          instruments.count(request, { http, attempts });
        },
      };
    },
    close: () => exported.close(),
  };
}

/** How often failures of the export are logged. */
const LOG_INTERVAL_MS = 60_000;
const MAX_LOGGED = 300;

/** The collector may be gone for hours, and exports fail every few seconds then. */
function createErrorLog({ logger, now }: Pick<CreateTelemetryOptions, 'logger' | 'now'>): (error: unknown) => void {
  let nextAt = 0;
  return (error) => {
    if (now() < nextAt) return;
    nextAt = now() + LOG_INTERVAL_MS;
    const problem = (error instanceof Error ? error.message : String(error)).slice(0, MAX_LOGGED);
    logger.warn({ problem }, 'telemetry could not be exported');
  };
}
