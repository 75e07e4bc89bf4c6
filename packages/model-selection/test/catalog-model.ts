import type { CatalogModel } from '../src/catalog-model.ts';
import { parseModelRef } from '../src/model-ref.ts';

/** A model with nothing special about it. */
export function catalogModel(ref: string, changes: Partial<CatalogModel> = {}): CatalogModel {
  const { provider, model } = parseModelRef(ref);
  return {
    ref,
    provider,
    model,
    name: model,
    endpoint: `http://${provider}.test/v1`,
    input: ['text'],
    tools: true,
    reasoning: false,
    contextWindow: 8192,
    maxTokens: 4096,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    local: true,
    source: 'configured',
    aliases: [],
    ...changes,
  };
}
