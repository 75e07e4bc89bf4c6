export { createBatch } from './create-batch.ts';
export type { Batch, BatchOptions } from './create-batch.ts';
export { createInFlightList } from './in-flight-list.ts';
export type { InFlightEntry, InFlightList } from './in-flight-list.ts';
