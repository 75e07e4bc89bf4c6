import { tryParseModelRef } from '@openclaw/model-selection';
import type { RequestNeeds } from '@openclaw/model-selection';
import { findDescribed, isSameOllamaName } from './catalog-entries.ts';
import type { DiscoveryStates } from './discovery-state.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { SelectionNames } from './selection-names.ts';

export interface ModelKnowledgeOptions {
  readonly setups: readonly ProviderSetup[];
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
 * Enough for a server that is well: what the model that is asked first waits for the lists of those behind it, and what
 * anybody waits for a server that did not answer the last time.
 */
const MOMENT_MS = 100;

/**
 * Learns what must be known before a request can be planned, and no more. The model that is asked first decides: when it is
 * described already nobody is waited for, otherwise its server, and the servers of the models behind it a moment (with images
 * all of them: who sees is not known before). A server that does not answer costs that patience once, and then a moment each
 * time its silence is no longer believed.
 * @returns the servers whose lists are refreshed by the way, when nobody has to be waited for as long as they say the same
 * @throws the signal's reason when the caller gives up
 */
export async function learnModels(
  { requested, primary, fallbacks, imageModel, aliases }: SelectionNames,
  { setups, states, needs, maxAgeMs, patienceMs, signal }: ModelKnowledgeOptions,
): Promise<readonly ProviderSetup[] | undefined> {
  const first = requested ?? primary;
  const others = [...fallbacks, imageModel.primary, ...imageModel.fallbacks].filter((name) => name !== undefined);
  const asked = setups.filter(({ discovers }) => discovers);
  const relations = asked.flatMap((setup) =>
    [first, ...others].map((name, index) => ({
      setup,
      name,
      isFirst: index === 0,
      relation: relationOf(name, setup),
    })),
  );
  const isFirstKnown = relations.every(({ isFirst, relation }) => !isFirst || relation !== 'perhaps');
  const momentMs = isFirstKnown ? 0 : Math.min(MOMENT_MS, patienceMs);
  const describing = relations.filter(({ relation }) => relation === 'described').map(({ setup }) => setup);
  const missing = relations.filter(({ relation }) => relation === 'perhaps');
  for (const setup of describing) states.refresh(setup, { maxAgeMs });
  await Promise.all(
    missing.map(({ name, setup, isFirst }) =>
      learn(name, { setup, leftMs: isFirst || needs.images === true ? patienceMs : momentMs }),
    ),
  );
  return missing.length === 0 ? [...new Set(describing)] : undefined;

  async function learn(name: string | undefined, { setup, leftMs }: { setup: ProviderSetup; leftMs: number }) {
    // The request goes on with what is remembered; what is new is learned meanwhile, for the next one.
    if (leftMs === 0) return states.refresh(setup, { maxAgeMs });
    const wasDown = states.remembered(setup)?.problem !== undefined;
    const isNamed = name !== undefined && refOf(name).includes('/');
    await states.ask(setup, {
      maxAgeMs: isNamed && !wasDown ? MISS_AGE_MS : maxAgeMs,
      patienceMs: wasDown ? Math.min(MOMENT_MS, leftMs) : leftMs,
      signal,
    });
  }

  /** What a server has to do with a name: nothing, it described the model, or it may have it. */
  function relationOf(name: string | undefined, setup: ProviderSetup): 'none' | 'described' | 'perhaps' {
    const ref = name === undefined ? undefined : tryParseModelRef(refOf(name));
    if (ref?.provider !== setup.id) return setups.some(({ id }) => id === ref?.provider) ? 'none' : 'perhaps';
    const { model } = ref;
    if (setup.models.some(({ id }) => isSameOllamaName(id, model))) return 'none';
    return findDescribed(states.remembered(setup)?.discovery, model) === undefined ? 'perhaps' : 'described';
  }

  function refOf(name: string): string {
    const wanted = name.trim().toLowerCase();
    return Object.entries(aliases).find(([alias]) => alias.toLowerCase() === wanted)?.[1] ?? name;
  }
}
