import { setTimeout as sleep } from 'node:timers/promises';
import type { MeterProvider as Meters, TracerProvider as Tracers } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TelemetryPlan } from './plan-telemetry.ts';

/** Providers of OpenTelemetry, and how to end their export. */
export interface TelemetryExport {
  readonly tracers: Tracers;
  readonly meters: Meters;
  /** Sends what is left. Returns after `CLOSE_LIMIT_MS` at the latest. */
  close(): Promise<void>;
}

/** How long the collector may take for what is left when the gateway stops. */
const CLOSE_LIMIT_MS = 3_000;

/**
 * How long one export may take, its retries included. Not longer than the limit above: a timer of a retry would keep the
 * process alive.
 */
const EXPORT_TIMEOUT_MS = 3_000;

/** Exports spans in batches every 5 s, and metrics at the interval of the plan. Spans that pile up are dropped (2048). */
export function createExport(
  { traces, metrics, headers, serviceName, sampleRate, metricIntervalMs }: TelemetryPlan,
  { version }: { readonly version: string | undefined },
): TelemetryExport {
  const resource = defaultResource()
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(resourceFromAttributes({ 'service.name': serviceName, ...(version && { 'service.version': version }) }));
  const options = { headers: { ...headers }, timeoutMillis: EXPORT_TIMEOUT_MS };
  const spanProcessors =
    traces === undefined
      ? []
      : [
          new BatchSpanProcessor({
            exporter:
              traces.protocol === 'http/json'
                ? new JsonTraceExporter({ ...options, url: traces.url })
                : new ProtobufTraceExporter({ ...options, url: traces.url }),
          }),
        ];
  const readers =
    metrics === undefined
      ? []
      : [
          new PeriodicExportingMetricReader({
            exporter:
              metrics.protocol === 'http/json'
                ? new JsonMetricExporter({ ...options, url: metrics.url })
                : new ProtobufMetricExporter({ ...options, url: metrics.url }),
            exportIntervalMillis: metricIntervalMs,
            exportTimeoutMillis: Math.min(metricIntervalMs, EXPORT_TIMEOUT_MS),
          }),
        ];
  const sampler = new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRate) });
  const tracers = new TracerProvider({ resource, sampler, spanProcessors });
  const meters = new MeterProvider({ resource, readers });
  return {
    tracers,
    meters,
    async close() {
      const given = new AbortController();
      const limit = sleep(CLOSE_LIMIT_MS, undefined, { signal: given.signal }).catch(() => undefined);
      // What could not be sent was logged by the handler of errors, and there is nothing else to do about it.
      await Promise.race([Promise.allSettled([tracers.shutdown(), meters.shutdown()]), limit]);
      given.abort();
    },
  };
}
