import type { RequestNeeds } from '@openclaw/model-selection';
import type { DiscoveryStates } from './discovery-state.ts';
import { modelRelations } from './model-relations.ts';
import type { ModelRelation } from './model-relations.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { SelectionNames } from './selection-names.ts';

export interface UpdateModelListsOptions {
  readonly setups: readonly ProviderSetup[];
  readonly states: DiscoveryStates;
  readonly needs: RequestNeeds;
  /** Maximum age of lists. */
  readonly maxAgeMs: number;
  /** How long a request waits for a list. */
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Maximum age of a list that lacks a requested name, which may have been pulled since. */
const MISS_AGE_MS = 1000;

/**
 * Enough for a healthy server: how long a request waits for the lists of its fallbacks, and for a server that did not
 * respond the last time.
 */
const SHORT_PATIENCE_MS = 100;

/**
 * Updates the lists that are needed to plan a request. If the first model is already described, the request does not
 * wait. Otherwise it waits for the list of its server, and a short time for those of the fallbacks. A request with
 * images waits for all lists, because only they say which models support images. A server that does not respond costs
 * the full patience once, and the short one when its state is too old again.
 * @returns the servers whose lists are refreshed in the background, if no wait is needed while their lists stay the
 * same
 * @throws the signal's reason if it is aborted
 */
export async function updateModelLists(
  names: SelectionNames,
  { setups, states, needs, maxAgeMs, patienceMs, signal }: UpdateModelListsOptions,
): Promise<readonly ProviderSetup[] | undefined> {
  const relations = modelRelations(names, { setups, states });
  const described = relations.filter(({ type }) => type === 'described').map(({ setup }) => setup);
  const missing = relations.filter(({ type }) => type === 'possible');
  const shortPatienceMs = Math.min(SHORT_PATIENCE_MS, patienceMs);
  const fallbackPatienceMs = missing.some(({ isFirst }) => isFirst) ? shortPatienceMs : 0;
  for (const setup of described) states.refresh(setup, { maxAgeMs });
  await Promise.all(missing.map(update));
  return missing.length === 0 ? [...new Set(described)] : undefined;

  async function update({ setup, isFirst, namesProvider }: ModelRelation): Promise<void> {
    const ownPatienceMs = isFirst || needs.images === true ? patienceMs : fallbackPatienceMs;
    // This request continues with the cached list; the next one gets the new list.
    if (ownPatienceMs === 0) return states.refresh(setup, { maxAgeMs });
    const failed = states.remembered(setup)?.problem !== undefined;
    await states.ask(setup, {
      maxAgeMs: namesProvider && !failed ? MISS_AGE_MS : maxAgeMs,
      patienceMs: failed ? Math.min(shortPatienceMs, ownPatienceMs) : ownPatienceMs,
      signal,
    });
  }
}
