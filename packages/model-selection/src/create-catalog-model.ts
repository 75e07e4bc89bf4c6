import type { CatalogModel } from './catalog-model.ts';
import { formatModelRef } from './model-ref.ts';

/** The provider, name and endpoint of a model, and any other known fields. */
export type CatalogModelFields = Pick<CatalogModel, 'provider' | 'model' | 'endpoint'> &
  Partial<Omit<CatalogModel, 'ref'>>;

/**
 * Creates an entry. The defaults are: accepts text, may call tools, has a context window of 8192 tokens, costs nothing.
 */
export function createCatalogModel(fields: CatalogModelFields): CatalogModel {
  const provider = fields.provider.trim().toLowerCase();
  const { model, contextWindow = 8192 } = fields;
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
    ...fields,
    provider,
    ref: formatModelRef({ provider, model }),
  };
}
