import type { CatalogModel } from './catalog-model.ts';
import type { ModelCatalog } from './model-catalog.ts';
import { ModelSelectionError } from './model-selection-error.ts';

/** Resolves a name, or returns the error. */
export function tryResolve(
  name: string,
  { catalog }: { catalog: ModelCatalog },
): { model: CatalogModel } | { error: ModelSelectionError } {
  try {
    return { model: catalog.resolve(name) };
  } catch (error) {
    if (error instanceof ModelSelectionError) return { error };
    throw error;
  }
}
