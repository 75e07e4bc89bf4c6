import type { CatalogModel } from '../src/catalog-model.ts';
import { createCatalogModel } from '../src/create-catalog-model.ts';
import { parseModelRef } from '../src/model-ref.ts';

/** A model that calls tools. */
export function catalogModel(ref: string, changes: Partial<CatalogModel> = {}): CatalogModel {
  const { provider, model } = parseModelRef(ref);
  return createCatalogModel({ provider, model, endpoint: `http://${provider}.test/v1`, tools: true, ...changes });
}
