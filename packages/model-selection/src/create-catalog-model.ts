import type { CatalogModel } from './catalog-model.ts';
import { formatModelRef } from './model-ref.ts';

/** Where a model is, and whatever else is known of it. */
export type KnownOfModel = Pick<CatalogModel, 'provider' | 'model' | 'endpoint'> & Partial<Omit<CatalogModel, 'ref'>>;

/**
 * An entry for a model of which not everything is known: it takes text, may call tools, has a window of 8192 tokens and
 * costs nothing, unless `known` says otherwise.
 */
export function createCatalogModel(known: KnownOfModel): CatalogModel {
  const provider = known.provider.trim().toLowerCase();
  const { model, contextWindow = 8192 } = known;
  return {
    name: model,
    input: ['text'],
    tools: undefined,
    reasoning: false,
    contextWindow,
    maxTokens: contextWindow,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    local: false,
    source: 'configured',
    aliases: [],
    ...known,
    provider,
    ref: formatModelRef({ provider, model }),
  };
}
