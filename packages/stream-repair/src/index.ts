export { repairStream } from './repair-stream.ts';
export type { RepairStreamOptions } from './repair-stream.ts';
export { repairArguments } from './repair-arguments.ts';
export type { ArgumentsRepair } from './repair-arguments.ts';
