import { resolveCredential, type LoadedConfig } from '@openclaw/config';
import {
  createModelCatalog,
  OLLAMA_DEFAULT_TAG,
  tryParseModelRef,
  type CatalogModel,
  type ModelCatalog,
} from '@openclaw/model-selection';
import { findModelProblem, type Inventory } from '@openclaw/runtime/internal';
import { readAliases, readModelChoices } from './model-choice.ts';

/** A row of `models list`. */
export interface ModelRow {
  readonly ref: string;
  /** Absent for a configured name that no server knows. */
  readonly model?: CatalogModel;
  /** Whether it is usable: a server has it, and its provider has the required key. */
  readonly available: boolean;
  readonly tags: readonly string[];
}

/** Filters of the list. */
export interface RowFilter {
  readonly provider?: string | undefined;
  /** Only models that run on this machine or network. @default false */
  readonly local?: boolean | undefined;
}

/**
 * Sorts the models: default, fallbacks, image models, then by name. Chosen names that match no model are included as
 * missing.
 */
export function planModelRows(
  { models, problems }: Inventory,
  { loaded, ...filter }: RowFilter & { readonly loaded: LoadedConfig },
): ModelRow[] {
  const providers = [...new Set(models.map(({ provider }) => provider))].map((id) => ({
    id,
    defaultTag: OLLAMA_DEFAULT_TAG,
  }));
  const catalog = createModelCatalog(models, { aliases: readAliases(loaded.config), providers });
  const rolesByRef = groupRoles(catalog, loaded);
  const staleLists = problems.filter(({ stale }) => stale);
  const chosen = [...rolesByRef.keys()];
  const rest = models
    .map(({ ref }) => ref)
    .filter((ref) => !rolesByRef.has(ref))
    .toSorted();
  const byRef = new Map(catalog.models.map((model) => [model.ref, model]));
  return [...chosen, ...new Set(rest)]
    .map((ref): ModelRow => {
      const model = byRef.get(ref);
      const roles = rolesByRef.get(ref) ?? [];
      if (model === undefined) return { ref, available: false, tags: [...roles, 'missing'] };
      return {
        ref,
        model,
        available: hasKey(model, loaded),
        tags: [...roles, ...describeModel(model, { stale: findModelProblem(model, staleLists) !== undefined })],
      };
    })
    .filter((row) => isWanted(row, filter));
}

/**
 * The roles of each chosen model, in the order of the configuration; keyed by reference if the name matches a model.
 */
function groupRoles(catalog: ModelCatalog, { config }: LoadedConfig): Map<string, string[]> {
  const { text, image } = readModelChoices(config);
  const named: [string | undefined, string][] = [
    [text.primary, 'default'],
    ...text.fallbacks.map((name, index): [string, string] => [name, `fallback#${index + 1}`]),
    [image.primary, 'image'],
    ...image.fallbacks.map((name, index): [string, string] => [name, `img-fallback#${index + 1}`]),
  ];
  const roles = new Map<string, string[]>();
  for (const [name, role] of named) {
    if (name === undefined) continue;
    const ref = findRef(name, catalog);
    roles.set(ref, [...(roles.get(ref) ?? []), role]);
  }
  return roles;
}

function findRef(name: string, catalog: ModelCatalog): string {
  try {
    return catalog.resolve(name).ref;
  } catch {
    // A name that matches no model is shown as written, as missing.
    return name;
  }
}

function describeModel({ source, aliases, remoteHost }: CatalogModel, { stale }: { stale: boolean }): string[] {
  return [
    ...(source === 'configured' ? ['configured'] : []),
    ...aliases.map((alias) => `alias:${alias}`),
    ...(remoteHost === undefined ? [] : ['cloud']),
    ...(stale ? ['stale'] : []),
  ];
}

/** A local server needs no key; any other server does. */
function hasKey({ provider, local }: CatalogModel, loaded: LoadedConfig): boolean {
  return local || resolveCredential(provider, loaded) !== undefined;
}

function isWanted({ ref, model }: ModelRow, { provider, local = false }: RowFilter): boolean {
  if (provider !== undefined && tryParseModelRef(ref)?.provider !== provider.toLowerCase()) return false;
  return !local || (model !== undefined && model.local && model.remoteHost === undefined);
}
