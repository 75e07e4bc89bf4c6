export { ConfigError } from '@openclaw/config';
export type { OpenClawConfigInput } from '@openclaw/config';
export { isProviderError, ProviderError } from '@openclaw/provider';
export { createOpenClaw } from './create-openclaw.ts';
export type { CreateOpenClawOptions } from './create-openclaw.ts';
export { describeFailure } from './describe-failure.ts';
export { findModelEntry, modelEntries } from './model-entries.ts';
export type { FindModelEntryOptions, ModelEntriesOptions, ModelEntry } from './model-entries.ts';
export type { CallOptions, ChatAnswer, ModelList, OpenClaw } from './openclaw.ts';
export type {
  ExplainedContext,
  ExplainedEndpoint,
  ExplainQuery,
  Explanation,
  HiddenCatalogModel,
  InventoryOptions,
  PassThroughRequest,
  PassThroughResponse,
  ProviderProblem,
  ProviderProblemCode,
  RuntimeChatRequest,
} from './runtime.ts';
