export { assertStreamGrammar, checkedStream, collectEvents, joinDeltas } from '@openclaw/provider/conformance';
export type {
  ConformanceScenario,
  ConformanceServer,
  ConformanceStep,
  JoinedAnswer,
  ProviderConformanceOptions,
} from '@openclaw/provider/conformance';
export { createManualClock } from './manual-clock.ts';
export { describeProviderConformance } from './provider-conformance.ts';
export { hasRedisServer, startRedisServer } from './start-redis-server.ts';
export type { RedisServer } from './start-redis-server.ts';
