import type { CatalogModel } from './catalog-model.ts';
import { normalizeModelName } from './model-name.ts';
import { tryParseModelRef } from './model-ref.ts';

export interface FindModelSettingsOptions<Settings> {
  /** `agents.defaults.models`: settings by reference. */
  readonly models: Readonly<Record<string, Settings>>;
  /** For a provider that tags its models: the tag of a name without one. Its names are compared without case. */
  readonly defaultTag?: string | undefined;
}

/** Finds the settings of a model: by its exact reference, or else by another spelling of it. */
export function findModelSettings<Settings>(
  { provider, model }: Pick<CatalogModel, 'provider' | 'model'>,
  { models, defaultTag }: FindModelSettingsOptions<Settings>,
): Settings | undefined {
  const ofProvider = Object.entries(models).flatMap(([ref, settings]) => {
    const parsed = tryParseModelRef(ref);
    return parsed?.provider === provider ? [{ name: parsed.model, settings }] : [];
  });
  const exact = ofProvider.find(({ name }) => name === model);
  if (exact !== undefined || defaultTag === undefined) return exact?.settings;
  const wanted = normalizeModelName(model, { defaultTag });
  return ofProvider.find(({ name }) => normalizeModelName(name, { defaultTag }) === wanted)?.settings;
}

/** The two settings that switch streaming. */
export interface StreamingSettings {
  readonly streaming?: boolean | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** Whether settings switch streaming on or off; `undefined` if they do neither. */
export function streamingSetting({ streaming, params }: StreamingSettings): boolean | undefined {
  const inParams = params?.['streaming'];
  return streaming ?? (typeof inParams === 'boolean' ? inParams : undefined);
}
