import type { LoadedConfig } from '@openclaw/config';

/** What is exported, and where to. */
export interface TelemetryPlan {
  readonly traces?: ExportTarget;
  readonly metrics?: ExportTarget;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly sampleRate: number;
  readonly metricIntervalMs: number;
  /** Whether requests to model servers carry the trace context. */
  readonly propagate: boolean;
}

/** Where a signal is sent to. */
export interface ExportTarget {
  readonly url: string;
  readonly protocol: 'http/protobuf' | 'http/json';
}

/** A plan, or none; and what is wrong with the settings, for people. */
export interface PlannedTelemetry {
  readonly plan?: TelemetryPlan;
  readonly problems: readonly string[];
}

const DEFAULT_ENDPOINT = 'http://localhost:4318';
const DEFAULT_METRIC_INTERVAL_MS = 60_000;

/**
 * Decides what is exported: nothing unless `diagnostics.otel` or the variables of OpenTelemetry say so. The configuration
 * wins over the variables, and what is said of one signal over what is said of both.
 */
export function planTelemetry({ config, env }: Pick<LoadedConfig, 'config' | 'env'>): PlannedTelemetry {
  const { enabled, otel } = config.diagnostics;
  const variable = (name: string) => env[name]?.trim() || undefined;
  if (enabled === false || otel.enabled === false || variable('OTEL_SDK_DISABLED')?.toLowerCase() === 'true')
    return { problems: [] };
  const problems: string[] = [];
  const base = otel.endpoint ?? variable('OTEL_EXPORTER_OTLP_ENDPOINT');
  const own = {
    traces: otel.tracesEndpoint ?? variable('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'),
    metrics: otel.metricsEndpoint ?? variable('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'),
  };
  const isNamed = own.traces !== undefined || own.metrics !== undefined;
  const shared = base ?? (otel.enabled === true && !isNamed ? DEFAULT_ENDPOINT : undefined);

  function planSignal(signal: 'traces' | 'metrics'): ExportTarget | undefined {
    const name = signal.toUpperCase();
    if (otel[signal] === false || variable(`OTEL_${name}_EXPORTER`)?.toLowerCase() === 'none') return undefined;
    const url = own[signal] ?? (shared === undefined ? undefined : `${shared.replace(/\/+$/, '')}/v1/${signal}`);
    if (url === undefined) return undefined;
    const protocol =
      otel.protocol ??
      variable(`OTEL_EXPORTER_OTLP_${name}_PROTOCOL`) ??
      variable('OTEL_EXPORTER_OTLP_PROTOCOL') ??
      'http/protobuf';
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
      problems.push(`The ${signal} cannot be exported: their endpoint is not an http or https URL.`);
      return undefined;
    }
    if (protocol === 'http/protobuf' || protocol === 'http/json') return { url, protocol };
    const shown = JSON.stringify(protocol.slice(0, 40));
    problems.push(
      `The ${signal} cannot be exported with the protocol ${shown}. Use "http/protobuf", usually on port 4318.`,
    );
    return undefined;
  }

  const [traces, metrics] = [planSignal('traces'), planSignal('metrics')];
  if (traces === undefined && metrics === undefined) return { problems };
  const plan: TelemetryPlan = {
    ...(traces && { traces }),
    ...(metrics && { metrics }),
    headers: { ...parseHeaders(variable('OTEL_EXPORTER_OTLP_HEADERS')), ...otel.headers },
    serviceName: otel.serviceName ?? variable('OTEL_SERVICE_NAME') ?? 'openclaw',
    sampleRate: otel.sampleRate ?? 1,
    metricIntervalMs: otel.flushIntervalMs ?? DEFAULT_METRIC_INTERVAL_MS,
    propagate: otel.propagate ?? false,
  };
  return { plan, problems };
}

/** `api-key=secret,tenant=a%20b`. What is not of this form is left out, as by the SDK. */
function parseHeaders(text = ''): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => /^\s*([\w!#$%&'*+.^`|~-]+)\s*=(.*)$/.exec(pair));
  return Object.fromEntries(
    pairs.flatMap((pair) => (pair === null ? [] : [[(pair[1] ?? '').toLowerCase(), decode(pair[2] ?? '')]])),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.trim());
  } catch (error) {
    if (error instanceof URIError) return text.trim();
    throw error;
  }
}
