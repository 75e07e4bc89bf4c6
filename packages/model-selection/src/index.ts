export { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
export { describeAttempts } from './describe-attempts.ts';
export type { AdviseAttempt, FailedAttempt } from './describe-attempts.ts';
export type { FirstContentLimits, IsLoading } from './wait-for-first-content.ts';
export type { Ask, AskOptions, RequestProgress } from './candidate-request.ts';
export type { CatalogModel, CatalogProvider, ModelCost, ProviderCommands, Target } from './catalog-model.ts';
export { chooseTarget } from './choose-target.ts';
export type { TargetChoice, TargetQuery, TargetReason } from './choose-target.ts';
export type { ChooseTarget } from './candidate-turns.ts';
export { createCatalogModel } from './create-catalog-model.ts';
export type { CatalogModelFields } from './create-catalog-model.ts';
export { createCircuitBreaker } from './circuit-breaker.ts';
export type { CircuitBreaker, CircuitBreakerOptions, CircuitStatus, CircuitTarget } from './circuit-breaker.ts';
export type { Permit } from './permit.ts';
export { createMemoryCircuitStore } from './circuit-store.ts';
export type { CircuitRecord, CircuitStore } from './circuit-store.ts';
export type { EndpointState } from './endpoint-state.ts';
export { FALLBACK_POLICY, fallbackRule } from './fallback-policy.ts';
export type { FallbackRule } from './fallback-policy.ts';
export type { FallbackSelection } from './fallback-selection.ts';
export { findCatalogModel } from './find-catalog-model.ts';
export { createModelCatalog } from './model-catalog.ts';
export type { ModelCatalog, ModelCatalogOptions } from './model-catalog.ts';
export { normalizeModelName, OLLAMA_DEFAULT_TAG } from './model-name.ts';
export { formatModelRef, parseModelRef, tryParseModelRef } from './model-ref.ts';
export type { ModelRef } from './model-ref.ts';
export { findModelSettings, streamingSetting } from './model-settings.ts';
export type { FindModelSettingsOptions, StreamingSettings } from './model-settings.ts';
export { ModelSelectionError } from './model-selection-error.ts';
export type { ModelSelectionErrorCode, ModelSelectionErrorDetails } from './model-selection-error.ts';
export type { CandidateRole, LeftOutCandidate, LeftOutCode, Plan, PlannedCandidate } from './plan.ts';
export type { PlanInput, RequestNeeds } from './plan-input.ts';
export { planCandidates } from './plan-candidates.ts';
export { parseModelChoice, resolveModelChoices } from './resolve-model-choices.ts';
export type {
  ChosenModels,
  ModelChoice,
  ModelChoices,
  ModelDefaults,
  ResolveModelChoicesOptions,
} from './resolve-model-choices.ts';
export type { RetryLimits } from './retry-wait.ts';
export { scheduleWithTimeout } from './schedule.ts';
export type { Schedule } from './schedule.ts';
export { streamWithFallback } from './stream-with-fallback.ts';
export type { FallbackOptions } from './stream-with-fallback.ts';
