import type { CatalogModel } from './catalog-model.ts';
import { normalizeModelName } from './model-name.ts';

/**
 * The model that a name means among those of a list: its reference, an alias, or a bare name that only one of them has.
 * `undefined` if none or several have it.
 */
export function findCatalogModel(models: readonly CatalogModel[], name: string): CatalogModel | undefined {
  const wanted = name.toLowerCase();
  const named =
    models.find(({ ref }) => ref === name) ??
    models.find(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === wanted));
  if (named !== undefined) return named;
  const normalized = normalizeModelName(name);
  const exact = models.filter(({ model }) => model === name);
  const similar = models.filter(({ model, ref }) => [model, ref].some((own) => normalizeModelName(own) === normalized));
  const [found, ...others] = exact.length > 0 ? exact : similar;
  return others.length === 0 ? found : undefined;
}
