export { agentNames } from './agent-names.ts';
export {
  defaultContextLength,
  deleteModel,
  describeModel,
  isModelResponding,
  listModelNames,
  listRunningModels,
  loadOllamaVersion,
  OllamaDiscoveryError,
  pullModel,
  resolveOllamaBaseUrl,
} from '@openclaw/ollama-discovery';
export type {
  DescribedModel,
  DiscoveredModel,
  OllamaRequestOptions,
  PullProgress,
  RunningModel,
} from '@openclaw/ollama-discovery';
export { estimateTokens } from './context/estimate-tokens.ts';
export type { TokenEstimate } from './context/estimate-tokens.ts';
export type { AllowsModel } from './allowed-models.ts';
export { createRuntime } from './create-runtime.ts';
export type { CreateRuntimeOptions } from './create-runtime.ts';
export { commandsForHidden } from './commands-for-hidden.ts';
export { describeFailure, describeFix } from './describe-failure.ts';
export { createHttpClient } from './http-client.ts';
export { createLightFetch } from './light-fetch.ts';
export { createTransportFetch } from './transport/transport-fetch.ts';
export type { LightFetch } from './light-fetch.ts';
export { findModelProblem } from './find-model-problem.ts';
export { findModelEntry, modelEntries } from './model-entries.ts';
export type { ModelEntry } from './model-entries.ts';
export { isLocalEndpoint } from './is-local-endpoint.ts';
export { providerSetups } from './provider-setup.ts';
export type { ProviderSetup, ProviderSetups, UnusableProvider } from './provider-setup.ts';
export type { EndpointStatus } from './balancing/endpoint-status.ts';
export type { ModelLoad, RequestLoad } from './request-load.ts';
export type { RequestPriority } from './request-queue.ts';
export type {
  ExplainedContext,
  ExplainedEndpoint,
  ExplainQuery,
  Explanation,
  HiddenCatalogModel,
  Inventory,
  InventoryOptions,
  OllamaRequest,
  OllamaResponse,
  OllamaServer,
  PassThroughRequest,
  PassThroughResponse,
  ProviderProblem,
  ProviderProblemCode,
  RequestClient,
  Runtime,
  RuntimeChatRequest,
} from './runtime.ts';
