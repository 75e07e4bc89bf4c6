export { createFailures } from './failures.ts';
export type { Failures } from './failures.ts';
export { isWireObject, readString } from './json-object.ts';
export type { WireObject } from './json-object.ts';
export { parseJson } from './parse-json.ts';
export { findSecrets, redactSecrets } from './secrets.ts';
export { detectServer } from './server-kind.ts';
export type { ServerKind } from './server-kind.ts';
export { isErrorObject } from './server-words.ts';
