import type { LoadedConfig } from '@openclaw/config';
import { buildCatalog } from './build-catalog.ts';
import type { Catalog } from './build-catalog.ts';
import type { DiscoveryState, DiscoveryStates } from './discovery-state.ts';
import { providerSetups } from './provider-setup.ts';
import type { ProviderSetups } from './provider-setup.ts';

/** A configuration in force. Requests keep the one that they began with. */
export interface Session extends ProviderSetups {
  readonly loaded: LoadedConfig;
  /** The models there are, as far as servers have said by now. Built anew only when one of them has said something new. */
  catalog(): Catalog;
}

export interface OpenSessionOptions {
  readonly states: DiscoveryStates;
  /** Only this provider, as in the configuration. @default all */
  readonly provider?: string | undefined;
}

/** Reads a configuration once for many requests. */
export function openSession(loaded: LoadedConfig, { states, provider }: OpenSessionOptions): Session {
  const all = providerSetups(loaded);
  const isWanted = ({ id }: { readonly id: string }): boolean =>
    provider === undefined || id === provider.toLowerCase();
  const [setups, unusable] = [all.setups.filter(isWanted), all.unusable.filter(isWanted)];
  let built: { readonly from: readonly (DiscoveryState | undefined)[]; readonly catalog: Catalog } | undefined;

  function catalog(): Catalog {
    const from = setups.map((setup) => states.remembered(setup));
    if (built === undefined || built.from.some((state, index) => state !== from[index])) {
      const stateOf = new Map(setups.map((setup, index) => [setup, from[index]] as const));
      const { config } = loaded;
      built = { from, catalog: buildCatalog({ config, setups, unusable, stateOf: (setup) => stateOf.get(setup) }) };
    }
    return built.catalog;
  }

  return { loaded, setups, unusable, catalog };
}
