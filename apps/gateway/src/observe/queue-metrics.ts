import type { RequestLoad, Runtime } from '@openclaw/runtime/internal';
import type { MetricDefinition, MetricRegistry, ReadType } from './metric-registry.ts';
import { sumByProvider } from './sum-by-provider.ts';

/** Registers the metrics of the requests that run at providers, and of those that wait for their turn. */
export function registerQueueMetrics(registry: MetricRegistry, runtime: Pick<Runtime, 'loads'>): void {
  const loads = registry.source(() => runtime.loads());
  const byProvider = (
    definition: Omit<MetricDefinition, 'labels'> & { readonly type: ReadType },
    value: (load: RequestLoad) => number,
  ): void =>
    loads.read({ ...definition, labels: ['provider'] }, (all) =>
      sumByProvider(all, value).map(({ provider, sum }) => ({ labels: [provider], value: sum })),
    );
  byProvider(
    { name: 'openclaw_provider_running', help: 'Requests that a provider works on now.', type: 'gauge' },
    ({ running }) => running,
  );
  byProvider(
    { name: 'openclaw_queue_length', help: 'Requests that wait for their turn now.', type: 'gauge' },
    ({ queued }) => queued,
  );
  byProvider(
    { name: 'openclaw_queue_admitted_total', help: 'Requests that got their turn.', type: 'counter' },
    ({ admitted }) => admitted,
  );
  byProvider(
    {
      name: 'openclaw_queue_wait_seconds_total',
      help: 'Seconds that requests waited for their turn.',
      type: 'counter',
    },
    ({ waitedMs }) => waitedMs / 1000,
  );
  loads.read(
    {
      name: 'openclaw_queue_requests',
      help: 'Requests that are queued now, by model and priority.',
      labels: ['provider', 'endpoint', 'model', 'priority'],
      type: 'gauge',
    },
    (all) =>
      all.flatMap(({ provider, endpoint = '', models }) =>
        models.flatMap(({ model, queued }) =>
          Object.entries(queued).map(([priority, value]) => ({
            labels: [provider, endpoint, model, priority],
            value,
          })),
        ),
      ),
  );
  loads.read(
    {
      name: 'openclaw_queue_model_switches_total',
      help: 'Requests that started with another model than those before them, which is probably loaded for them.',
      labels: ['provider', 'endpoint'],
      type: 'counter',
    },
    (all) =>
      all.map(({ provider, endpoint = '', modelSwitches }) => ({ labels: [provider, endpoint], value: modelSwitches })),
  );
}
