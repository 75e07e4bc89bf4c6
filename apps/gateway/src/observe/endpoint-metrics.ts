import type { EndpointStatus, Runtime } from '@openclaw/runtime/internal';
import type { MetricDefinition, MetricRegistry } from './metric-registry.ts';

/** Registers the metrics of the endpoints of providers that list them. Others have none of these. */
export function registerEndpointMetrics(registry: MetricRegistry, runtime: Pick<Runtime, 'endpoints'>): void {
  const each = (
    { type, ...definition }: Omit<MetricDefinition, 'labels'> & { readonly type: 'gauge' | 'counter' },
    value: (status: EndpointStatus) => number,
  ): void =>
    registry.read({ ...definition, type, labels: ['provider', 'endpoint'] }, () =>
      runtime.endpoints().map((status) => ({ labels: [status.provider, status.endpoint], value: value(status) })),
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
  registry.read(
    {
      name: 'openclaw_endpoint_chosen_total',
      help: 'How often an endpoint was chosen, by why: affinity is the endpoint that served the conversation.',
      labels: ['provider', 'endpoint', 'reason'],
      type: 'counter',
    },
    () =>
      runtime
        .endpoints()
        .flatMap(({ provider, endpoint, choices }) =>
          Object.entries(choices).map(([reason, value]) => ({ labels: [provider, endpoint, reason], value })),
        ),
  );
}
