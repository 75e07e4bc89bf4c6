import type { RequestNeeds } from '@openclaw/model-selection';
import type { DiscoveryStates } from './discovery-state.ts';
import { modelRelations } from './model-relations.ts';
import type { ModelRelation } from './model-relations.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { SelectionNames } from './selection-names.ts';

export interface LearnModelsOptions {
  readonly setups: readonly ProviderSetup[];
  readonly states: DiscoveryStates;
  readonly needs: RequestNeeds;
  /** How long the list of a server is valid. */
  readonly maxAgeMs: number;
  /** How long a request waits for the list of a server. */
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A name that the last list lacks may have been pulled since. The list is valid for this long nevertheless. */
const MISS_AGE_MS = 1000;

/** Enough for a healthy server. The wait for servers of fallbacks, and for a server that did not answer the last time. */
const SHORT_WAIT_MS = 100;

/**
 * Learns what must be known before a request can be planned, and no more. A model that is described already needs no wait.
 * Otherwise the request waits up to `patienceMs` for the servers that may have its first model, and a short time for those
 * of its fallbacks. With images it waits for all of them, since it is not known which models accept images. A server that
 * did not answer the last time gets only the short time.
 * @returns the servers whose lists are refreshed in the background, if there was nothing to wait for
 * @throws the signal's reason when the caller aborts
 */
export async function learnModels(
  names: SelectionNames,
  { setups, states, needs, maxAgeMs, patienceMs, signal }: LearnModelsOptions,
): Promise<readonly ProviderSetup[] | undefined> {
  const relations = modelRelations(names, { setups, remembered: states.remembered });
  const described = relations.filter(({ type }) => type === 'described').map(({ setup }) => setup);
  const missing = relations.filter(({ type }) => type === 'possible');
  const shortWaitMs = Math.min(SHORT_WAIT_MS, patienceMs);
  const fallbackWaitMs = missing.some(({ isFirst }) => isFirst) ? shortWaitMs : 0;
  for (const setup of described) states.refresh(setup, { maxAgeMs });
  await Promise.all(missing.map(learn));
  return missing.length === 0 ? [...new Set(described)] : undefined;

  async function learn({ setup, isFirst, namesProvider }: ModelRelation): Promise<void> {
    const waitMs = isFirst || needs.images === true ? patienceMs : fallbackWaitMs;
    if (waitMs === 0) return states.refresh(setup, { maxAgeMs });
    const failed = states.remembered(setup)?.problem !== undefined;
    await states.ask(setup, {
      maxAgeMs: namesProvider && !failed ? MISS_AGE_MS : maxAgeMs,
      patienceMs: failed ? Math.min(shortWaitMs, waitMs) : waitMs,
      signal,
    });
  }
}
