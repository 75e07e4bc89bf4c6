import type { ClusterStatus, SharedAffinity, SharedCounters } from '@openclaw/cluster-store';

/** The cluster that a gateway is a member of. */
export interface Cluster {
  status(): ClusterStatus;
  readonly affinity: SharedAffinity;
  readonly counters: SharedCounters;
  close(): Promise<void>;
}
