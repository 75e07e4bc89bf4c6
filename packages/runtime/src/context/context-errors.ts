import type { CatalogModel } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import type { WarningEvent, WarningKind } from '@openclaw/provider';

/** How much a request needs, and how much there is, in tokens. */
export interface ContextNumbers {
  readonly neededTokens: number;
  readonly contextTokens: number;
}

/** The prompt does not fit. Nothing of an answer was delivered. */
export function contextExceededError(
  model: CatalogModel,
  {
    neededTokens,
    contextTokens,
    cut = false,
    cause,
  }: ContextNumbers & { readonly cut?: boolean; readonly cause?: unknown },
): ProviderError {
  const what = cut ? `The server cut the prompt to its context of` : `The prompt does not fit the context window of`;
  return new ProviderError(
    'context-length-exceeded',
    `${what} ${contextTokens} tokens: ${model.ref} would need about ${neededTokens}.`,
    { provider: model.provider, model: model.model, url: model.endpoint, neededTokens, contextTokens, cause },
  );
}

/** What the server lost of a conversation whose answer was already under way. */
export function contextWarning(
  warning: WarningKind,
  { contextTokens }: Pick<ContextNumbers, 'contextTokens'>,
): WarningEvent {
  return { type: 'warning', warning, detail: DETAILS[warning](contextTokens) };
}

const DETAILS: Record<WarningKind, (contextTokens: number) => string> = {
  'prompt-truncated': (tokens) =>
    `the server cut the prompt to its context of ${tokens} tokens, so the model did not see all of it. Shorten the conversation, or give the model a larger context.`,
  'context-shifted': (tokens) =>
    `the context of ${tokens} tokens was full, and the server dropped the beginning of the conversation during the answer. Shorten the conversation, or give the model a larger context.`,
};
