import type { ClusterStatus } from '@openclaw/cluster-store';
import type { MetricDefinition, MetricRegistry, ReadType } from './metric-registry.ts';

/** Registers the metrics of a cluster. */
export function registerClusterMetrics(
  registry: MetricRegistry,
  { status }: { readonly status: () => ClusterStatus },
): void {
  const cluster = registry.source(status);
  const one = (
    definition: Omit<MetricDefinition, 'labels'> & { readonly type: ReadType },
    value: (current: ClusterStatus) => number,
  ): void => cluster.read({ ...definition, labels: [] }, (current) => [{ labels: [], value: value(current) }]);
  one(
    {
      name: 'openclaw_cluster_joined',
      help: '1 while the cluster store answers, 0 while this gateway is alone.',
      type: 'gauge',
    },
    ({ state }) => (state === 'joined' ? 1 : 0),
  );
  one(
    {
      name: 'openclaw_cluster_members',
      help: 'Gateways of the cluster, the last known ones while alone.',
      type: 'gauge',
    },
    ({ members }) => members.length,
  );
  one(
    {
      name: 'openclaw_cluster_state_changes_total',
      help: 'How often the store was lost or found again.',
      type: 'counter',
    },
    ({ changes }) => changes,
  );
  one(
    {
      name: 'openclaw_cluster_operation_seconds_total',
      help: 'What successful operations of the store took.',
      type: 'counter',
    },
    ({ store }) => store.totalMs / 1000,
  );
  cluster.read(
    {
      name: 'openclaw_cluster_operations_total',
      help: 'Operations of the store, by outcome.',
      labels: ['outcome'],
      type: 'counter',
    },
    ({ store }) => Object.entries(store.operations).map(([outcome, value]) => ({ labels: [outcome], value })),
  );
  cluster.read(
    {
      name: 'openclaw_cluster_permits',
      help: 'Requests of this gateway that hold a permit of the cluster, or wait for one.',
      labels: ['state'],
      type: 'gauge',
    },
    ({ permits }) => Object.entries(permits).map(([state, value]) => ({ labels: [state], value })),
  );
}
