export { createBatch } from './create-batch.ts';
export type { Batch, BatchOptions } from './create-batch.ts';
