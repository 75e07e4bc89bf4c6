import { parseConfig } from '@openclaw/config';
import { expect, test } from 'vitest';
import { planTelemetry } from './plan-telemetry.ts';

function plan(diagnostics: object, env: Record<string, string> = {}) {
  const { config } = parseConfig(JSON.stringify({ diagnostics }));
  return planTelemetry({ config, env });
}

const AT = 'http://otel:4318';
const target = (url: string, protocol = 'http/protobuf') => ({ url, protocol });

test.each([
  [{}, {}],
  [{ otel: { endpoint: AT, enabled: false } }, { OTEL_EXPORTER_OTLP_ENDPOINT: AT }],
  [{ enabled: false, otel: { enabled: true } }, {}],
  [{ otel: { enabled: true } }, { OTEL_SDK_DISABLED: 'TRUE' }],
  [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
  [{ otel: { enabled: true, traces: false, metrics: false } }, {}],
])('exports nothing with %j and %j', (diagnostics, env) => {
  expect(plan(diagnostics, env)).toEqual({ problems: [] });
});

test.each([
  [{ otel: { enabled: true } }, {}, ['http://localhost:4318/v1/traces', 'http://localhost:4318/v1/metrics']],
  [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: `${AT}/` }, [`${AT}/v1/traces`, `${AT}/v1/metrics`]],
  [{ otel: { endpoint: AT } }, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' }, [`${AT}/v1/traces`, `${AT}/v1/metrics`]],
  [{}, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${AT}/in` }, [`${AT}/in`, undefined]],
  [{ otel: { enabled: true, metricsEndpoint: `${AT}/m` } }, {}, [undefined, `${AT}/m`]],
  [{ otel: { endpoint: AT } }, { OTEL_METRICS_EXPORTER: 'none' }, [`${AT}/v1/traces`, undefined]],
  [{ otel: { endpoint: AT, traces: false } }, {}, [undefined, `${AT}/v1/metrics`]],
])('with %j and %j it exports to %j', (diagnostics, env, urls) => {
  const planned = plan(diagnostics, env).plan;
  expect([planned?.traces?.url, planned?.metrics?.url]).toEqual(urls);
});

test('the configuration wins over the variables', () => {
  const otel = { endpoint: AT, protocol: 'http/json', serviceName: 'desk', sampleRate: 0.5, flushIntervalMs: 1000 };
  const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_SERVICE_NAME: 'other' };
  expect(plan({ otel: { ...otel, headers: { 'x-key': 'k' } } }, env)).toEqual({
    plan: {
      traces: target(`${AT}/v1/traces`, 'http/json'),
      metrics: target(`${AT}/v1/metrics`, 'http/json'),
      headers: { 'x-key': 'k' },
      serviceName: 'desk',
      sampleRate: 0.5,
      metricIntervalMs: 1000,
      propagate: false,
    },
    problems: [],
  });
});

test('headers may be in a variable, percent-encoded, and those of the configuration win', () => {
  const env = {
    OTEL_EXPORTER_OTLP_HEADERS: 'Api-Key=a%20b%3Dc, tenant = 1 ,broken, odd=%',
    OTEL_EXPORTER_OTLP_ENDPOINT: AT,
  };
  expect(plan({ otel: { headers: { tenant: '2' } } }, env).plan?.headers).toEqual({
    'api-key': 'a b=c',
    tenant: '2',
    odd: '%',
  });
});

test('settings that cannot be used are named, and do not keep the rest from working', () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: AT, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc' };
  const { plan: planned, problems } = plan({}, env);
  expect(planned?.traces).toBeUndefined();
  expect(planned?.metrics).toEqual(target(`${AT}/v1/metrics`));
  expect(problems).toEqual([expect.stringContaining('The traces cannot be exported with the protocol "grpc"')]);
  expect(plan({}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'otel:4317' }).problems).toHaveLength(2);
});
