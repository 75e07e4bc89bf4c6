import type { ModelConfig } from '@openclaw/config';
import { normalizeModelName } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import { contextWindow } from './context/context-window.ts';
import type { DescribedModel, ServerInventory } from './discovery/server-inventory.ts';
import { isLocalEndpoint } from './is-local-endpoint.ts';
import type { ProviderSetup } from './provider-setup.ts';

const FREE = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** Assumed context window of a model without a description, by kind of server. */
const ASSUMED_WINDOW: Record<ProviderSetup['server'], number> = { ollama: 8192, openai: 128_000 };

/** Default maximum length of answers: no effective limit for Ollama, the usual one for other servers. */
const DEFAULT_MAX_TOKENS: Record<ProviderSetup['server'], (contextWindow: number) => number> = {
  ollama: (contextWindow) => contextWindow * 10,
  openai: (contextWindow) => Math.min(8192, contextWindow),
};

/** The entry of a model without a description. */
export function assumedModel(setup: ProviderSetup, model: string): CatalogModel {
  const window = ASSUMED_WINDOW[setup.server];
  return {
    ref: `${setup.id}/${model}`,
    provider: setup.id,
    model,
    name: model,
    endpoint: setup.baseUrl,
    input: ['text'],
    tools: undefined,
    reasoning: false,
    contextWindow: window,
    maxTokens: DEFAULT_MAX_TOKENS[setup.server](window),
    cost: FREE,
    local: isLocalEndpoint(setup.baseUrl),
    source: 'assumed',
    aliases: [],
  };
}

/** Where a model is, and what is known of it besides its entry. */
export interface EntryOptions {
  readonly setup: ProviderSetup;
  /** Its `params.num_ctx`. */
  readonly pinned?: number | undefined;
}

/** The entry of a discovered model. */
export function discoveredEntry(model: DescribedModel, { setup, pinned }: EntryOptions): CatalogModel {
  const { name, input, tools, reasoning, contextLength, cost, remoteHost, modifiedAt } = model;
  const described = model.contextWindow ?? ASSUMED_WINDOW[setup.server];
  const window = contextWindow({ described: model, configured: undefined, pinned }) ?? described;
  return {
    ...assumedModel(setup, name),
    input,
    tools,
    reasoning,
    contextWindow: window,
    ...largerLength(contextLength, window),
    maxTokens: (window === described ? model.maxTokens : undefined) ?? DEFAULT_MAX_TOKENS[setup.server](window),
    cost,
    ...(remoteHost !== undefined && { remoteHost }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    source: 'discovered',
  };
}

export interface ConfiguredEntryOptions extends EntryOptions {
  readonly discovery?: ServerInventory | undefined;
}

/**
 * The entry of a configured model. Missing values come from discovery; without discovery the entry is used as written,
 * and only a missing window comes from the server.
 */
export function configuredEntry(
  config: ModelConfig,
  { setup, discovery, pinned }: ConfiguredEntryOptions,
): CatalogModel {
  const found = findDescribed(discovery, config.id);
  const { contextLength: _own, ...base } =
    found === undefined || !setup.discovers ? assumedModel(setup, config.id) : discoveredEntry(found, { setup });
  const window = contextWindow({ described: found, configured: config.contextWindow, pinned }) ?? base.contextWindow;
  const input = config.input?.filter((kind) => kind === 'text' || kind === 'image');
  return {
    ...base,
    name: config.name ?? base.name,
    input: input ?? base.input,
    tools: config.compat?.supportsTools ?? base.tools,
    reasoning: config.reasoning ?? base.reasoning,
    contextWindow: window,
    ...largerLength(found?.contextLength, window),
    maxTokens: config.maxTokens ?? DEFAULT_MAX_TOKENS[setup.server](window),
    cost: { ...FREE, ...config.cost },
    source: 'configured',
  };
}

/** The entry of a model that the configuration names only elsewhere. Its server may say its window. */
export function namedEntry(name: string, options: ConfiguredEntryOptions): CatalogModel {
  return { ...configuredEntry({ id: name }, options), source: 'assumed' };
}

function largerLength(length: number | undefined, window: number): Pick<CatalogModel, 'contextLength'> {
  return length !== undefined && length > window ? { contextLength: length } : {};
}

/** Finds the description of a model, offered or hidden. */
export function findDescribed(discovery: ServerInventory | undefined, name: string): DescribedModel | undefined {
  return discovery === undefined ? undefined : describedModels(discovery).get(normalizeModelName(name));
}

/** Indexed once per discovery, because every request needs it. */
const described = new WeakMap<ServerInventory, ReadonlyMap<string, DescribedModel>>();

function describedModels(discovery: ServerInventory): ReadonlyMap<string, DescribedModel> {
  const known = described.get(discovery);
  if (known !== undefined) return known;
  const all = [...discovery.models, ...discovery.hidden.flatMap(({ model }) => model ?? [])];
  // The first of several with the same name is used.
  const byName = new Map(all.toReversed().map((model) => [normalizeModelName(model.name), model]));
  described.set(discovery, byName);
  return byName;
}

/** Whether two names mean the same Ollama model: case does not count, and no tag means `latest`. */
export function isSameOllamaName(one: string, other: string): boolean {
  return normalizeModelName(one) === normalizeModelName(other);
}
