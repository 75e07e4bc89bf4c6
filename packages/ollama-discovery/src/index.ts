export { discoverModels } from './discover-models.ts';
export type { DiscoverModelsOptions, Discovery, HiddenModel, HiddenReason } from './discover-models.ts';
export type { DiscoveredModel } from './discovered-model.ts';
export { createMemoryDiscoveryCache } from './discovery-cache.ts';
export type { CachedModel, CachedModels, DiscoveryCache, MemoryDiscoveryCacheOptions } from './discovery-cache.ts';
export type { DiscoveryFetch, DiscoveryFetchInit, DiscoveryResponse } from './discovery-fetch.ts';
export { planDiscovery } from './plan-discovery.ts';
export type { DiscoveryInputs, DiscoveryPlan, DiscoveryReason, ExplicitEntry } from './plan-discovery.ts';
export { toProviderEntry } from './to-provider-entry.ts';
export type { ProviderEntry, ProviderEntryModel } from './to-provider-entry.ts';
export { listModelNames, listRunningModels, loadOllamaVersion } from './list-running-models.ts';
export type { RunningModel } from './list-running-models.ts';
export { deleteModel } from './delete-model.ts';
export { describeModel } from './describe-model.ts';
export type { DescribedModel } from './describe-model.ts';
export { pullModel } from './pull-model.ts';
export type { PullProgress, PullRequest } from './pull-model.ts';
export { isModelResponding, unloadModel } from './model-slot.ts';
export type { ModelRequest } from './model-slot.ts';
export type { OllamaRequestOptions } from './ollama-api.ts';
export { defaultContextLength, isReleaseAtLeast } from './release.ts';
export type { ModelDetails } from './model-details.ts';
export { OllamaDiscoveryError } from './ollama-discovery-error.ts';
export type {
  DiscoveryConnectionFailure,
  OllamaDiscoveryErrorCode,
  OllamaDiscoveryErrorDetails,
} from './ollama-discovery-error.ts';
export { resolveOllamaBaseUrl } from './resolve-ollama-base-url.ts';
export type { OllamaBaseUrl, ResolveOllamaBaseUrlOptions } from './resolve-ollama-base-url.ts';
