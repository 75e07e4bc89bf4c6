import { checkModels } from './check-arguments.ts';
import { createAliasTable } from './alias-table.ts';
import type { CatalogModel, CatalogProvider } from './catalog-model.ts';
import { normalizeModelName } from './model-name.ts';
import { parseModelRef, tryParseModelRef } from './model-ref.ts';
import { ModelSelectionError } from './model-selection-error.ts';
import { unknownModelError } from './unknown-model-error.ts';
import { quoteName } from './quote-name.ts';

/** The known models and all their names. */
export interface ModelCatalog {
  /** Each reference once. */
  readonly models: readonly CatalogModel[];
  /** The provider with this id, also if it is unknown. */
  provider(id: string): CatalogProvider;
  /**
   * The model of a name: an alias, a reference, or a model's own name if exactly one model has it. A reference never
   * resolves to a model of another provider.
   * @throws {ModelSelectionError} `unknown-model`, `unknown-provider`, `ambiguous-name`, with `candidates`.
   */
  resolve(name: string): CatalogModel;
}

export interface ModelCatalogOptions {
  /** Alias → reference. Compared without case. An alias may be any text; a model with exactly that reference wins. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
  /** Properties of providers. Other providers are known by their models. */
  readonly providers?: readonly CatalogProvider[] | undefined;
}

/** Creates a catalog. Of two entries with the same reference the first counts. */
export function createModelCatalog(
  listed: readonly CatalogModel[],
  { aliases = {}, providers = [] }: ModelCatalogOptions = {},
): ModelCatalog {
  checkModels(listed);
  const unique = [...new Map(listed.toReversed().map((model) => [model.ref, model])).values()].toReversed();
  const aliasTable = createAliasTable(aliases, { models: unique });
  const providersById = new Map(providers.map((provider) => [provider.id.toLowerCase(), provider]));
  const known = new Set([...providersById.keys(), ...unique.map((model) => model.provider.toLowerCase())]);
  const models = unique.map(withAliases);

  function provider(id: string): CatalogProvider {
    return providersById.get(id.toLowerCase()) ?? { id };
  }

  function resolve(name: string): CatalogModel {
    const written = name.trim();
    const [ref, ...others] = models.some((model) => model.ref === written) ? [] : aliasTable.refsOf(written);
    if (others.length > 0)
      throw ambiguousNameError(
        name,
        [ref, ...others].filter((known) => known !== undefined),
      );
    if (ref !== undefined) return resolveRef(ref);
    const isReference = known.has(tryParseModelRef(written)?.provider ?? '');
    return isReference ? resolveRef(written) : resolveBareName(written);
  }

  function resolveRef(text: string): CatalogModel {
    const ref = parseModelRef(text);
    const found = models.filter((model) => model.provider.toLowerCase() === ref.provider && hasName(model, ref.model));
    const exact = found.find(({ model }) => model === ref.model);
    if (exact !== undefined) return exact;
    return onlyOne(text, found) ?? assume(ref.provider, ref.model) ?? unknown(text);
  }

  function resolveBareName(name: string): CatalogModel {
    return (
      onlyOne(
        name,
        models.filter((model) => hasName(model, name)),
      ) ?? unknown(name)
    );
  }

  function assume(id: string, model: string): CatalogModel | undefined {
    const assumed = provider(id).assume?.(model);
    return assumed === undefined ? undefined : withAliases(assumed);
  }

  function hasName({ provider: id, model }: CatalogModel, name: string): boolean {
    if (model === name) return true;
    const { defaultTag } = provider(id);
    return (
      defaultTag !== undefined && normalizeModelName(model, { defaultTag }) === normalizeModelName(name, { defaultTag })
    );
  }

  function withAliases(model: CatalogModel): CatalogModel {
    const own = aliasTable.all.filter(({ ref }) => isRefOf(ref, model)).map(({ alias }) => alias);
    return own.length === 0 ? model : { ...model, aliases: [...new Set(own)] };
  }

  function isRefOf(ref: string, model: CatalogModel): boolean {
    const parsed = tryParseModelRef(ref);
    return parsed?.provider === model.provider.toLowerCase() && hasName(model, parsed.model);
  }

  function unknown(name: string): never {
    throw unknownModelError(name, { models, providers, known });
  }

  return { models, provider, resolve };
}

function onlyOne(name: string, found: readonly CatalogModel[]): CatalogModel | undefined {
  const [first, ...others] = found;
  if (others.length === 0) return first;
  throw ambiguousNameError(
    name,
    found.map(({ ref }) => ref),
  );
}

function ambiguousNameError(wanted: string, candidates: readonly string[]): ModelSelectionError {
  return new ModelSelectionError(
    'ambiguous-name',
    `${quoteName(wanted)} can mean ${candidates.join(' or ')}. Write one of these references.`,
    { wanted, candidates },
  );
}
