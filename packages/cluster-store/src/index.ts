export { ClusterStoreError } from './cluster-store-error.ts';
export type { ClusterStoreErrorCode } from './cluster-store-error.ts';
export { connectClusterStore } from './connect-cluster-store.ts';
export type { ClusterStatus, ClusterStore, ClusterStoreOptions } from './connect-cluster-store.ts';
export type { SharedAffinity } from './shared-affinity.ts';
export type { SharedCircuits } from './shared-circuits.ts';
export type { AddOptions, CounterState, SharedCounters } from './shared-counters.ts';
export type { SharedPermits } from './shared-permits.ts';
