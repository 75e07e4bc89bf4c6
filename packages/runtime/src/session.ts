import type { LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import { buildCatalog } from './build-catalog.ts';
import type { Catalog } from './build-catalog.ts';
import type { DiscoveryState, DiscoveryStates } from './discovery-state.ts';
import { modelSetup } from './model-settings.ts';
import type { ModelSetup } from './model-settings.ts';
import { PlanCache } from './plan-cache.ts';
import { disabledOllamaSetup, providerSetups } from './provider-setup.ts';
import type { ProviderSetup, ProviderSetups } from './provider-setup.ts';
import { withServerNames } from './with-server-names.ts';

/** The state of one configuration. Requests keep the session that they started with. */
export interface Session extends ProviderSetups {
  readonly loaded: LoadedConfig;
  /** Where Ollama would be, if the configuration does not enable it. */
  readonly disabledOllama: ProviderSetup | undefined;
  /** The catalog of the current discovery states. It is rebuilt only when one of them changes. */
  catalog(): Catalog;
  /** The settings of a model, read once per model. */
  setupOf(model: CatalogModel): ModelSetup;
  readonly plans: PlanCache;
}

export interface OpenSessionOptions {
  readonly states: DiscoveryStates;
  /** Only this provider, as in the configuration. @default all */
  readonly provider?: string | undefined;
}

/** Prepares a configuration for many requests. */
export function openSession(loaded: LoadedConfig, { states, provider }: OpenSessionOptions): Session {
  const all = providerSetups(loaded);
  const isWanted = ({ id }: { readonly id: string }): boolean =>
    provider === undefined || id === provider.toLowerCase();
  const [written, unusable] = [all.setups.filter(isWanted), all.unusable.filter(isWanted)];
  const { config } = loaded;
  const modelSetups = new WeakMap<CatalogModel, ModelSetup>();
  const setupFor = createSetupFinder();
  let built: Built | undefined;

  function build(): Built {
    if (built?.from.every((state, index) => state === rememberedAt(index)) === true) return built;
    const from = written.map((setup) => states.remembered(setup));
    const setups = written.map((setup, index) => setupFor(setup, from[index]));
    const stateOf = new Map(setups.map((setup, index) => [setup, from[index]] as const));
    const catalog = buildCatalog({ config, setups, unusable, stateOf: (setup) => stateOf.get(setup) });
    built = { from, setups, catalog };
    return built;
  }

  function rememberedAt(index: number): DiscoveryState | undefined {
    const setup = written[index];
    return setup === undefined ? undefined : states.remembered(setup);
  }

  function setupOf(model: CatalogModel): ModelSetup {
    const known = modelSetups.get(model);
    if (known !== undefined) return known;
    const read = modelSetup(model, { config, setups: build().setups });
    modelSetups.set(model, read);
    return read;
  }

  const disabledOllama = isWanted({ id: 'ollama' }) ? disabledOllamaSetup(loaded, all) : undefined;
  return {
    loaded,
    get setups() {
      return build().setups;
    },
    unusable,
    disabledOllama,
    catalog: () => build().catalog,
    setupOf,
    plans: new PlanCache(),
  };
}

/** What was built from the discovery states. */
interface Built {
  readonly from: readonly (DiscoveryState | undefined)[];
  readonly setups: readonly ProviderSetup[];
  readonly catalog: Catalog;
}

type SetupFinder = (setup: ProviderSetup, state: DiscoveryState | undefined) => ProviderSetup;

/**
 * Finds the setup for the kind of server and the names that discovery found. Equal setups are the same object, because
 * what is known of a server is kept by its setup.
 */
function createSetupFinder(): SetupFinder {
  const found = new Map<string, ProviderSetup>();
  return (written, state) => {
    const { alternative } = written;
    const setup = alternative !== undefined && alternative.server === state?.server ? alternative : written;
    const named = withServerNames(setup, state?.discovery);
    if (named === setup) return setup;
    const key = JSON.stringify([named.id, named.baseUrl, named.models.map(({ id }) => id)]);
    const known = found.get(key) ?? named;
    found.set(key, known);
    return known;
  };
}
