export { assertStreamGrammar, checkedStream } from './stream-grammar.ts';
export { collectEvents, joinDeltas } from './collect-events.ts';
export type { JoinedAnswer } from './collect-events.ts';
export { describeProviderConformance } from './provider-conformance.ts';
export type {
  ConformanceScenario,
  ConformanceServer,
  ConformanceStep,
  ProviderConformanceOptions,
} from './conformance-scenario.ts';
export { hasRedisServer, startRedisServer } from './start-redis-server.ts';
export type { RedisServer } from './start-redis-server.ts';
