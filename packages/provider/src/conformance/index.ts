export { collectEvents, joinDeltas } from './collect-events.ts';
export type { JoinedAnswer } from './collect-events.ts';
export type {
  ConformanceScenario,
  ConformanceServer,
  ConformanceStep,
  ProviderConformanceOptions,
} from './conformance-scenario.ts';
export { providerConformanceTests } from './provider-conformance-tests.ts';
export type { ConformanceTest } from './conformance-test.ts';
export { assertStreamGrammar, checkedStream } from './stream-grammar.ts';
