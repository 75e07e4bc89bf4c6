import type { CatalogModel } from '@openclaw/model-selection';
import type { Session } from '../session.ts';
import type { OllamaFacts } from './ask-ollama.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { PromptParts } from './estimate-tokens.ts';
import { promptNeed } from './prompt-need.ts';

/** Estimates the tokens of a prompt for a model. What its server counted before makes the estimate better. */
export function countTokens(
  prompt: PromptParts,
  {
    session,
    model,
    contexts,
  }: Pick<OllamaFacts, 'contexts'> & { readonly session: Session; readonly model: CatalogModel | undefined },
): number {
  const estimate = estimateTokens(prompt);
  const setup = model === undefined ? undefined : session.setupOf(model).setup;
  const isOllama = model !== undefined && setup?.server === 'ollama';
  return promptNeed(estimate, isOllama ? contexts.of(setup).model(model.model).ratio : undefined).likely;
}
