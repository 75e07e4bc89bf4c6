export { createSchemaCheck } from './check-schema.ts';
export type { SchemaCheck } from './check-schema.ts';
export { findModelFamily } from './find-family.ts';
export type { ModelFacts } from './find-family.ts';
export { repairArguments } from './repair-arguments.ts';
export type { ArgumentsRepair, RepairArgumentsOptions } from './repair-arguments.ts';
export { createStreamRepair, repairStream } from './repair-stream.ts';
export type { RepairStreamOptions, StreamRepair } from './repair-stream.ts';
