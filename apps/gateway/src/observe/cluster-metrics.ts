import type { ClusterStatus } from '@openclaw/cluster-store';
import type { MetricRegistry } from './metric-registry.ts';

/** Adds the metrics of a cluster to a registry. They are read at each rendering. */
export function addClusterMetrics(
  registry: MetricRegistry,
  { status }: { readonly status: () => ClusterStatus },
): void {
  const read = (type: 'gauge' | 'counter', name: string, help: string, value: (current: ClusterStatus) => number) =>
    registry.read({ name, help, labels: [], type }, () => [{ labels: [], value: value(status()) }]);
  read('gauge', 'openclaw_cluster_joined', '1 while the cluster store answers, 0 while this gateway is alone.', (now) =>
    now.state === 'joined' ? 1 : 0,
  );
  read(
    'gauge',
    'openclaw_cluster_members',
    'Gateways of the cluster, the last known ones while alone.',
    (now) => now.members.length,
  );
  read(
    'counter',
    'openclaw_cluster_state_changes_total',
    'How often the store was lost or found again.',
    (now) => now.changes,
  );
  read(
    'counter',
    'openclaw_cluster_operation_seconds_total',
    'What successful operations of the store took.',
    (now) => now.store.totalMs / 1000,
  );
  registry.read(
    {
      name: 'openclaw_cluster_operations_total',
      help: 'Operations of the store, by outcome.',
      labels: ['outcome'],
      type: 'counter',
    },
    () => Object.entries(status().store.operations).map(([outcome, value]) => ({ labels: [outcome], value })),
  );
  registry.read(
    {
      name: 'openclaw_cluster_permits',
      help: 'Requests of this gateway that hold a permit of the cluster, or wait for one.',
      labels: ['state'],
      type: 'gauge',
    },
    () => Object.entries(status().permits).map(([state, value]) => ({ labels: [state], value })),
  );
}
