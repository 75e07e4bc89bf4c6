import { tryParseModelRef } from '@openclaw/model-selection';
import { findDescribed, isSameOllamaName } from './catalog-entries.ts';
import type { DiscoveryStates } from './discovery-state.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { SelectionNames } from './selection-names.ts';

/** A model that a request may use, and a server whose models are discovered. */
export interface ModelRelation {
  readonly setup: ProviderSetup;
  /** Whether the request uses this model first. */
  readonly isFirst: boolean;
  /** Whether the name contains the provider of the model. */
  readonly namesProvider: boolean;
  /** `described`: the server, or another endpoint of its provider, has listed the model. `possible`: the server may have it. */
  readonly type: 'unrelated' | 'described' | 'possible';
}

export interface ModelRelationsOptions {
  readonly setups: readonly ProviderSetup[];
  readonly states: DiscoveryStates;
}

/** Relates every model that a request may use to every server whose list decides what a name means. */
export function modelRelations(
  { requested, primary, fallbacks, imageModel, aliases }: SelectionNames,
  { setups, states }: ModelRelationsOptions,
): readonly ModelRelation[] {
  const others = [...fallbacks, imageModel.primary, ...imageModel.fallbacks].filter((name) => name !== undefined);
  const refs = [requested ?? primary, ...others].map((name) => resolveAlias(name, aliases));
  return setups
    .filter(({ discovers, hasUnsureNames }) => discovers || hasUnsureNames)
    .flatMap((setup) =>
      refs.map((ref, index) => ({
        setup,
        isFirst: index === 0,
        namesProvider: ref?.includes('/') === true,
        type: relationType(ref, setup),
      })),
    );

  function relationType(name: string | undefined, setup: ProviderSetup): ModelRelation['type'] {
    const ref = name === undefined ? undefined : tryParseModelRef(name);
    if (ref?.provider !== setup.id) return setups.some(({ id }) => id === ref?.provider) ? 'unrelated' : 'possible';
    const isSure = !setup.hasUnsureNames || states.remembered(setup) !== undefined;
    const isListed = setup.models.some(({ id }) => isSameOllamaName(id, ref.model));
    if (isSure && (isListed || !setup.discovers)) return 'unrelated';
    return isDescribed(ref.model, ref.provider) ? 'described' : 'possible';
  }

  /** One endpoint that has the model is enough: the request does not wait for the lists of the others. */
  function isDescribed(model: string, provider: string): boolean {
    return setups.some(
      (setup) => setup.id === provider && findDescribed(states.remembered(setup)?.discovery, model) !== undefined,
    );
  }
}

function resolveAlias(name: string | undefined, aliases: SelectionNames['aliases']): string | undefined {
  const wanted = name?.trim().toLowerCase();
  return Object.entries(aliases).find(([alias]) => alias.toLowerCase() === wanted)?.[1] ?? name;
}
