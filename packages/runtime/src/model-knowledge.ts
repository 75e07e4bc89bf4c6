import type { LoadedConfig } from '@openclaw/config';
import type { RequestNeeds } from '@openclaw/model-selection';
import { findDescribed, isSameOllamaName } from './catalog-entries.ts';
import type { DiscoveryStates } from './discovery-state.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { SelectionNames } from './selection-names.ts';

export interface ModelKnowledgeOptions {
  readonly setups: readonly ProviderSetup[];
  readonly config: LoadedConfig['config'];
  readonly states: DiscoveryStates;
  readonly needs: RequestNeeds;
  /** How long what servers said is believed. */
  readonly maxAgeMs: number;
  /** How long a request waits for a server to say what it has. */
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A name that the last list lacks may have been pulled since; the list is believed this long nevertheless. */
const MISS_AGE_MS = 1000;

/**
 * Learns what must be known before a request can be planned, and no more: only the model that is asked first decides whom
 * to wait for (with images: every one that might be), and a model that is described already is not waited for. A server that
 * does not answer costs `patienceMs` once, and then nothing while its silence is remembered.
 * @throws the signal's reason when the caller gives up
 */
export async function learnModels(
  { requested, primary, fallbacks, imageModel }: SelectionNames,
  { setups, config, states, needs, maxAgeMs, patienceMs, signal }: ModelKnowledgeOptions,
): Promise<void> {
  const first = requested ?? primary;
  const names = needs.images === true ? [first, ...fallbacks, imageModel.primary, ...imageModel.fallbacks] : [first];
  const asked = new Set(setups.filter(({ discovers }) => discovers));
  await Promise.all(
    [...asked].map(async (setup) => {
      const ages = names.map((name) => bearableAge(name, setup));
      const wanted = Math.min(...ages);
      if (wanted === Infinity) return;
      await states.ask(setup, { maxAgeMs: wanted, patienceMs, signal });
    }),
  );

  /** How old the answer of a server may be for a name; infinite when the name is none of its models, or is known. */
  function bearableAge(name: string | undefined, setup: ProviderSetup): number {
    if (name === undefined) return maxAgeMs;
    const ref = refOf(name);
    const slash = ref.indexOf('/');
    const provider = ref.slice(0, Math.max(0, slash)).trim().toLowerCase();
    if (provider !== setup.id) return setups.some(({ id }) => id === provider) ? Infinity : maxAgeMs;
    const model = ref.slice(slash + 1).trim();
    if (setup.models.some(({ id }) => isSameOllamaName(id, model))) return Infinity;
    const state = states.remembered(setup);
    if (findDescribed(state?.discovery, model) !== undefined) {
      // Known well enough to go on with; what is new is learned meanwhile.
      void states.ask(setup, { maxAgeMs }).catch(() => undefined);
      return Infinity;
    }
    return state?.problem === undefined ? MISS_AGE_MS : maxAgeMs;
  }

  function refOf(name: string): string {
    const wanted = name.trim().toLowerCase();
    const entries = Object.entries(config.agents.defaults.models);
    return entries.find(([, { alias }]) => alias?.toLowerCase() === wanted)?.[0] ?? name;
  }
}
