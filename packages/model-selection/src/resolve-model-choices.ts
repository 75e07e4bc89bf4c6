import type { StreamingSettings } from './model-settings.ts';

/** A choice of models as a configuration writes it: a name, or a primary with fallbacks. */
export type ModelChoice =
  | string
  | { readonly primary?: string | undefined; readonly fallbacks?: readonly string[] | undefined };

/** A choice of models, read. */
export interface ChosenModels {
  readonly primary: string | undefined;
  /** In the order in which they are asked. */
  readonly fallbacks: readonly string[];
}

/** `agents.defaults` of a configuration, as far as it chooses models. */
export interface ModelDefaults {
  readonly model?: ModelChoice | undefined;
  readonly imageModel?: ModelChoice | undefined;
  /** Settings of single models, by reference. */
  readonly models?: Readonly<Record<string, StreamingSettings & { readonly alias?: string | undefined }>> | undefined;
}

/** What a configuration chooses: input for `planCandidates` (the names) and for `createModelCatalog` (the aliases). */
export interface ModelChoices extends ChosenModels {
  readonly imageModel: ChosenModels;
  /** Alias → reference. */
  readonly aliases: Readonly<Record<string, string>>;
}

export interface ResolveModelChoicesOptions {
  /** An agent's own choices. What the agent leaves out, fallbacks included, comes from the defaults. */
  readonly agent?: Pick<ModelDefaults, 'model' | 'imageModel'> | undefined;
}

/** Resolves primary, fallbacks, image models and aliases from `agents.defaults`. Pure. */
export function resolveModelChoices(
  defaults: ModelDefaults,
  { agent = {} }: ResolveModelChoicesOptions = {},
): ModelChoices {
  return {
    ...overrideChoice(agent.model, defaults.model),
    imageModel: overrideChoice(agent.imageModel, defaults.imageModel),
    aliases: Object.fromEntries(
      Object.entries(defaults.models ?? {}).flatMap(([ref, { alias }]) => (alias === undefined ? [] : [[alias, ref]])),
    ),
  };
}

/** Reads both forms of a choice. */
export function parseModelChoice(choice: ModelChoice | undefined): ChosenModels {
  if (choice === undefined || typeof choice === 'string') return { primary: choice, fallbacks: [] };
  return { primary: choice.primary, fallbacks: choice.fallbacks ?? [] };
}

function overrideChoice(own: ModelChoice | undefined, defaults: ModelChoice | undefined): ChosenModels {
  const chosen = parseModelChoice(own);
  const usual = parseModelChoice(defaults);
  const hasOwnFallbacks = typeof own === 'object' && own.fallbacks !== undefined;
  return { primary: chosen.primary ?? usual.primary, fallbacks: hasOwnFallbacks ? chosen.fallbacks : usual.fallbacks };
}
