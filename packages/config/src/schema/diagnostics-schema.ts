import * as v from 'valibot';
import { described, setting, unusedSettings } from './setting.ts';

const urlSchema = v.pipe(
  v.string(),
  v.check((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'expected a URL such as "http://127.0.0.1:4318"'),
);

const otelSchema = v.strictObject({
  enabled: setting(
    v.boolean(),
    'Whether telemetry is exported. Default: whether an endpoint is set, here or by a variable of OpenTelemetry.',
  ),
  endpoint: setting(
    urlSchema,
    'The base URL of the collector, to which `/v1/traces` and `/v1/metrics` are added. OTEL_EXPORTER_OTLP_ENDPOINT does the same. Default: `http://localhost:4318`.',
    { examples: ['http://127.0.0.1:4318'] },
  ),
  tracesEndpoint: setting(urlSchema, 'The whole URL for traces. OTEL_EXPORTER_OTLP_TRACES_ENDPOINT does the same.'),
  metricsEndpoint: setting(urlSchema, 'The whole URL for metrics. OTEL_EXPORTER_OTLP_METRICS_ENDPOINT does the same.'),
  protocol: setting(
    v.picklist(['http/protobuf', 'http/json', 'grpc']),
    'The protocol. `grpc` is not supported. OTEL_EXPORTER_OTLP_PROTOCOL does the same. Default: `http/protobuf`.',
  ),
  headers: setting(v.record(v.string(), v.string()), 'HTTP headers for the collector.', { secret: true }),
  serviceName: setting(v.string(), 'The name of the service. OTEL_SERVICE_NAME does the same. Default: `openclaw`.'),
  traces: setting(v.boolean(), 'Whether traces are exported. Default: true.'),
  metrics: setting(v.boolean(), 'Whether metrics are exported. Default: true.'),
  sampleRate: setting(
    v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    'The share of traces that begin here and are exported, from 0 to 1. A trace that a client has begun is exported if the client exports it. Default: 1.',
  ),
  flushIntervalMs: setting(
    v.pipe(v.number(), v.integer(), v.minValue(1000)),
    'How often metrics are exported, in milliseconds. Default: 60000.',
  ),
  propagate: setting(
    v.boolean(),
    'Whether requests to model servers carry the trace context (`traceparent`). Default: false.',
  ),
  ...unusedSettings([
    'captureContent',
    'logAttributes',
    'logs',
    'logsEndpoint',
    'logsExporter',
    'metricAttributes',
    'metricNamePrefix',
    'skillContentHash',
    'traceAttributes',
  ]),
});

export const diagnosticsSchema = v.strictObject({
  enabled: setting(v.boolean(), 'With `false`, no telemetry is exported, whatever `otel` says.'),
  otel: v.exactOptional(described(otelSchema, 'Export of traces and metrics with OpenTelemetry.'), {}),
  ...unusedSettings(['cacheTrace', 'flags', 'stuckSessionAbortMs', 'stuckSessionWarnMs']),
});
