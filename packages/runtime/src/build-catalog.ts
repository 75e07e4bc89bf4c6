import type { LoadedConfig } from '@openclaw/config';
import { createModelCatalog, OLLAMA_DEFAULT_TAG, resolveModelChoices } from '@openclaw/model-selection';
import type { CatalogProvider, ModelCatalog } from '@openclaw/model-selection';
import {
  assumedModel,
  configuredEntry,
  discoveredEntry,
  findDescribed,
  isSameOllamaName,
  namedEntry,
} from './catalog-entries.ts';
import { mayServe } from './endpoint-setup.ts';
import { joinEndpoints } from './join-endpoints.ts';
import type { ServerModels } from './join-endpoints.ts';
import { pinnedContext } from './model-settings.ts';
import type { DiscoveryState } from './discovery-state.ts';
import type { ProviderSetup, ProviderSetups, UnusableProvider } from './provider-setup.ts';
import type { Inventory, ProviderProblem } from './runtime.ts';

export interface CatalogInput extends ProviderSetups {
  readonly config: LoadedConfig['config'];
  /** The current discovery state of a server. */
  readonly stateOf: (setup: ProviderSetup) => DiscoveryState | undefined;
}

/** The available models: for lists, and for requests. */
export interface Catalog {
  readonly inventory: Inventory;
  /**
   * Contains more than the inventory: hidden models, which requests may name, and any name while the list of its server
   * is unavailable.
   */
  readonly forRequests: ModelCatalog;
}

/** Joins the configuration with the discovered models. Pure. */
export function buildCatalog({ setups, unusable, config, stateOf }: CatalogInput): Catalog {
  const servers = setups.map((setup) => serverModels(setup, { config, state: stateOf(setup) }));
  const parts = [...Map.groupBy(servers, ({ setup }) => setup.id).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [joinEndpoints(first, others)],
  );
  const isUsable = new Set(setups.map(({ id }) => id));
  const { aliases } = resolveModelChoices(config.agents.defaults);
  const listed = parts.flatMap(({ offered }) => offered);
  const forRequests = createModelCatalog(
    [...listed, ...parts.flatMap(({ hidden }) => hidden.map(({ model }) => model))],
    {
      aliases,
      providers: [
        ...parts.map(({ provider }) => provider),
        ...unusable.filter(({ id }) => !isUsable.has(id)).map(unusableCatalogProvider),
      ],
    },
  );
  const withAliases = new Map(forRequests.models.map((model) => [model.ref, model]));
  return {
    inventory: {
      models: listed.map((model) => withAliases.get(model.ref) ?? model),
      hidden: parts.flatMap(({ hidden }) => hidden),
      problems: [...parts.flatMap(({ problems }) => problems), ...unusable.map(unusableProblem)],
    },
    forRequests,
  };
}

/** Endpoint of models whose provider is unusable: requests to them fail with the reason. */
export const UNUSABLE_ENDPOINT = '';

function serverModels(
  setup: ProviderSetup,
  { config, state }: { readonly config: LoadedConfig['config']; readonly state: DiscoveryState | undefined },
): ServerModels {
  const { discovery } = state ?? {};
  const isSame = setup.server === 'ollama' ? isSameOllamaName : (one: string, other: string) => one === other;
  const pinned = (name: string) => pinnedContext(name, { setup, config });
  const isAllowed = (name: string): boolean => mayServe(setup.endpoint, name);
  const configured = setup.models
    .filter(({ id }) => isAllowed(id))
    .map((model) => configuredEntry(model, { setup, discovery, pinned: pinned(model.id) }));
  const isConfigured = (name: string): boolean => configured.some(({ model }) => isSame(model, name));
  // Without discovery, the description only completes the configured and the named models.
  const found = setup.discovers ? discovery : undefined;
  const discovered = (found?.models ?? [])
    .filter(({ name }) => isAllowed(name) && !isConfigured(name))
    .map((model) => discoveredEntry(model, { setup, pinned: pinned(model.name) }));
  const hidden = (found?.hidden ?? []).filter(({ name }) => isAllowed(name) && !isConfigured(name));
  const named = setup.discovers
    ? []
    : setup.named
        .filter((name) => isAllowed(name) && !isConfigured(name))
        .map((name) => namedEntry(name, { setup, discovery, pinned: pinned(name) }));
  const offered = [...configured, ...discovered, ...named];
  return {
    setup,
    lacks: (name) => discovery !== undefined && findDescribed(discovery, name) === undefined,
    offered,
    hidden: hidden.map(({ name, reason, message, model }) => ({
      ref: `${setup.id}/${name}`,
      endpoint: setup.baseUrl,
      code: reason,
      reason: message,
      model: model === undefined ? assumedModel(setup, name) : discoveredEntry(model, { setup, pinned: pinned(name) }),
    })),
    problems: problemsOf(setup, { state, isEmpty: offered.length === 0 }),
    provider: {
      id: setup.id,
      ...(setup.server === 'ollama' && {
        defaultTag: OLLAMA_DEFAULT_TAG,
        commands: { start: 'ollama serve', pull: 'ollama pull' },
      }),
      ...(hasOpenEnd(setup, state) && {
        assume: (model: string) => (isAllowed(model) ? assumedModel(setup, model) : undefined),
      }),
    },
  };
}

/** Whether the provider may have unlisted models. */
function hasOpenEnd(setup: ProviderSetup, state: DiscoveryState | undefined): boolean {
  if (setup.discovers) return state?.discovery === undefined || state.problem !== undefined;
  return setup.models.length === 0;
}

function problemsOf(
  setup: ProviderSetup,
  { state, isEmpty }: { state: DiscoveryState | undefined; isEmpty: boolean },
): readonly ProviderProblem[] {
  const { id: provider, server, nativeUrl, baseUrl } = setup;
  const url = server === 'ollama' ? (nativeUrl ?? baseUrl) : baseUrl;
  if (setup.discovers && state?.problem !== undefined) {
    const { message } = state.problem;
    const nextCommand = 'nextCommand' in state.problem ? state.problem.nextCommand : undefined;
    const stale = state.discovery !== undefined;
    return [{ provider, code: 'unreachable', url, message, ...(nextCommand !== undefined && { nextCommand }), stale }];
  }
  if (!isEmpty || setup.discovers) return [];
  const message = `models.providers.${provider} lists no models, and discovery is off. Enable discovery, or list its models under models.providers.${provider}.models.`;
  const nextCommand = `openclaw config set models.providers.${provider}.discover true`;
  return [{ provider, code: 'unlisted', url: baseUrl, message, nextCommand, stale: false }];
}

function unusableProblem({ id, message, nextCommand }: UnusableProvider): ProviderProblem {
  const next = nextCommand === undefined ? {} : { nextCommand };
  return { provider: id, code: 'unusable', url: '', message, ...next, stale: false };
}

function unusableCatalogProvider({ id }: UnusableProvider): CatalogProvider {
  return {
    id,
    assume: (model) => ({
      ref: `${id}/${model}`,
      provider: id,
      model,
      name: model,
      endpoint: UNUSABLE_ENDPOINT,
      input: ['text', 'image'],
      tools: undefined,
      reasoning: false,
      contextWindow: 8192,
      maxTokens: 8192,
      cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
      local: false,
      source: 'assumed',
      aliases: [],
    }),
  };
}
