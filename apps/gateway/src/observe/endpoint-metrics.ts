import type { EndpointStatus, Runtime } from '@openclaw/runtime/internal';
import type { MetricDefinition, MetricRegistry, ReadType } from './metric-registry.ts';

/** Registers the metrics of the endpoints of providers that list them. Others have none of these. */
export function registerEndpointMetrics(registry: MetricRegistry, runtime: Pick<Runtime, 'endpoints'>): void {
  const endpoints = registry.source(() => runtime.endpoints());
  const each = (
    definition: Omit<MetricDefinition, 'labels'> & { readonly type: ReadType },
    value: (status: EndpointStatus) => number,
  ): void =>
    endpoints.read({ ...definition, labels: ['provider', 'endpoint'] }, (all) =>
      all.map((status) => ({ labels: [status.provider, status.endpoint], value: value(status) })),
    );
  each(
    { name: 'openclaw_endpoint_running', help: 'Requests that run at an endpoint now.', type: 'gauge' },
    ({ running }) => running,
  );
  each(
    { name: 'openclaw_endpoint_queued', help: 'Requests that wait for an endpoint now.', type: 'gauge' },
    ({ queued }) => queued,
  );
  each(
    {
      name: 'openclaw_endpoint_up',
      help: '1 while the circuit of an endpoint is closed, 0 after it failed.',
      type: 'gauge',
    },
    ({ circuit }) => (circuit === 'closed' ? 1 : 0),
  );
  each(
    { name: 'openclaw_endpoint_loaded_models', help: 'Models that an endpoint has in memory.', type: 'gauge' },
    ({ loaded = [] }) => loaded.length,
  );
  each(
    { name: 'openclaw_endpoint_loads_total', help: 'Requests that made an endpoint load a model.', type: 'counter' },
    ({ loads }) => loads,
  );
  each(
    {
      name: 'openclaw_endpoint_reloads_avoided_total',
      help: 'Requests for a model that the endpoint had loaded, and another would have had to load.',
      type: 'counter',
    },
    ({ reloadsAvoided }) => reloadsAvoided,
  );
  endpoints.read(
    {
      name: 'openclaw_endpoint_chosen_total',
      help: 'How often an endpoint was chosen, by reason: affinity is the endpoint that served the conversation.',
      labels: ['provider', 'endpoint', 'reason'],
      type: 'counter',
    },
    (all) =>
      all.flatMap(({ provider, endpoint, choices }) =>
        Object.entries(choices).map(([reason, value]) => ({ labels: [provider, endpoint, reason], value })),
      ),
  );
}
