import type { StreamingSettings } from './model-settings.ts';

/** A choice of models in a configuration: a name, or a primary with fallbacks. */
export type ModelChoice =
  | string
  | { readonly primary?: string | undefined; readonly fallbacks?: readonly string[] | undefined };

/** A parsed choice of models. */
export interface ChosenModels {
  readonly primary: string | undefined;
  /** In their order. */
  readonly fallbacks: readonly string[];
}

/** The part of `agents.defaults` that chooses models. */
export interface ModelDefaults {
  readonly model?: ModelChoice | undefined;
  readonly imageModel?: ModelChoice | undefined;
  /** Settings of single models, by reference. */
  readonly models?: Readonly<Record<string, StreamingSettings & { readonly alias?: string | undefined }>> | undefined;
}

/**
 * The models that a configuration chooses: input for `planCandidates` (the names) and for `createModelCatalog` (the
 * aliases).
 */
export interface ModelChoices extends ChosenModels {
  readonly imageModel: ChosenModels;
  /** Alias → reference. */
  readonly aliases: Readonly<Record<string, string>>;
}

export interface ResolveModelChoicesOptions {
  /** An agent's own choices. Missing ones, fallbacks included, come from the defaults. */
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

/** Parses both forms of a choice. */
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
